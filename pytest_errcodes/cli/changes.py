"""Changes between two catalogs as lines for people, folded to the width of a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pytest_errcodes.cli.terminal import Line, fold, fold_marked
from pytest_errcodes.tools.diffing import MOST_LINES, mark_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
_HANG = 4  # columns


def draw_changes(
    headline: str,
    changes: Sequence[Change],
    places: Mapping[Change, Sequence[Occurrence]],
    width: int | None,
) -> Iterator[Line]:
    """Yield the lines that show changes, by kind: both texts under each other, marked.

    Args:
        headline: What stands above them.
        changes: What changed, in the order of ``diff``.
        places: The lines of source that each change touches.
        width: Columns of the terminal; None for a pipe, whose lines are as long as they come.
    """
    yield from _fold(headline, width)
    for kind, group in groupby(changes, key=lambda change: change.kind):
        together = list(group)
        yield Line("")
        heading = f"{kind} ({len(together)}): {_MEANINGS[kind]}"
        yield from _fold(heading, width, style=_STYLES[kind])
        for change in together:
            yield from _fold(f"{change.subject}  {change.summary}", width, "  ", "bold")
            if change.shows_texts:
                yield from _texts(str(change.old or ""), str(change.new or ""), width)
            yield from _draw_touched(places.get(change, ()), width)


def _fold(text: str, width: int | None, lead: str = "", style: str = "") -> Iterator[Line]:
    """Yield a text in as many lines as it takes, those after the first further to the right."""
    return fold(text, width, lead, style, _HANG)


def _texts(old: str, new: str, width: int | None) -> Iterator[Line]:
    """Yield both texts of a change, or the one there is."""
    if old == new:
        yield from fold(old, width, "      ")
        return
    before, after = (
        [(piece.text, piece.differs and bool(old and new)) for piece in pieces]
        for pieces in mark_pieces(old, new)
    )
    if old:
        yield from fold_marked(before, width, "    - ", "red")
    if new:
        yield from fold_marked(after, width, "    + ", "green")


def _draw_touched(places: Sequence[Occurrence], width: int | None) -> Iterator[Line]:
    """Yield the lines of source that name a touched code, the first of them if there are many."""
    for found in places[:MOST_LINES]:
        place = f"{found.place.file}:{found.place.line}"
        yield from _fold(f"{place}  {found.line}", width, "    ")
    if len(places) > MOST_LINES:
        count = len(places) - MOST_LINES
        more = f"and {count} more {'lines' if count > 1 else 'line'}, all of them with --json"
        yield from _fold(more, width, "    ")
