"""Splitting a text at the literal parts of a template, in time linear in the text."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

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
    if not text.startswith(literals[0]):
        return None
    if all(kind == "text" for kind in kinds):
        return _split_texts(text, literals, has_tail=has_tail)
    return _split_numbers(text, literals, kinds, has_tail=has_tail)


def _split_texts(text: str, literals: tuple[str, ...], *, has_tail: bool) -> tuple[str, ...] | None:
    """Split where every piece may hold anything: the leftmost place is always a right one."""
    pieces = []
    position = len(literals[0])
    free, last = (literals[1:], "") if has_tail else (literals[1:-1], literals[-1])
    for literal in free:
        start = text.find(literal, position)
        if start < 0:
            return None
        pieces.append(text[position:start])
        position = start + len(literal)
    if has_tail:
        return (*pieces, text[position:])
    end = len(text) - len(last)
    if end < position or not text.endswith(last):
        return None
    return (*pieces, text[position:end])


# How a number reads from its right end to its left: for each state, the states that a digit,
# a sign, a dot or an exponent's letter leads to. Right to left, because the places where a
# piece may end are known before those where it may begin.
_LEFTWARD: dict[Kind, dict[str, dict[str, str]]] = {
    "integer": {"end": {"d": "digits"}, "digits": {"d": "digits", "s": "sign"}},
    "number": {
        "end": {"d": "last"},
        "last": {"d": "last", "s": "sign exponent-sign", "e": "exponent", ".": "dot"},
        "exponent-sign": {"e": "exponent"},
        "exponent": {"d": "mantissa"},
        "mantissa": {"d": "mantissa", "s": "sign", ".": "dot"},
        "dot": {"d": "digits"},
        "digits": {"d": "digits", "s": "sign"},
    },
}
_WHOLE = frozenset({"digits", "last", "mantissa", "sign"})
_CLASSES = {**dict.fromkeys("0123456789", "d"), "+": "s", "-": "s", ".": ".", "e": "e", "E": "e"}


def _number_starts(text: str, ends: list[int], kind: Kind) -> list[int]:
    """Return every place from which a number of ``kind`` reaches one of ``ends``, ascending."""
    table = _LEFTWARD[kind]
    steps: dict[tuple[frozenset[str], str], frozenset[str]] = {}
    nothing: frozenset[str] = frozenset()
    at_end = frozenset({"end"})
    states = nothing
    waiting = list(ends)
    found = []
    position = waiting[-1] if waiting else -1
    while position >= 0 and (states or waiting):
        if waiting and waiting[-1] == position:
            waiting.pop()
            states |= at_end
        elif not states:
            position = waiting[-1]
            continue
        if states & _WHOLE:
            found.append(position)
        position -= 1
        symbol = _CLASSES.get(text[position], "") if position >= 0 else ""
        step = steps.get((states, symbol))
        if step is None:
            step = frozenset(
                name for state in states for name in table.get(state, {}).get(symbol, "").split()
            )
            steps[states, symbol] = step
        states = step
    return found[::-1]


def _is_number(text: str, kind: Kind) -> bool:
    """Whether the whole of ``text`` is a number of ``kind``."""
    return 0 in _number_starts(text, [len(text)], kind)[:1]


def _occurrences(text: str, literal: str, last_end: int) -> list[int]:
    """Return where ``literal`` begins, wherever it ends at or before ``last_end``."""
    found = []
    start = text.find(literal, 0, last_end)
    if not literal:
        return list(range(last_end + 1))
    while start >= 0:
        found.append(start)
        start = text.find(literal, start + 1, last_end)
    return found


def _split_numbers(
    text: str, literals: tuple[str, ...], kinds: tuple[Kind, ...], *, has_tail: bool
) -> tuple[str, ...] | None:
    """Split where some pieces must be numbers, so that the leftmost place may be a wrong one.

    From the right, each literal's possible places are found; from the left, the first of them
    is taken each time.
    """
    size = len(text)
    if has_tail:
        places = [_occurrences(text, literals[-1], size)]
    else:
        end = size - len(literals[-1])
        places = [[end] if end >= 0 and text.endswith(literals[-1]) else []]
    for literal, kind in zip(literals[-2::-1], kinds[::-1], strict=True):
        starts = places[-1]
        if not starts:
            return None
        if kind == "text":
            places.append(_occurrences(text, literal, starts[-1]))
        else:
            ends = _number_starts(text, starts, kind)
            back = len(literal)
            places.append([end - back for end in ends if text.endswith(literal, 0, end)])
    if not places[-1] or places[-1][0] != 0:
        return None
    return _walk(text, literals, kinds, places[::-1], has_tail=has_tail)


def _walk(
    text: str,
    literals: tuple[str, ...],
    kinds: tuple[Kind, ...],
    places: list[list[int]],
    *,
    has_tail: bool,
) -> tuple[str, ...]:
    """Take the leftmost possible place of each literal, and return what stands between."""
    pieces = []
    position = len(literals[0])
    for literal, kind, starts in zip(literals[1:], kinds, places[1:], strict=True):
        index = bisect_left(starts, position)
        if kind != "text":
            # Few places are skipped: those that leave a sign, a dot or an exponent without digits.
            while not _is_number(text[position : starts[index]], kind):
                index += 1
        pieces.append(text[position : starts[index]])
        position = starts[index] + len(literal)
    return (*pieces, text[position:]) if has_tail else tuple(pieces)
