"""Collecting the codes of all tables, row by row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.code_cells import CodeRangeError, read_codes
from pytest_errcodes.tools.importing.code_entry import Entry, shorten_line
from pytest_errcodes.tools.importing.imported import Remark
from pytest_errcodes.tools.importing.section_headings import Sections
from pytest_errcodes.tools.importing.success_codes import means_success
from pytest_errcodes.tools.importing.tag_cells import split_tags

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import CodeType, Section
    from pytest_errcodes.tools.importing.column_names import Role
    from pytest_errcodes.tools.importing.import_options import ImportOptions
    from pytest_errcodes.tools.importing.imported import RemarkKind
    from pytest_errcodes.tools.importing.source_document import Kind, Row, Table

_STATUS = re.compile(r"(?:HTTP[ /]?)?([1-5][0-9]{2})(?![0-9])", re.IGNORECASE)
_OPEN_ENDED = {"true": True, "yes": True, "false": False, "no": False}
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


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
        section = self._section(cells, table)
        if (first := self.entries.get(code)) is not None:
            where = "" if first.section == section else f" in section {first.section.id}"
            before = f"documented on line {first.line}{where} already"
            if message in (first.message, *first.alternatives):
                why = f"{before}, with the same message"
                self._leave_out(row, shown, why, "duplicate")
                return
            alternatives = (*first.alternatives, message)
            self.entries[code] = replace(first, alternatives=alternatives)
            self._remark(row, shown, f"became another message of a code {before}", "duplicate")
            return
        self.entries[code] = Entry(
            row.line,
            code,
            message,
            section,
            self._status(row, cells.get("http_status", "")),
            cells.get("description", ""),
            cells.get("solution", ""),
            split_tags(cells.get("tags", "")),
            _OPEN_ENDED.get(cells.get("open_ended", "").strip().casefold()),
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
                self.remarks.append(Remark(table.line, text, what, left_out=True, kind="column"))

    def _leave_out(self, row: Row, text: str, why: str, kind: RemarkKind = "row") -> None:
        self.remarks.append(Remark(row.line, text, why, left_out=True, kind=kind))

    def _remark(self, row: Row, text: str, what: str, kind: RemarkKind) -> None:
        self.remarks.append(Remark(row.line, text, what, kind=kind))


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
