"""Putting the rows of all tables together as one catalog."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.importing.codes import (
    CodeRangeError,
    as_type,
    code_type_of,
    read_codes,
)
from pytest_errcodes.catalog.importing.headings import Sections
from pytest_errcodes.catalog.importing.imported import Imported, Remark
from pytest_errcodes.catalog.importing.placeholders import holders, style_of
from pytest_errcodes.catalog.importing.success import means_success, told_success
from pytest_errcodes.catalog.model import EnvelopeShape, ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.importing.columns import Role
    from pytest_errcodes.catalog.importing.document import Document, Row, Table
    from pytest_errcodes.catalog.importing.making import ImportOptions
    from pytest_errcodes.catalog.model import CodeType, Section
    from pytest_errcodes.catalog.template import PlaceholderStyle

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as a source documents it.

    Attributes:
        line: Line of the source.
        code: The code as it is written.
        message: The message.
        section: The section it stands in.
        http_status: The HTTP status it comes with; None where the source says none.
        description: What the source says beyond the message.
        solution: What the source advises.
        tags: The tags.
        open_ended: Whether the message goes on; None where the source does not say.
    """

    line: int
    code: str
    message: str
    section: Section
    http_status: int | None
    description: str
    solution: str
    tags: tuple[str, ...]
    open_ended: bool | None


class Assembly:
    """The codes of one import, as they come.

    Args:
        source: The name of the source.
        document: What it holds.
        options: What it does not say.
    """

    def __init__(self, source: str, document: Document, options: ImportOptions) -> None:
        self._source = source
        self._document = document
        self._options = options
        self._sections = Sections(options.base)
        self._entries: dict[str, Entry] = {}
        self._success: dict[str, str] = dict.fromkeys(told_success(document.prose), "")
        self._remarks: list[Remark] = []
        self._code_types: set[CodeType] = set()

    @property
    def count(self) -> int:
        """How many codes there are so far."""
        return len(self._entries)

    def add(self, table: Table, columns: dict[Role, int]) -> None:
        """Take the rows of a table."""
        if table.code_type is not None:
            self._code_types.add(table.code_type)
        for row in table.rows:
            cells = {
                role: _cleaned(row.cells[at], role)
                for role, at in columns.items()
                if at < len(row.cells)
            }
            self._add_row(row, cells, table.heading)

    def _add_row(self, row: Row, cells: dict[Role, str], heading: str) -> None:
        shown = _shown(" ".join(cell for cell in row.cells if cell.strip()))
        try:
            codes = read_codes(cells.get("code", ""))
        except CodeRangeError as error:
            self._leave_out(row, shown, str(error))
            return
        message = cells.get("message", "")
        if not codes:
            why = "no code" if cells.get("code") else "its cell for the code is empty"
            self._leave_out(row, shown, why)
        elif not message.strip():
            self._leave_out(row, shown, "no message")
        else:
            if len(codes) > 1:
                self._remark(row, shown, f"became {len(codes)} codes with one message")
            for code in codes:
                self._add_code(row, code, cells, heading)

    def _add_code(self, row: Row, code: str, cells: dict[Role, str], heading: str) -> None:
        message = cells["message"]
        shown = _shown(f"{code} {message}")
        if code in self._success or means_success(message):
            self._success[code] = self._success.get(code) or message
            self._remark(row, shown, "became a success code")
            return
        section = self._section(cells, heading)
        if (first := self._entries.get(code)) is not None:
            same = "the same" if first.message == message else "another"
            where = "" if first.section == section else f" in section {first.section.id}"
            why = f"documented on line {first.line}{where} already, with {same} message"
            self._leave_out(row, shown, why)
            return
        self._entries[code] = Entry(
            row.line,
            code,
            message,
            section,
            self._status(row, cells.get("http_status", "")),
            cells.get("description", ""),
            cells.get("solution", ""),
            tuple(tag for tag in cells.get("tags", "").split() if tag),
            {"true": True, "false": False}.get(cells.get("open_ended", "").casefold()),
        )

    def _section(self, cells: dict[Role, str], heading: str) -> Section:
        """Return the section of a row: what was asked for, its own cell, or the heading's."""
        if self._options.section is not None:
            return self._sections.of_heading(self._options.section)
        id_, title = cells.get("section", ""), cells.get("section_title", "")
        if title:
            return self._sections.of_title(title, cells.get("section_label", ""), id_)
        return self._sections.of_heading(id_ or heading)

    def _status(self, row: Row, text: str) -> int | None:
        """Return the HTTP status that a cell gives; a remark where it gives none."""
        digits = text.partition(" ")[0]
        if digits.isascii() and digits.isdigit() and len(digits) == 3 and digits[0] in "12345":
            return int(digits)
        if text:
            self._remark(row, _shown(text), "no HTTP status, so none was taken")
        return None

    def _leave_out(self, row: Row, text: str, why: str) -> None:
        self._remarks.append(Remark(row.line, text, why, left_out=True))

    def _remark(self, row: Row, text: str, what: str) -> None:
        self._remarks.append(Remark(row.line, text, what))

    # -- the catalog -----------------------------------------------------------------------

    def imported(self, passed_over: Iterable[Remark]) -> Imported:
        """Return the catalog of all that was added.

        Args:
            passed_over: Remarks of tables that were not.
        """
        code_type = self._code_type()
        style = self._style()
        statuses = Counter(entry.http_status for entry in self._entries.values())
        usual = self._usual_status(statuses)
        codes = [
            self._error_code(entry, code_type, style, usual) for entry in self._entries.values()
        ]
        sections = dict.fromkeys(code.section for code in codes)
        shape = self._shape(code_type, style)
        base = self._options.base
        name = self._options.name or (base.name if base else _name_of(self._source))
        title = self._options.title or (base.title if base else self._document.title)
        catalog = Catalog(
            name,
            sorted(codes, key=lambda code: list(sections).index(code.section)),
            sections=sections,
            shapes=(shape, *(base.shapes[1:] if base else ())),
            title=" ".join(title.split()),
            source=self._source,
            http_status=usual,
        )
        prose = (_of_prose(part.line, part.last, part.text) for part in self._document.prose)
        remarks = [*self._remarks, *passed_over, *prose]
        return Imported(catalog, tuple(sorted(remarks, key=lambda remark: remark.line or 0)))

    def _code_type(self) -> CodeType:
        if self._options.code_type is not None:
            return self._options.code_type
        if self._options.base is not None:
            return self._options.base.shape.code_type
        if self._code_types:
            return "string" if len(self._code_types) == 1 else "either"
        return code_type_of(self._entries)

    def _style(self) -> PlaceholderStyle:
        """Return how the messages write their placeholders, and remark on those that hold some."""
        entries = list(self._entries.values())
        messages = [entry.message for entry in entries]
        base = self._options.base
        style = base.shape.placeholders if base else style_of(messages)
        for position, held in holders(messages, style):
            entry = entries[position]
            text = _shown(f"{entry.code} {entry.message}")
            what = (
                f"holds {'a placeholder' if len(held) == 1 else 'placeholders'}: {', '.join(held)}"
            )
            self._remarks.append(Remark(entry.line, text, what))
        return style

    def _usual_status(self, statuses: Counter[int | None]) -> int:
        """Return the HTTP status of the catalog: the base's, or what every code says."""
        if self._options.base is not None:
            return self._options.base.http_status
        told = {status for status in statuses if status is not None}
        return told.pop() if len(told) == 1 and len(statuses) == 1 else 200

    def _error_code(
        self, entry: Entry, code_type: CodeType, style: PlaceholderStyle, usual: int
    ) -> ErrorCode:
        code = as_type(entry.code, code_type)
        base = self._options.base
        old = base.get(code) if base else None
        open_ended = entry.open_ended
        if open_ended is None:
            same = old is not None and old.message == entry.message
            open_ended = old.open_ended if old and same else self._goes_on(entry)
        return ErrorCode(
            code,
            entry.message,
            entry.section,
            style=style,
            open_ended=open_ended,
            http_status=entry.http_status or (old.http_status if old else usual),
            tags=entry.tags or (old.tags if old else ()),
            description=entry.description or (old.description if old else ""),
            solution=entry.solution or (old.solution if old else ""),
        )

    def _goes_on(self, entry: Entry) -> bool:
        """Whether a message ends in a way that says that something follows."""
        if not entry.message.rstrip().endswith((":", "：")):
            return False
        text = _shown(f"{entry.code} {entry.message}")
        self._remarks.append(Remark(entry.line, text, "ends with a colon, so it is open-ended"))
        return True

    def _shape(self, code_type: CodeType, style: PlaceholderStyle) -> EnvelopeShape:
        base = self._options.base
        if base is not None:
            return base.shape
        success = tuple(as_type(code, code_type) for code in self._success)
        message = next(filter(None, self._success.values()), "Success")
        return EnvelopeShape(
            code_type=code_type, success=success, success_message=message, placeholders=style
        )


def _cleaned(text: str, role: Role) -> str:
    """Return what a cell says: a message on one line, without white space at its ends."""
    if role in ("description", "solution"):
        return "\n".join(line.strip() for line in text.strip().splitlines())
    return " ".join(text.split())


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def _of_prose(line: int, last: int, text: str) -> Remark:
    lines = "a line" if line == last else f"lines {line} to {last}"
    return Remark(line, _shown(text), f"{lines} outside of any table", left_out=True)


def _name_of(source: str) -> str:
    return "imported" if source == "-" else Path(source).stem
