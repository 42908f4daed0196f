"""Finding the codes of a page: in its tables, lists, definitions, headings and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.cell_reading import looks_like_codes
from pytest_errcodes.tools.importing.page_blocks import Grid, Heading, Passage, Verbatim
from pytest_errcodes.tools.importing.source_document import Document, Prose, Row, Table
from pytest_errcodes.tools.importing.table_columns import tier_of
from pytest_errcodes.tools.importing.text_reader import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.importing.page_blocks import Block
    from pytest_errcodes.tools.importing.table_columns import Role

_SURE = re.compile(
    r"(?P<code>-?[0-9]{1,40}|[A-Za-z][A-Za-z0-9.]*[_0-9-][A-Za-z0-9._-]*)"
    r"(?:\s*[:=|](?!\S*/)\s*|\s+[-–—]\s+|\t+)(?P<message>.*)",
    re.DOTALL,
)
_DOUBTFUL = re.compile(r"(?P<code>-?[0-9]{3,40})\s+(?P<message>\S.*)", re.DOTALL)
_TITLED = re.compile(r"(?P<code>-[0-9]+|[0-9]{3,40})(?:\s*[:.–—-]?\s+|$)(?P<name>.*)", re.DOTALL)
_TITLED_BY_WORD = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)+)(?P<name>)")
_LABELLED = re.compile(r"[^\n]{1,60}\((?=[^()]*[0-9])[^()\n]{1,30}\):?")
_SEPARATORS = " \t\n:=|–—-"
_FIELD = re.compile(r"(?P<name>[\w ]{2,30})\s*[:：]\s*(?P<text>.+)", re.DOTALL)
_FIELDS: tuple[Role, ...] = ("message", "http_status", "description", "solution")


def document_of(blocks: Iterable[Block], title: str = "") -> Document:
    """Return the codes that a page documents."""
    return _Page(list(blocks)).document(title)


class _Page:
    """One pass over a page."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._tables: list[Table] = []
        self._prose: list[Prose] = []
        self._loose: list[tuple[int, int, str]] = []  # text that belongs to no table so far
        self._heading = ""
        self._title = ""
        self._levels, self._titled = _levels_of_codes(blocks)
        self._entries: list[_Entry] = []
        self._is_titled = False  # whether the last entry is a heading, and what follows is its text

    def document(self, title: str) -> Document:
        """Return what the blocks hold."""
        for block in self._blocks:
            if isinstance(block, Heading):
                self._take_heading(block)
            elif isinstance(block, Passage):
                self._take_passage(block)
            else:
                self._is_titled = False
                self._end_table()
                if isinstance(block, Grid):
                    self._end_prose()
                    heading = block.table.heading or self._heading
                    self._tables.append(replace(block.table, heading=heading))
                else:
                    self._take_verbatim(block)
        self._end_table()
        self._end_prose()
        return Document(tuple(self._tables), tuple(self._prose), title or self._title)

    # -- blocks ----------------------------------------------------------------------------

    def _take_heading(self, block: Heading) -> None:
        found = self._titled.fullmatch(block.text.strip())
        self._is_titled = found is not None and block.level in self._levels
        if found is not None and self._is_titled:
            self._begin(_Entry(block.line, found["code"], found["name"].strip(), is_titled=True))
            return
        self._end_table()
        self._end_prose()
        if block.level == 1 and not self._title:
            self._title = block.text
        self._heading = block.text

    def _take_passage(self, block: Passage) -> None:
        if self._is_titled or (block.goes_on and self._entries):
            self._entries[-1].add(" ".join(filter(None, (block.lead, block.text))))
            return
        lead = block.lead.strip()
        if lead and looks_like_codes(lead):
            self._begin(_Entry(block.line, lead, block.text.strip(_SEPARATORS)))
            return
        whole = f"{block.lead} {block.text}" if block.lead else block.text
        if _LABELLED.fullmatch(whole.strip()):  # a heading in all but its markup
            self._take_heading(Heading(block.line, 6, whole.strip().rstrip(":")))
        elif not self._take_lines(block, whole):
            self._end_table()
            if not HEADER.fullmatch(whole.strip()):
                self._loose.append((block.line, block.last, whole.strip()))

    def _take_lines(self, block: Passage, whole: str) -> bool:
        """Take the codes that the lines of a passage begin with; whether there are any."""
        lines = whole.strip("\n").split("\n")
        pattern = _pattern_of(lines[0].strip())
        if pattern is None:
            return False
        for number, line in enumerate(lines, block.line):
            if found := pattern.fullmatch(line.strip()):
                is_sure = pattern is _SURE
                self._begin(_Entry(number, found["code"], found["message"], is_sure=is_sure))
            elif line.strip():
                self._entries[-1].message += f"\n{line.strip()}"
        return True

    def _take_verbatim(self, block: Verbatim) -> None:
        """Take the codes of a text that stands as it was typed, in doubt whether they are any."""
        from pytest_errcodes.tools.importing.import_source import Source
        from pytest_errcodes.tools.importing.text_reader import read

        found = read(Source("", block.text))
        last = block.line + block.text.rstrip("\n").count("\n")
        if sum(len(table.rows) for table in found.tables) < 2:
            self._loose.append((block.line, last, block.text.strip()))
            return
        self._end_prose()
        moved = block.line - 1
        for table in found.tables:
            rows = tuple(Row(row.line + moved, row.cells) for row in table.rows)
            heading = table.heading or self._heading
            line = table.line + moved
            self._tables.append(Table(line, heading, table.names, rows, is_doubtful=True))
        for part in found.prose:
            self._prose.append(Prose(part.line + moved, part.last + moved, part.text))

    # -- tables out of passages ------------------------------------------------------------

    def _begin(self, entry: _Entry) -> None:
        """Begin an entry; a run of them is a table."""
        if self._entries and self._entries[-1].is_sure != entry.is_sure:
            self._end_table()
        self._end_prose()
        self._entries.append(entry)

    def _end_table(self) -> None:
        if not self._entries:
            return
        is_doubtful = not self._entries[0].is_sure
        fields = [role for role in _FIELDS if any(role in entry.fields for entry in self._entries)]
        names = ("code", "message", *(field for field in fields if field != "message"))
        rows = []
        for entry in self._entries:
            cells = {"message": entry.message, **entry.fields}
            rows.append(Row(entry.line, (entry.code, *(cells.get(name, "") for name in names[1:]))))
        line = rows[0].line
        self._tables.append(Table(line, self._heading, names, tuple(rows), is_doubtful=is_doubtful))
        self._entries = []
        self._is_titled = False

    def _end_prose(self) -> None:
        if self._loose:
            text = "\n".join(text for _, _, text in self._loose)
            self._prose.append(Prose(self._loose[0][0], self._loose[-1][1], text))
            self._loose = []


class _Entry:
    """One code in the making; what follows is added to it."""

    def __init__(
        self, line: int, code: str, message: str, *, is_sure: bool = True, is_titled: bool = False
    ) -> None:
        self.line = line
        self.code = code
        self.message = message
        self.is_sure = is_sure
        self.fields: dict[str, str] = {}
        self._may_be_replaced = is_titled

    def add(self, text: str) -> None:
        """Add what follows: the message where there is none yet, a field, or a description."""
        found = _FIELD.fullmatch(text.strip())
        if found:
            for role in _FIELDS:
                if tier_of(role, found["name"]) == 0 and role not in self.fields:
                    self.fields[role] = found["text"].strip()
                    return
        if not self.message or self._may_be_replaced:
            self.message = text.strip() or self.message
            self._may_be_replaced = False
        else:
            before = self.fields.get("description")
            self.fields["description"] = f"{before}\n{text.strip()}" if before else text.strip()


def _levels_of_codes(blocks: list[Block]) -> tuple[frozenset[int], re.Pattern[str]]:
    """Return the levels whose headings are mostly codes, and what takes such a heading apart.

    Numbers are codes such as ``-1121 BAD_SYMBOL``; words such as ``card_declined`` only on a page
    without tables, whose headings would be sections or fields.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    levels = _find_coded_levels(headings, _TITLED)
    if levels or any(isinstance(block, Grid) for block in blocks):
        return levels, _TITLED
    return _find_coded_levels(headings, _TITLED_BY_WORD), _TITLED_BY_WORD


def _find_coded_levels(headings: list[Heading], titled: re.Pattern[str]) -> frozenset[int]:
    """Return the levels that hold codes: none whose codes have others below them."""
    coded = Counter(block.level for block in headings if titled.fullmatch(block.text.strip()))
    every = Counter(block.level for block in headings)
    levels = {level for level, count in coded.items() if count > 1 and 2 * count > every[level]}
    for above, below in pairwise(headings):
        if above.level < below.level and below.level in levels:
            levels.discard(above.level)
    return frozenset(levels)


def _pattern_of(line: str) -> re.Pattern[str] | None:
    """Return what takes a line apart into a code and a message; None where it holds no code.

    Four digits may be the year of a date, as in a list of changes.
    """
    for pattern in (_SURE, _DOUBTFUL):
        found = pattern.fullmatch(line)
        if found and not (len(found["code"]) == 4 and found["code"][:2] in ("19", "20")):
            return pattern
    return None
