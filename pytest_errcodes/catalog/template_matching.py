"""Splitting a text at the literal parts of a template, in time linear in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["text", "integer", "number"]


def split(
    text: str, literals: tuple[str, ...], kinds: tuple[Kind, ...], *, has_tail: bool
) -> tuple[str, ...] | None:
    """Return the pieces of ``text`` between ``literals``, and the tail if there may be one.

    Args:
        text: What to read.
        literals: The parts that must stand there, one more than ``kinds``.
        kinds: What each piece between two literals may hold; none only if there is a tail.
        has_tail: Whether anything may follow the last literal.

    Returns:
        The pieces, each but the last as short as can be; None when the text does not fit.
    """
    if has_tail:  # which is one more piece, and nothing stands behind it
        literals, kinds = (*literals, ""), (*kinds, "text")
    first, *between, last = literals
    end = len(text) - len(last)
    if end < len(first) or not text.startswith(first) or not text.endswith(last):
        return None
    text = text[len(first) : end]
    if all(kind == "text" for kind in kinds):
        return _split_texts(text, between)
    if not all(literal in text for literal in between):  # told at once for most texts
        return None
    return _split_numbers(text, between, kinds)


def _split_texts(text: str, literals: Sequence[str]) -> tuple[str, ...] | None:
    """Split where every piece may hold anything: the leftmost place is always a right one."""
    pieces = []
    position = 0
    for literal in literals:
        start = text.find(literal, position)
        if start < 0:
            return None
        pieces.append(text[position:start])
        position = start + len(literal)
    return (*pieces, text[position:])


_PATTERNS: dict[Kind, str] = {
    "text": r"(?s:.*)",
    "integer": r"[+-]?[0-9]+",
    "number": r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?",
}


def _split_numbers(
    text: str, literals: Sequence[str], kinds: Sequence[Kind]
) -> tuple[str, ...] | None:
    """Split where some pieces must be numbers, so that the leftmost place may be a wrong one.

    From the right, all places are found where each piece may end, given what stands behind it;
    from the left, the first of them is taken each time.
    """
    places = _Places(text)
    literals = ("", *literals)  # one before each piece
    fitting = places.end
    ends = []
    for literal, kind in zip(reversed(literals), reversed(kinds), strict=True):
        ends.append(fitting)
        fitting = places.before_literal(places.before_piece(fitting, kind), literal)
        if not fitting:
            return None
    if not fitting & places.start:
        return None
    pieces = []
    position = 0
    for literal, kind in zip(literals, kinds, strict=True):
        start = position + len(literal)
        possible = ends.pop()
        position = places.find_first(possible, start)
        # Few places are skipped: those that leave a sign, a dot or an exponent without digits.
        while not re.fullmatch(_PATTERNS[kind], text[start:position]):
            position = places.find_first(possible, position + 1)
        pieces.append(text[start:position])
    return tuple(pieces)


class _Places:
    """Sets of places in a text, each an integer, so that one operation moves a whole set.

    A place is between two characters, or at an end; the one with ``n`` characters behind it is
    the bit ``1 << n``. A step to the left is thus a shift to the left.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._zeros = dict.fromkeys(map(ord, set(text)), "0")
        self._behind: dict[str, int] = {}
        self.end = 1
        self.start = 1 << len(text)

    def find_first(self, places: int, position: int) -> int:
        """Return the first of ``places`` at ``position`` or behind it, as an index of the text."""
        size = len(self._text)
        return size + 1 - (places & ((2 << (size - position)) - 1)).bit_length()

    def before_literal(self, places: int, literal: str) -> int:
        """Return the places from which ``literal`` reaches one of ``places``."""
        for character in reversed(literal):
            places = self._before(places, character)
        return places

    def before_piece(self, places: int, kind: Kind) -> int:
        """Return the places from which a piece of ``kind`` reaches one of ``places``."""
        if kind == "text":  # any place up to the last one, which is the lowest bit
            return -(places & -places) & (2 * self.start - 1)
        digits = self._before_digits(places)
        if kind == "number":
            signed = digits | self._before(digits, "+-")
            digits |= self._before_digits(self._before(signed, "eE"))
            digits |= self._before_digits(self._before(digits, "."))
        return digits | self._before(digits, "+-")

    def _before(self, places: int, characters: str) -> int:
        """Return the places from which one of ``characters`` reaches one of ``places``."""
        return (places & self._find_behind(characters)) << 1

    def _before_digits(self, places: int) -> int:
        """Return the places from which one digit or more reach one of ``places``."""
        digits = self._find_behind("0123456789")
        last = places & digits
        # In binary, adding a bit to a row of ones carries through the row to its end. Here a row
        # is a run of digits, so the sum changes the bits from the last digit to the first.
        return (((last + digits) ^ digits | last) & digits) << 1

    def _find_behind(self, characters: str) -> int:
        """Return the places right behind one of ``characters``."""
        if characters not in self._behind:
            bits = self._zeros | dict.fromkeys(map(ord, characters), "1")
            self._behind[characters] = int(self._text.translate(bits) or "0", 2)
        return self._behind[characters]
