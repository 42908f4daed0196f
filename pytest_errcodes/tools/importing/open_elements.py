"""The texts and tables of an HTML page that are not closed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.page_blocks import Cell, Line, span_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class OpenText:
    """The text of a passage or a cell in the making.

    Attributes:
        line: Line of the source at which it begins.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        self._pieces: list[tuple[str, int]] = []  # each with the element that sets it apart
        self._depth = 0  # in how many such elements the next one stands
        self._element = 0  # the number of the outermost of them

    def add(self, text: str, line: int | None = None) -> None:
        """Add a text; ``line`` is where it ends, if it may be the first that is not blank."""
        if line is not None and text.strip() and self.is_blank():
            self.line = line - text.rstrip("\n").count("\n")
        self._pieces.append((text, self._element if self._depth else 0))

    def begin_apart(self) -> None:
        """Enter an element that sets its text apart, such as ``<code>``."""
        self._element += not self._depth
        self._depth += 1

    def end_apart(self) -> None:
        """Leave such an element."""
        self._depth = max(self._depth - 1, 0)

    def is_blank(self) -> bool:
        """Return whether nothing but white space was added."""
        return not any(text.strip() for text, _ in self._pieces)

    def whole(self) -> str:
        """Return all of it."""
        return "".join(text for text, _ in self._pieces)

    def lead_and_rest(self) -> tuple[str, str]:
        """Return what it begins with, if that is set apart, and the rest."""
        pieces = self._pieces
        first = next((at for at, (text, _) in enumerate(pieces) if text.strip()), 0)
        element = pieces[first][1] if pieces else 0
        end = first
        while element and end < len(pieces) and pieces[end][1] == element:
            end += 1
        lead = "".join(text for text, _ in pieces[first:end])
        return lead.strip(), "".join(text for text, _ in pieces[end:]).strip(" ")


class OpenTable:
    """A table in the making.

    Attributes:
        before: The text that goes on behind the table.
        lines: Its lines so far.
        caption: What stands in ``<caption>``.
        cell: The cell that is open, or None.
        text: The text of that cell, or of the caption.
    """

    def __init__(self, line: int, before: OpenText) -> None:
        self.before = before
        self.lines: list[Line] = []
        self.caption = ""
        self.cell: Cell | None = None
        self.text = OpenText(line)
        self._is_head = False
        self._is_caption = False

    def start(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        """Take a tag of a table that opens."""
        self._end_cell()
        if tag in ("thead", "tbody"):
            self._is_head = tag == "thead"
        elif tag == "caption":
            self._is_caption = True
        elif tag == "tr" or not self.lines:
            self.lines.append(Line(line, self._is_head))
        if tag in ("td", "th"):
            columns, rows = span_of(attributes.get("colspan")), span_of(attributes.get("rowspan"))
            self.cell = Cell(is_header=tag == "th", columns=columns, rows=rows)
            self.lines[-1].cells.append(self.cell)

    def end(self, tag: str) -> None:
        """Take a tag of a table that closes."""
        self._end_cell()
        if tag == "thead":
            self._is_head = False

    def _end_cell(self) -> None:
        if self.cell is not None:
            self.cell.text = self.text.whole().strip()
        elif self._is_caption:
            self.caption = self.text.whole()
        self.cell, self._is_caption = None, False
        self.text = OpenText(0)
