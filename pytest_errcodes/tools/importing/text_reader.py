"""Plain text, as a browser copies a page: one code a line, often run together with its message."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.labels import label_fits
from pytest_errcodes.tools.importing.source_document import Document, Prose, Row, Table
from pytest_errcodes.tools.importing.table_columns import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.importing.import_source import Source

_NUMBERED = re.compile(
    r"\s*(?P<code>-?[0-9]+)(?P<between>\s*[:|=]\s*|\s+[-–—]\s+|\s*,\s+|\s+)?(?P<message>.*)"
)
_WORDED = re.compile(
    r"\s*(?P<code>[A-Za-z][A-Za-z0-9.]*[_0-9-][A-Za-z0-9._-]*)"
    r"(?P<between>\s*:\s+|\t+|\s+[-–—]\s+)(?P<message>\S.*)"
)
HEADER = re.compile(
    r"(?:error\s*)?(?:code|no\.?|number)s?\W*(?:error\s*)?(?:message|description|meaning|msg)s?"
    r"(?:\W*\w+){0,3}",
    re.IGNORECASE,
)
_LABELLED = re.compile(r".*\((?=[^()]*[0-9])[^()]*\)\s*:?")
_ENDS_WITH_STATUS = re.compile(
    r".*(?:HTTP\W*)?(?:status(?:\W*code)?|HTTP\W*code)\s*", re.IGNORECASE
)
_STATUS_AT_END = re.compile(r"(?P<message>.*\D)(?P<http_status>[1-5][0-9]{2})", re.DOTALL)


def read(source: Source) -> Document:
    """Return the codes of a text; each run of them is a table under the line above it."""
    lines = source.text.split("\n")
    pattern = _NUMBERED if any(map(_is_numbered, lines)) else _WORDED
    return _Reader(lines, pattern).document()


def _is_numbered(line: str) -> bool:
    found = _NUMBERED.fullmatch(line)
    return bool(found and found["message"].strip())


class _Reader:
    """One pass over the lines of a text."""

    def __init__(self, lines: list[str], pattern: re.Pattern[str]) -> None:
        self._lines = lines
        self._pattern = pattern
        self._tables: list[Table] = []
        self._prose: list[Prose] = []
        self._rows: list[Row] = []
        self._loose: list[tuple[int, str]] = []  # lines that belong to no table so far
        self._heading = ""
        self._header = ""  # the line above the rows that names the columns
        self._run_together: set[int] = set()  # the lines whose code has nothing behind it
        self._set_apart: set[int] = set()  # those whose code has a sign behind it

    def document(self) -> Document:
        """Return what the lines hold."""
        blank_before = True
        end_of_grid = 0  # the last line of a table that was read whole
        for number, line in enumerate(self._lines, 1):
            if not line.strip() or number <= end_of_grid:
                blank_before = True
                continue
            if rows := self._read_tabbed(number, line):
                self._take_grid(number, line, rows)
                end_of_grid = rows[-1].line
            elif cells := self._cells(number, line):
                self._begin_row(number, cells)
            elif self._rows and not blank_before and not self._is_heading(number - 1):
                self._go_on(line)
            else:
                self._end_table()
                self._loose.append((number, line))
            blank_before = False
        self._end_table()
        self._end_prose()
        return Document(tuple(self._tables), tuple(self._prose))

    def _read_tabbed(self, number: int, line: str) -> list[Row]:
        """Return the rows below a header whose cells have tabs between them; none below no such."""
        names = line.strip("\n").split("\t")
        at = next((at for at, name in enumerate(names) if tier_of("code", name) == 0), -1)
        if at < 0 or len(names) < 3 - (at > 0):  # two columns, code first: read as plain lines are
            return []
        rows = []
        for at, row in enumerate(self._lines[number:], number + 1):
            if "\t" not in row.strip():
                break
            rows.append(Row(at, tuple(row.split("\t"))))
        return rows

    def _take_grid(self, number: int, header: str, rows: list[Row]) -> None:
        self._end_table()
        heading = self._take_heading()
        self._end_prose()
        names = tuple(name.strip() for name in header.split("\t"))
        self._tables.append(Table(number, heading, names, tuple(rows)))

    def _cells(self, number: int, line: str) -> tuple[str, str] | None:
        """Return code and message of a line, or None where it holds no code."""
        found = self._pattern.fullmatch(line)
        if found is None or not found["message"].strip():
            return None
        if not found["between"]:
            self._run_together.add(number)
        elif found["between"].strip():
            self._set_apart.add(number)
        return found["code"], found["message"].strip()

    def _is_heading(self, index: int) -> bool:
        """Whether a line is a heading: it ends with the codes it announces, or a header follows."""
        rest = (line.strip() for line in self._lines[index + 1 : index + 4])
        following = next((line for line in rest if line), "")
        line = self._lines[index].strip()
        return bool(_LABELLED.fullmatch(line) or HEADER.fullmatch(following))

    def _begin_row(self, number: int, cells: tuple[str, str]) -> None:
        if not self._rows:
            self._heading = self._take_heading()
            self._end_prose()
        self._rows.append(Row(number, cells))

    def _take_heading(self) -> str:
        """Return the heading of the table that begins: the last loose line but a header."""
        self._header = ""
        while self._loose and HEADER.fullmatch(self._loose[-1][1].strip()):
            self._header = self._loose.pop()[1]
        return self._loose.pop()[1].strip().rstrip(":").strip() if self._loose else ""

    def _go_on(self, line: str) -> None:
        """Add a line to the message above it."""
        last = self._rows[-1]
        self._rows[-1] = Row(last.line, (last.cells[0], f"{last.cells[1]}\n{line.strip()}"))

    def _end_table(self) -> None:
        if self._rows:
            rows = tuple(self._part_codes())
            names: tuple[str, ...] = ("code", "message")
            if with_status := self._with_status(rows):
                names, rows = (*names, "http_status"), with_status
            self._tables.append(Table(rows[0].line, self._heading, names, rows))
            self._rows = []

    def _with_status(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return the rows with the HTTP status that ends each apart, if the header names one."""
        if not _ENDS_WITH_STATUS.fullmatch(self._header):
            return ()
        found = [(row, _STATUS_AT_END.fullmatch(row.cells[1])) for row in rows]
        parted = [
            Row(row.line, (row.cells[0], end["message"], end["http_status"]))
            for row, end in found
            if end
        ]
        return tuple(parted) if len(parted) == len(rows) else ()

    def _end_prose(self) -> None:
        if self._loose:
            text = "\n".join(line for _, line in self._loose)
            self._prose.append(Prose(self._loose[0][0], self._loose[-1][0], text))
            self._loose = []

    def _part_codes(self) -> Iterator[Row]:
        """Yield the rows, codes parted from messages that begin with a digit.

        ``4010313rd party`` and ``4010313 parties`` under ``Trading (4010xx)`` are 401031, not
        4010313, where most codes are run together with their messages.
        """
        lengths = Counter(len(row.cells[0]) for row in self._rows)
        count = max(lengths.values())
        usual = min(length for length, times in lengths.items() if times == count)
        together = sum(row.line in self._run_together for row in self._rows)
        if 2 * count < len(self._rows) or 2 * together <= len(self._rows):
            yield from self._rows
            return
        for row in self._rows:
            digits, message = row.cells
            is_whole = len(digits) <= usual or row.line in self._set_apart
            if is_whole or not self._fits(digits[:usual], digits):
                yield row
            else:
                between = "" if row.line in self._run_together else " "
                yield Row(row.line, (digits[:usual], f"{digits[usual:]}{between}{message}"))

    def _fits(self, short: str, whole: str) -> bool:
        return label_fits(self._heading, short) and not label_fits(self._heading, whole)
