"""Folding the variants of a message into one template: what changes becomes a placeholder.

So does what looks like a value where a message came but once. Folding takes time linear in the
texts: tokens are compared place by place, or by what both begin and end with, and between by the
words that stand once in each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.text.secrets import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A literal token, or None where a placeholder stands.
Token = str | None
Template = tuple[Token, ...]

_TOKEN = re.compile(
    r"<secret>|https?://[^\s\"'<>]+"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\w+(?:[-.@+/]\w+)*|\s+|[^\w\s]"
)
_LEAST_ALIKE = 0.5
_MOST_TEMPLATES = 20
_LONG_NUMBER = 6
_LONG_MIX = 10
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?=.*\d)(?:0x)?[0-9a-fA-F]{8,}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PREFIXED = re.compile(r"[A-Za-z]{2,8}[_-]\w*\d\w*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Folded(NamedTuple):
    """Some variants of a message, folded.

    Attributes:
        tokens: The template.
        variants: The texts, in the order in which they were first seen.
    """

    tokens: Template
    variants: tuple[str, ...]


def split_tokens(text: str) -> Template:
    """Return the words, spaces and signs of a text."""
    return tuple(_TOKEN.findall(text))


def fold_messages(texts: Iterable[str]) -> list[Folded]:
    """Fold texts into as few templates as are alike, in the order in which they were first seen.

    What comes when there are many templates already, and is like none, is left out.
    """
    folded: list[tuple[Template, list[str]]] = []
    for text in dict.fromkeys(texts):
        tokens = split_tokens(text)
        for place, (template, variants) in enumerate(folded):
            joined = fold(template, tokens)
            if joined is not None:
                folded[place] = joined, [*variants, text] if len(variants) < 50 else variants
                break
        else:
            if len(folded) < _MOST_TEMPLATES:
                folded.append((tokens, [text]))
    return [Folded(tokens, tuple(variants)) for tokens, variants in folded]


def fold(template: Template, tokens: Template) -> Template | None:
    """Return what a template and one more text have in common; None if that is too little."""
    whole = max(_weigh(template), _weigh(tokens))
    candidates = []
    if len(template) == len(tokens):
        candidates.append(
            tuple(
                one if one == other else None for one, other in zip(template, tokens, strict=True)
            )
        )
    candidates.append(_align(template, tokens))
    best = max(candidates, key=_weigh)
    if _weigh(best) < _LEAST_ALIKE * whole or not _weigh(best):
        return None
    return _join_holes(best)


def _weigh(tokens: Sequence[Token]) -> int:
    """Return how many letters of words are in it."""
    return sum(len(token) for token in tokens if token and token[0].isalpha())


def _join_holes(tokens: Template) -> Template:
    """Let placeholders that touch be one."""
    kept: list[Token] = []
    for token in tokens:
        if token is not None or not kept or kept[-1] is not None:
            kept.append(token)
    return tuple(kept)


def _align(left: Template, right: Template) -> Template:
    """Return what both have in common in the same order, and placeholders between."""
    start, end = _measure_ends(left, right)
    tail = left[len(left) - end :]
    inner = left[start : len(left) - end], right[start : len(right) - end]
    if not (inner[0] or inner[1]):
        return left
    return (*left[:start], *_align_inner(*inner), *tail)


def _align_inner(left: Template, right: Template) -> Template:
    """Align what neither begins nor ends alike, by the words that stand once in each."""
    anchors = _find_anchors(left, right)
    if not anchors:
        return (None,)
    aligned: list[Token] = []
    before = (0, 0)
    for here in (*anchors, (len(left), len(right))):
        gaps = left[before[0] : here[0]], right[before[1] : here[1]]
        if gaps[0] or gaps[1]:
            aligned += _align_gap(*gaps)
        aligned += left[here[0] : here[0] + 1]
        before = here[0] + 1, here[1] + 1
    return tuple(aligned)


def _align_gap(left: Template, right: Template) -> Template:
    """Return what a gap between two anchors begins and ends with, and a placeholder between."""
    start, end = _measure_ends(left, right)
    is_whole = start + end == len(left) == len(right)
    return (*left[:start], *(() if is_whole else (None,)), *left[len(left) - end :])


def _measure_ends(left: Template, right: Template) -> tuple[int, int]:
    """Return how many tokens both begin with, and how many of the others both end with."""
    start, shorter = 0, min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return start, end


def _find_anchors(left: Template, right: Template) -> list[tuple[int, int]]:
    """Return the longest row of words that stand once in each, in the order of both."""
    counts = Counter(left), Counter(right)
    place = {token: index for index, token in enumerate(right) if counts[1][token] == 1}
    pairs = [
        (index, place[token])
        for index, token in enumerate(left)
        if token and token[0].isalpha() and counts[0][token] == 1 and token in place
    ]
    ends: list[int] = []
    rows: list[int] = []  # for each length, the pair that the best row ends with
    previous = [-1] * len(pairs)
    for number, (_, where) in enumerate(pairs):
        length = bisect_left(ends, where)
        previous[number] = rows[length - 1] if length else -1
        if length == len(ends):
            ends.append(where)
            rows.append(number)
        else:
            ends[length], rows[length] = where, number
    found = []
    number = rows[-1] if rows else -1
    while number >= 0:
        found.append(pairs[number])
        number = previous[number]
    return found[::-1]


def looks_like_value(token: str) -> bool:
    """Return whether a word is no word of a message: ``ord_8a7f3``, a UUID, a long number."""
    if token == MASK or any(
        form.fullmatch(token) for form in (_UUID, _HEX, _TIME, _MAIL, _HOST, _PREFIXED)
    ):
        return True
    if _NUMBER.fullmatch(token):
        return len(token.partition(".")[0]) >= _LONG_NUMBER
    digits = sum(letter.isdigit() for letter in token)
    return len(token) >= _LONG_MIX and digits >= 3 and "/" not in token  # h264, oauth2


def guess_placeholders(tokens: Template, sent: Iterable[str], code: str) -> Template:
    """Return a template with placeholders for what looks like a value.

    Args:
        tokens: The template so far.
        sent: Words that the client itself has sent.
        code: The code, which a message may well say.
    """
    echoed = frozenset(sent)
    return tuple(
        None
        if token is not None and token != code and (token in echoed or looks_like_value(token))
        else token
        for token in tokens
    )


def find_perhaps_values(tokens: Template, code: str) -> list[str]:
    """Return the numbers and quoted words that stand in a template, and may be values too."""
    found = []
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token is None or token == code:
            continue
        is_quoted = before in ("'", '"', "`") and after == before
        if _NUMBER.fullmatch(token) or (is_quoted and token[0].isalnum()):
            found.append(token)
    return list(dict.fromkeys(found))
