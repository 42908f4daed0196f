"""Changes between two catalogs as lines for people, folded to the width of a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import count_columns, escape
from pytest_errcodes.tools.diffing import MOST_LINES, Piece, mark_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_errcodes.tools.diffing import Change
    from pytest_errcodes.tools.scanning.code_occurrences import Occurrence

_MEANINGS = {
    "breaking": "what a client relies on is gone or different",
    "renumbered": "the same message under another code",
    "meaning": "the same code says something else",
    "wording": "the same, written differently",
    "addition": "new",
    "moved": "elsewhere in the document",
}
_STYLES = {
    "breaking": "bold red",
    "renumbered": "bold red",
    "meaning": "bold yellow",
    "wording": "bold cyan",
    "addition": "bold green",
    "moved": "bold blue",
}
_NARROWEST = 10
_HANG = 4
_WIDE = 1_000_000_000  # what a pipe has
#: The characters of a line as they are shown, and whether each differs.
Row = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output.

    Attributes:
        text: The line.
        style: Its colour on a terminal, as rich names it.
    """

    text: str
    style: str = ""


def drawn(
    changes: Sequence[Change], places: Mapping[Change, Sequence[Occurrence]], width: int | None
) -> Iterator[Line]:
    """Yield the lines that show changes, by kind: both texts under each other, marked.

    Args:
        changes: What changed, in the order of ``diff``.
        places: The lines of source that each change touches.
        width: Columns of the terminal; None for a pipe, whose lines are as long as they come.
    """
    for kind, group in groupby(changes, key=lambda change: change.kind):
        together = list(group)
        yield Line("")
        heading = f"{kind} ({len(together)}): {_MEANINGS[kind]}"
        yield from plain(heading, width, style=_STYLES[kind])
        for change in together:
            yield from plain(f"{change.subject}  {change.summary}", width, "  ", "bold")
            if change.shows_texts:
                yield from _texts(str(change.old or ""), str(change.new or ""), width)
            yield from _touched(places.get(change, ()), width)


def plain(text: str, width: int | None, lead: str = "", style: str = "") -> Iterator[Line]:
    """Yield a text in as many lines as it takes, those after the first further to the right."""
    yield from _folded(_unmarked(text), width, lead, style, hang=_HANG)


def _texts(old: str, new: str, width: int | None) -> Iterator[Line]:
    """Yield both texts of a change, or the one there is."""
    if old == new:
        yield from _folded(_unmarked(old), width, "      ")
        return
    before, after = mark_pieces(old, new)
    if old:
        yield from _folded(before if new else _unmarked(old), width, "    - ", "red")
    if new:
        yield from _folded(after if old else _unmarked(new), width, "    + ", "green")


def _unmarked(text: str) -> tuple[Piece]:
    """Return a text that has no other to differ from."""
    return (Piece(text, differs=False),)


def _touched(places: Sequence[Occurrence], width: int | None) -> Iterator[Line]:
    """Yield the lines of source that name a touched code, the first of them if there are many."""
    for found in places[:MOST_LINES]:
        place = f"{found.place.file}:{found.place.line}"
        yield from plain(f"{place}  {found.line}", width, "    ")
    if len(places) > MOST_LINES:
        count = len(places) - MOST_LINES
        more = f"and {count} more {'lines' if count > 1 else 'line'}, all of them with --json"
        yield from plain(more, width, "    ")


def _folded(
    pieces: Iterable[Piece], width: int | None, lead: str, style: str = "", hang: int = 0
) -> Iterator[Line]:
    """Yield a text behind ``lead``, with a line of marks below each line that has some.

    The lines after the first one stand ``hang`` columns further to the right.
    """
    room = _WIDE if width is None else max(_NARROWEST + hang, width - len(lead))
    for row in _rows(pieces, room, room - hang):
        text = "".join(shown for shown, _ in row)
        marks = "".join(("^" if differs else " ") * count_columns(shown) for shown, differs in row)
        yield Line(f"{lead}{text}".rstrip(), style)
        margin = " " * len(lead)
        if marks.strip():
            yield Line(f"{margin}{marks}".rstrip(), style)
        lead, hang = margin + " " * hang, 0


def _rows(pieces: Iterable[Piece], first: int, rest: int) -> Iterator[Row]:
    """Yield a text, escaped and character by character, in rows of so many columns at most.

    A row ends behind its last space, so that words stay whole where they can.

    Args:
        pieces: The text.
        first: Columns of the first row.
        rest: Columns of the others.
    """
    row: Row = []
    used, room = 0, first
    for piece in pieces:
        for character in piece.text:
            shown = escape(character)
            if row and used + count_columns(shown) > room:
                end = next((at for at in range(len(row), 0, -1) if row[at - 1][0] == " "), len(row))
                yield row[:end]
                row, room = row[end:], rest
                used = sum(count_columns(kept) for kept, _ in row)
            row.append((shown, piece.differs))
            used += count_columns(shown)
    yield row
