"""Collecting the codes of all tables, row by row, and which of them mean success."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.cell_reading import CodeRangeError, read_codes, split_tags
from pytest_errcodes.tools.importing.import_outcome import Remark
from pytest_errcodes.tools.importing.section_headings import Sections
from pytest_errcodes.tools.importing.source_document import Entry, shorten_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.model import CodeType, Section
    from pytest_errcodes.tools.importing.import_options import ImportOptions
    from pytest_errcodes.tools.importing.import_outcome import RemarkKind
    from pytest_errcodes.tools.importing.source_document import Kind, Prose, Row, Table
    from pytest_errcodes.tools.importing.table_columns import Role

_STATUS = re.compile(r"(?:HTTP[ /]?)?([1-5][0-9]{2})(?![0-9])", re.IGNORECASE)
_OPEN_ENDED = {"true": True, "yes": True, "false": False, "no": False}
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_MESSAGE = re.compile(
    r"(?:the )?(?:request |operation |call )?(?:was |is |has )?"
    r"(?:ok|okay|success|successful|successfully|succeeded|succeed|(?:请求|操作|调用)?成功)"
    r"(?: response)?[.!]?",
    re.IGNORECASE,
)
_NUMBER = r"[`'\"]?(-?[0-9]+)[`'\"]?"
_SENTENCE = re.compile(
    rf"\bcodes?\b(?: of)?:? ({_NUMBER}(?:(?:,| or| and)+ {_NUMBER})*) "
    r"(?:indicates?|means?|stands? for|represents?|is|are) (?:a )?success",
    re.IGNORECASE,
)


class Collection:
    """The codes of one import, as they come.

    Attributes:
        entries: The codes, by what they are called.
        success: The codes that mean success, and the message of each; empty where none is told.
        remarks: What was left out or decided so far.
        code_types: What the tables say of the type of their codes.

    Args:
        options: What the source does not say.
    """

    def __init__(self, options: ImportOptions) -> None:
        self.entries: dict[str, Entry] = {}
        self.success: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.code_types: set[CodeType] = set()
        self._section_title = options.section
        self._takes_any = options.code_column is not None and options.code_type == "string"
        self._have_digits = False  # whether most codes of the table have, so that words are none
        self._sections = Sections(options.base)
        self._raised_at: dict[str, str] = {}  # by code, where its exception was found

    def add(self, table: Table, columns: dict[Role, int]) -> None:
        """Take the rows of a table."""
        if table.code_type is not None:
            self.code_types.add(table.code_type)
        at = columns["code"]
        codes = [row.cells[at] for row in table.rows if at < len(row.cells)]
        self._have_digits = 2 * sum(map(_has_digit, codes)) > len(codes)
        self._remark_on_columns(table, columns)
        for row in table.rows:
            cells = {
                role: _clean(row.cells[at], role, table.kind)
                for role, at in columns.items()
                if at < len(row.cells)
            }
            self._add_row(row, cells, table)

    def _add_row(self, row: Row, cells: dict[Role, str], table: Table) -> None:
        shown = shorten_line(" ".join(cell for cell in row.cells if cell and not cell.isspace()))
        cell, message = cells.get("code", ""), cells.get("message", "")
        if any(map(_HALF_CHARACTER.search, cells.values())):
            self._leave_out(row, shown, "it holds half of a character (a lone surrogate)")
            return
        try:
            codes = read_codes(cell) or self._take_any(cell)
        except CodeRangeError as error:
            self._leave_out(row, shown, str(error))
            return
        if codes and self._have_digits and all(map(str.isalpha, codes)):
            self._leave_out(row, shown, "no code, as those of the other rows have digits")
        elif not codes:
            why = "no code" if cell.strip() else "its cell for the code is empty"
            self._leave_out(row, shown, why)
        elif not message.strip():
            self._leave_out(row, shown, "no message")
        else:
            if len(codes) > 1:
                what = f"became {len(codes)} codes with one message"
                self._remark(row, shown, what, "several")
            for code in codes:
                self._add_code(row, code, cells, table)

    def _take_any(self, cell: str) -> list[str]:
        """Return what only the user knows to be a code: ``EOrder:Insufficient funds``."""
        return [cell.strip()] if self._takes_any and cell.strip() else []

    def _add_code(self, row: Row, code: str, cells: dict[Role, str], table: Table) -> None:
        message = cells["message"]
        shown = shorten_line(f"{code} {message}")
        if means_success(message):
            self.success[code] = self.success.get(code) or message
            self._remark(row, shown, "became a success code", "success")
            return
        new = self._entry(row, code, cells, table)
        first = self.entries.get(code)
        if first is not None and table.merges:
            self._merge(first, new, shown)
        elif first is not None:
            self._add_message(first, new, shown)
        else:
            self.entries[code] = new
            self._raised_at[code] = new.place
            if table.stands_in and not table.is_doubtful:
                what = f"has no message, so its {table.stands_in} is taken"
                self._remark(row, shown, what, "other")

    def _entry(self, row: Row, code: str, cells: dict[Role, str], table: Table) -> Entry:
        return Entry(
            row.line,
            code,
            cells["message"],
            self._section(cells, table),
            self._status(row, cells.get("http_status", "")),
            cells.get("description", ""),
            cells.get("solution", ""),
            split_tags(cells.get("tags", "")),
            _OPEN_ENDED.get(cells.get("open_ended", "").strip().casefold()),
            cells.get("exception", ""),
            row.file,
            table.stands_in,
        )

    def _merge(self, first: Entry, new: Entry, shown: str) -> None:
        """Add to a code what another place says of it; remark where the two disagree."""
        code = first.code
        if not new.stands_in and new.message != first.message:
            self._leave_out_again(first, new, shown)
        if new.exception and not first.exception:
            self._raised_at[code] = new.place
        elif new.exception not in ("", first.exception):
            what = (
                f"{new.exception} for {code}, which is {first.exception} {self._raised_at[code]} "
                "already: the first counts"
            )
            self.remarks.append(
                Remark(new.line, "", what, left_out=True, kind="exception", file=new.file)
            )
        self.entries[code] = replace(
            first,
            exception=first.exception or new.exception,
            http_status=first.http_status or new.http_status,
            description=first.description or _unlike(new.description, first.message),
            solution=first.solution or new.solution,
        )

    def _add_message(self, first: Entry, new: Entry, shown: str) -> None:
        """Take what a row of a code that was documented before says as another message of it."""
        if new.message in (first.message, *first.alternatives):
            self._leave_out_again(first, new, shown)
            return
        where = "" if first.section == new.section else f" in section {first.section.id}"
        alternatives = (*first.alternatives, new.message)
        self.entries[first.code] = replace(first, alternatives=alternatives)
        what = f"became another message of a code documented {first.place}{where} already"
        self.remarks.append(
            Remark(new.line, shown, what, left_out=False, kind="duplicate", file=new.file)
        )

    def _leave_out_again(self, first: Entry, new: Entry, shown: str) -> None:
        """Remark on a code that was documented before."""
        known = (first.message, *first.alternatives)
        same = "the same" if new.message in known else "another"
        where = "" if first.section == new.section else f" in section {first.section.id}"
        why = f"documented {first.place}{where} already, with {same} message"
        self.remarks.append(
            Remark(new.line, shown, why, left_out=True, kind="duplicate", file=new.file)
        )

    def _section(self, cells: dict[Role, str], table: Table) -> Section:
        """Return the section of a row: what was asked for, its own cell, or the heading's."""
        if self._section_title is not None:
            return self._sections.of_heading(self._section_title)
        id_, title = cells.get("section", ""), cells.get("section_title", "")
        if title.strip():
            return self._sections.of_title(title, cells.get("section_label", ""), id_)
        return self._sections.of_heading(id_ if id_.strip() else table.heading)

    def _status(self, row: Row, cell: str) -> int | None:
        """Return the HTTP status that a cell gives; a remark where it gives none."""
        text = cell.strip()
        if found := _STATUS.match(text):
            return int(found[1])
        if text and any(character.isalnum() for character in text):
            what = "no HTTP status, so none was taken"
            self._remark(row, shorten_line(text), what, "status")
        return None

    def _remark_on_columns(self, table: Table, columns: dict[Role, int]) -> None:
        """Remark on the columns that are not taken."""
        taken = set(columns.values())
        for at, name in enumerate(table.names):
            cells = (row.cells[at] for row in table.rows if at < len(row.cells))
            if at not in taken and name.strip() and any(cell.strip() for cell in cells):
                what = "a column that no catalog has"
                text = shorten_line(name)
                self.remarks.append(
                    Remark(table.line, text, what, left_out=True, kind="column", file=table.file)
                )

    def _leave_out(self, row: Row, text: str, why: str) -> None:
        self.remarks.append(Remark(row.line, text, why, left_out=True, kind="row", file=row.file))

    def _remark(self, row: Row, text: str, what: str, kind: RemarkKind) -> None:
        self.remarks.append(Remark(row.line, text, what, kind=kind, file=row.file))


def _unlike(text: str, message: str) -> str:
    """Return a description, unless it only repeats the message."""
    return "" if text == message else text


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _clean(text: str, role: Role, kind: Kind) -> str:
    """Return what a cell says; on a page a message is one line, and white space no part of it."""
    if kind == "data" and role not in ("section", "section_title"):
        return text
    if role in ("description", "solution"):
        lines = (line.strip() for line in text.splitlines())
        return "\n".join(line for line in lines if line)
    return " ".join(text.split())


def means_success(message: str) -> bool:
    """Whether the message of a documented code says that nothing went wrong."""
    return _MESSAGE.fullmatch(" ".join(message.split())) is not None


def find_told_success(prose: Iterable[Prose]) -> list[str]:
    """Return the codes of which a sentence says it: ``A code of 200 indicates success``."""
    codes: list[str] = []
    for part in prose:
        for found in _SENTENCE.finditer(" ".join(part.text.split())):
            codes += re.findall(r"-?[0-9]+", found[1])
    return list(dict.fromkeys(codes))
