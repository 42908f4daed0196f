"""CSV and its relatives: commas, semicolons, tabs or bars between the cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.cell_reading import looks_like_codes
from pytest_errcodes.tools.importing.source_document import Document, Prose, Row, Table
from pytest_errcodes.tools.importing.table_columns import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.importing.import_source import Source

_BY_SUFFIX = {".tsv": "\t", ".tab": "\t", ".psv": "|"}
_DELIMITERS = ",\t;|"
_LOOKED_AT = 50  # records, to find the delimiter and the header


def read(source: Source) -> Document:
    """Return the rows of a table; one with a single cell is the heading of those below it.

    Raises:
        ErrcodesUsageError: It is no CSV (``import-source``).
    """
    text = source.text
    first = text.partition("\n")[0].strip()
    announced = first[4:] if len(first) == 5 and first.startswith("sep=") else ""
    delimiter = announced or _BY_SUFFIX.get(source.suffix) or _delimiter(text)
    rows = list(_rows(source, text, delimiter))
    if announced:
        del rows[0]
    return _Reader(rows).document()


def _delimiter(text: str) -> str:
    """Return the delimiter that takes the first records apart best."""
    return max(_DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _fitness(text: str, delimiter: str) -> int:
    """Return how many records have the usual width, plus how many have a cell with a code."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        records = [record for record in islice(reader, _LOOKED_AT) if record]
    except csv.Error:
        return 0
    widths = Counter(len(record) for record in records if len(record) > 1)
    usual = max(widths.values(), default=0)
    return usual + sum(len(one) > 1 and any(map(looks_like_codes, one)) for one in records)


def _rows(source: Source, text: str, delimiter: str) -> Iterator[Row]:
    """Yield the records, each with the line it begins on.

    Raises:
        ErrcodesUsageError: A text in quotes is not closed, or longer than any (``import-source``).
    """
    strict = _is_strict(text, delimiter)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        skipinitialspace=True,
        strict=strict,
    )
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield Row(line, tuple(record))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown}:{line}: this is not CSV: {error}",
            "close the quotes that begin there, or say with --format what it is",
        ) from None


def _is_strict(text: str, delimiter: str) -> bool:
    """Whether the quotes follow the rules, or are never closed; else they are taken as they are."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        skipinitialspace=True,
        strict=True,
    )
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return True


class _Reader:
    """One pass over the records."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = [Row(row.line, tuple(cell.strip() for cell in row.cells)) for row in rows]
        self._tables: list[Table] = []
        self._names: tuple[str, ...] = ()

    def document(self) -> Document:
        """Return the table, or one for each heading."""
        header = self._header()
        prose: list[Prose] = []
        if header is not None:
            self._names = self._rows[header].cells
            prose = [
                Prose(row.line, row.line, " ".join(filter(None, row.cells)))
                for row in self._rows[:header]
            ]
        heading = ""
        found: list[Row] = []
        for row in self._rows[0 if header is None else header + 1 :]:
            filled = [cell for cell in row.cells if cell]
            if len(filled) == 1 and row.cells[0] and not looks_like_codes(row.cells[0]):
                self._add(heading, found)
                heading, found = row.cells[0].strip("# "), []
            elif row.cells != self._names:  # a header that is repeated is none
                found.append(row)
        self._add(heading, found)
        return Document(tuple(self._tables), tuple(prose))

    def _add(self, heading: str, rows: list[Row]) -> None:
        if rows:
            self._tables.append(Table(rows[0].line, heading, self._names, tuple(rows), kind="data"))

    def _header(self) -> int | None:
        """Return the place of the header: where a cell is called as columns of codes are."""
        for at, row in enumerate(self._rows[:_LOOKED_AT]):
            if len(row.cells) > 1 and any(tier_of("code", cell) == 0 for cell in row.cells):
                return at
        first = self._rows[0].cells if self._rows else ()
        is_header = len(first) > 1 and all(first)
        return 0 if is_header and not self._begins_with_codes() else None

    def _begins_with_codes(self) -> bool:
        """Whether the first row holds a code: a number, or a word in a column without numbers."""
        below = self._rows[1:_LOOKED_AT]
        for at, cell in enumerate(self._rows[0].cells):
            others = [row.cells[at] for row in below if at < len(row.cells) and row.cells[at]]
            numbers = sum(integer_of(other) is not None for other in others)
            is_name = not any(map(str.isdigit, cell)) and 2 * numbers > len(others)
            if looks_like_codes(cell) and not is_name:
                return True
        return False
