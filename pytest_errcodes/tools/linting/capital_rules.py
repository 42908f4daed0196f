"""Rules about capitals: names of fields, and the first letter of a message."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import join_words, quote
from pytest_errcodes.tools.findings import Rule
from pytest_errcodes.tools.linting.lint_subject import MOST_CODES, is_custom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Message, Subject

NAME = Rule(
    "inconsistent-name", "warning", "The name of a field or a thing is spelled in several ways."
)
START = Rule("lower-case-start", "note", "A message begins in lower case, unlike most others.")
RULES = (NAME, START)

_WORD = re.compile(r"(?<![\w./-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*(?![\w/-])")
# A word that can only be the name of a field: orderId, OrderID, order_id; no constant: GTX_ONLY.
_NAME = re.compile(r"(?=.*[a-z])(?:[A-Za-z0-9]*[a-z0-9][A-Z]\w*|[A-Z]{2,}[a-z]\w*|\w+_\w+)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_LONGEST = 4  # words of a name that is looked for in plain text
_START = re.compile(r"([^\W\d_]+)(?: ([^\W\d_]+))?(?=\W|\Z)")
# What follows the name of a field at the beginning of a message: "symbol is required".
_AFTER_FIELD = frozenset(
    _WORD.findall(
        "already and are can cannot does exceeds has in invalid is may missing must needs not only "
        "or required should too was were will with"
    )
)

# The messages that have a spelling, by the spelling.
Spellings = dict[str, list["Message"]]


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    for spellings in _spellings(subject):
        usual = max(spellings, key=lambda spelling: len(spellings[spelling]))
        count = len(spellings[usual])
        others = "another message" if count == 1 else f"{count} other messages"
        for spelling, messages in spellings.items():
            if spelling != usual:
                first, hint = messages[0].error_code, f"write {usual} throughout"
                codes = [message.error_code.code for message in messages]
                of = join_words(codes, MOST_CODES)
                told = f"{quote(spelling)} ({of}) is {quote(usual)} in {others}"
                yield subject.finding(NAME, first, told, hint, codes=codes)
    yield from _starts(subject)


def _spellings(subject: Subject) -> Iterator[Spellings]:
    """Yield the spellings of each name that has several."""
    names: dict[str, Spellings] = defaultdict(lambda: defaultdict(list))
    words = [(message, _WORD.findall(message.prose)) for message in subject.messages]
    for message, found in words:
        for word in dict.fromkeys(found):
            if not word.isupper():
                spelling = word if _NAME.fullmatch(word) else word.lower()
                names[word.lower().replace("_", "")][spelling].append(message)
    names = {
        folded: spellings
        for folded, spellings in names.items()
        if any(map(_NAME.fullmatch, spellings))
    }
    _add_phrases(names, words)
    yield from (spellings for spellings in names.values() if len(spellings) > 1)


def _add_phrases(names: dict[str, Spellings], words: list[tuple[Message, list[str]]]) -> None:
    """Add the phrases that are spellings of a name, as "API key" is of apiKey.

    A plain phrase is none: the order type is what orderType holds. Only of a name that begins
    with a capital, as no field does, a plain phrase is the usual spelling.
    """
    parts = {
        tuple(_CAMEL.sub(" ", spelling).lower().split()): folded
        for folded, spellings in names.items()
        for spelling in spellings
    }
    capital = {
        folded
        for folded, spellings in names.items()
        if all(name[0].isupper() for name in spellings)
    }
    for message, found in words:
        for folded, phrase in _phrases(found, parts):
            is_plain = not _ACRONYM.search(phrase)
            if phrase not in message.prose or (is_plain and folded not in capital):
                continue
            users = names[folded].setdefault(phrase.lower() if is_plain else phrase, [])
            if message not in users[-1:]:
                users.append(message)


def _phrases(found: list[str], parts: dict[tuple[str, ...], str]) -> Iterator[tuple[str, str]]:
    """Yield each name whose parts stand side by side in a message, and how they stand there."""
    lowered = [word.lower() for word in found]
    for length in range(2, _LONGEST + 1):
        for start in range(len(found) - length + 1):
            if folded := parts.get(tuple(lowered[start : start + length])):
                yield folded, " ".join(found[start : start + length])


def _starts(subject: Subject) -> Iterator[Finding]:
    """Yield the messages that begin in lower case where most begin with a capital."""
    starts = [
        (message, found)
        for message in subject.messages
        if (found := _START.match(message.prose)) and not _NAME.fullmatch(found[1])
    ]
    lower = [message for message, found in starts if _is_lower(found[1], found[2])]
    capital = sum(found[1][0].isupper() for _, found in starts)
    if is_custom(capital, capital + len(lower)):
        for message in lower:
            code = message.error_code
            told = f"{code.code} begins in lower case, unlike {capital} others: {message.shown}"
            yield subject.finding(START, code, told, "begin with a capital")


def _is_lower(word: str, following: str | None) -> bool:
    """Whether a message begins with a plain word in lower case, not with the name of a field."""
    return word.islower() and following is not None and following not in _AFTER_FIELD
