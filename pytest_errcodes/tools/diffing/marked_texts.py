"""What differs between two texts, marked in both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.text.nearest import count_shared

if TYPE_CHECKING:
    from collections.abc import Sequence

# So many words and more are not aligned one by one: that takes their number squared.
_MANY = 1_000
# Chinese and Japanese are written without spaces: there each character is a word.
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff"
_TOKENS = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Attributes:
        text: The part; never empty.
        differs: Whether the other text has something else in its place, or nothing.
    """

    text: str
    differs: bool


Pieces = tuple[Piece, ...]


def mark_pieces(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Return two texts in pieces; the words and marks that differ are pieces of their own."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    start = count_shared(before, after)
    end = count_shared(before[start:][::-1], after[start:][::-1])
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    common = [Piece("".join(before[:start]), differs=False)]
    rest = [Piece("".join(before[len(before) - end :]), differs=False)]
    old_middle, new_middle = _align(*middle)
    return _join([*common, *old_middle, *rest]), _join([*common, *new_middle, *rest])


def _align(before: Sequence[str], after: Sequence[str]) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of two lists of words that have no beginning or end in common."""
    if max(len(before), len(after)) > _MANY:
        return [Piece("".join(before), differs=True)], [Piece("".join(after), differs=True)]
    from difflib import SequenceMatcher

    found: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        differs = tag != "equal"
        found[0].append(Piece("".join(before[old_start:old_end]), differs))
        found[1].append(Piece("".join(after[new_start:new_end]), differs))
    return found


def _join(pieces: Sequence[Piece]) -> Pieces:
    """Return pieces without the empty ones."""
    return tuple(piece for piece in pieces if piece.text)
