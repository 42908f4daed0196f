"""Rules about messages that more than one code has."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import join_words
from pytest_errcodes.tools.findings import Rule
from pytest_errcodes.tools.linting.lint_subject import MOST_CODES, PARAMETER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Message, Subject

SAME = Rule("duplicate-message", "warning", "Several codes have one message.")
ALIKE = Rule(
    "near-duplicate-message",
    "note",
    "The messages of two codes differ in nothing but form, filler words or one misspelt word.",
)
RULES = (SAME, ALIKE)

_HINT = "say in each message what sets its code apart"
_LONG_FORMS = {
    "amt": "amount",
    "cannot": "can not",
    "doesn't": "not",
    "don't": "not",
    "isn't": "not",
    "max": "maximum",
    "min": "minimum",
    "num": "count",
    "param": "parameter",
    "params": "parameter",
    "qty": "quantity",
    "sym": "symbol",
}
_TOKEN = re.compile(rf"[^\W_]+(?:'[^\W_]+)*|{PARAMETER}")
# Words that add nothing to what a message says; negations, numbers and "or" do, and are not here.
_FILLERS = frozenset(
    _TOKEN.findall(
        "a all an any are be been do does for has have is of please that the these this those to "
        "value was were your"
    )
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONG_ENOUGH = 5  # letters, from which a word with one letter too many is likely to be misspelt

Key = tuple[str, ...]


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    owners: dict[str, list[Message]] = defaultdict(list)
    for message in subject.messages:
        owners[message.text].append(message)
    for group in owners.values():
        if len(group) > 1:
            codes = tuple(message.error_code.code for message in group)
            told = f"{join_words(codes, MOST_CODES)} have one message: {group[0].shown}"
            yield subject.finding(SAME, group[1].error_code, told, _HINT, codes=codes)
    keys = {text: _key(group[0].prose) for text, group in owners.items()}
    for first, second in _pairs(keys):
        one, other = owners[first][0], owners[second][0]
        pair = (one.error_code.code, other.error_code.code)
        if pair[0] == pair[1]:  # two messages of one code may well be alike
            continue
        told = f"{pair[1]} says nearly what {pair[0]} says: {other.shown}, {one.shown}"
        yield subject.finding(ALIKE, other.error_code, told, _HINT, codes=pair)


def _key(prose: str) -> Key:
    """Return the words that carry what a message says, in one spelling each."""
    tokens = _TOKEN.findall(_CAMEL.sub(" ", prose).lower().replace("’", "'"))
    words = " ".join(_LONG_FORMS.get(token, token) for token in tokens).split()
    return tuple(_singular(word) for word in words if word not in _FILLERS)


def _singular(word: str) -> str:
    """Return a word without the ending of its plural, or of a verb's third person."""
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _pairs(keys: dict[str, Key]) -> Iterator[tuple[str, str]]:
    """Yield pairs of messages that are nearly the same, each message beside an earlier one.

    The time it takes grows with the messages, not with their pairs.
    """
    firsts: dict[Key, str] = {}
    for text, key in keys.items():
        if not key:
            continue
        first = firsts.setdefault(key, text)
        if first != text:
            yield first, text
    yield from ((firsts[one], firsts[other]) for one, other in _find_misspelt(firsts))


def _find_misspelt(keys: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of keys that differ in one word, and there in one letter."""
    by_rest: dict[tuple[int, Key], list[Key]] = defaultdict(list)
    for key in keys:
        for position, word in enumerate(key):
            if len(word) >= _LONG_ENOUGH and len(key) > 1:
                by_rest[position, key[:position] + key[position + 1 :]].append(key)
    for (position, _), group in by_rest.items():
        if len(group) > 1:
            yield from _one_letter_apart(group, position)


def _one_letter_apart(group: Sequence[Key], position: int) -> Iterator[tuple[Key, Key]]:
    """Yield pairs whose words at ``position`` differ by a letter too many, or by two swapped."""
    words: dict[str, Key] = {}
    shorter: dict[str, Key] = {}
    for key in group:
        word = key[position]
        if not word.isalpha():  # two numbers that differ are no misspelling
            continue
        cut, swapped = _drop_letters(word), _swap_letters(word)
        found = shorter.get(word) or next(
            (words[spelling] for spelling in (*cut, *swapped) if spelling in words), None
        )
        if found is not None:
            yield found, key
        words.setdefault(word, key)
        for spelling in cut:
            shorter.setdefault(spelling, key)


def _drop_letters(word: str) -> list[str]:
    """Return a word without each one of its letters."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _swap_letters(word: str) -> list[str]:
    """Return a word with each two neighbouring letters swapped."""
    return [
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        for place in range(len(word) - 1)
    ]
