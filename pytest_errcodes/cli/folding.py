"""Folding a text to the columns of a terminal, between words where that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.terminal import Line
from pytest_errcodes.text.wording import count_columns, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NARROWEST = 10
_WIDE = 1_000_000_000  # columns, for a pipe, whose lines have no end
#: The characters of a line as they are shown, and whether each is marked.
Row = list[tuple[str, bool]]


def fold(
    text: str, width: int | None, lead: str = "", style: str = "", hang: int = 0
) -> Iterator[Line]:
    """Yield a text, control characters escape, in as many lines as it takes.

    Args:
        text: The text.
        width: Columns of the terminal; None for a pipe, whose lines are as long as they come.
        lead: What the first line begins with, and the others are indented by.
        style: How the lines are shown.
        hang: How many columns further to the right the lines after the first one stand.
    """
    return fold_marked(((text, False),), width, lead, style, hang)


def fold_marked(
    pieces: Iterable[tuple[str, bool]],
    width: int | None,
    lead: str,
    style: str,
    hang: int = 0,
) -> Iterator[Line]:
    """Yield a text likewise, with a line of marks below each line that has some.

    Args:
        pieces: The parts of the text, and whether each is marked.
        width: As for ``fold``.
        lead: As for ``fold``.
        style: As for ``fold``.
        hang: As for ``fold``.
    """
    margin = count_columns(lead)
    room = _WIDE if width is None else max(_NARROWEST + hang, width - margin)
    for row in _rows(pieces, room, room - hang):
        text = "".join(shown for shown, _ in row)
        marks = "".join(("^" if marked else " ") * count_columns(shown) for shown, marked in row)
        yield Line(f"{lead}{text}".rstrip(), style)
        if marks.strip():
            yield Line(f"{' ' * margin}{marks}".rstrip(), style)
        margin, hang = margin + hang, 0
        lead = " " * margin


def _rows(pieces: Iterable[tuple[str, bool]], first: int, rest: int) -> Iterator[Row]:
    """Yield a text, escaped and character by character, in rows of so many columns at most.

    A row ends behind its last space, so that words stay whole where they can.

    Args:
        pieces: The text.
        first: Columns of the first row.
        rest: Columns of the others.
    """
    row: Row = []
    used, room = 0, first
    for text, marked in pieces:
        for character in text:
            shown = escape(character)
            if row and used + count_columns(shown) > room:
                end = next((at for at in range(len(row), 0, -1) if row[at - 1][0] == " "), len(row))
                yield row[:end]
                row, room = row[end:], rest
                used = sum(count_columns(kept) for kept, _ in row)
            row.append((shown, marked))
            used += count_columns(shown)
    yield row
