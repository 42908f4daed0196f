"""Rules about punctuation and spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.findings import Rule
from pytest_errcodes.tools.linting.lint_subject import PARAMETER, is_custom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Message, Subject

TRAILING = Rule("trailing-punctuation", "warning", "A message ends where no sentence ends.")
DOUBLED = Rule("doubled-punctuation", "warning", "A punctuation mark stands there twice.")
SPACE = Rule(
    "stray-space", "warning", "A space is at an end of the message, doubled, or before a comma."
)
PERIOD = Rule(
    "final-period",
    "note",
    "A sentence ends with a period, or without, unlike most of the catalog's.",
)
RULES = (TRAILING, DOUBLED, SPACE, PERIOD)

_DANGLING = re.compile(r"[,;(\[–—]\s*\Z|\s-\s*\Z")
# Three dots are an ellipsis; two are a range between digits, and a folder beside a slash.
_DOUBLED = re.compile(
    r"(?<![.\d/])\.\.(?![.\d/])|\d\.\.(?![.\d/])|,\s?,|;\s?;|\.\s?,(?=\s*\Z)|!!|\?\?"
)
_SPACES = (
    ("begins with a space", re.compile(r"\A +")),
    ("ends with a space", re.compile(r"(?<!:) +\Z")),  # after a colon, a value follows
    ("holds several spaces in a row", re.compile(r"(?<=\S) {2,}(?=\S)")),
    ("holds a space before a comma or a period", re.compile(r"(?<=\S) +(?=,|;|\.(?:\s|\Z))")),
)
_CONSTANT = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
_SENTENCES = re.compile(r"[.!?]\s+\S")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    for message in subject.messages:
        code, prose, shown = message.error_code, message.prose, message.shown
        if found := _DANGLING.search(prose):
            told = f"{code.code} ends with {quote(found[0].strip())}: {shown}"
            yield subject.finding(TRAILING, code, told, "end the message, or say open_ended = true")
        if found := _DOUBLED.search(prose):
            told = f"{code.code} holds {quote(found[0].lstrip('0123456789'))}: {shown}"
            yield subject.finding(DOUBLED, code, told, "write the mark once")
        for fault, pattern in _SPACES:
            if pattern.search(prose):
                told = f"{code.code} {fault}: {shown}"
                yield subject.finding(SPACE, code, told, "take the space out")
    yield from _periods(subject)


def _periods(subject: Subject) -> Iterator[Finding]:
    """Yield the single sentences that end otherwise than nearly all of them do."""
    sentences = [message for message in subject.messages if _is_sentence(message)]
    ended = [message for message in sentences if message.prose.endswith(".")]
    plain = [message for message in sentences if not message.prose.endswith(".")]
    few, many = sorted((ended, plain), key=len)
    if not is_custom(len(many), len(sentences)):
        return
    verb, hint = ("ends with", "leave it out") if few is ended else ("lacks", "add it")
    for message in few:
        code = message.error_code
        told = f"{code.code} {verb} a period, unlike {len(many)} others: {message.shown}"
        yield subject.finding(PERIOD, code, told, hint)


def _is_sentence(message: Message) -> bool:
    """Whether a message is one sentence or phrase, which may end with a period or without."""
    prose = message.prose
    last = prose[-1:]
    ends = last.isalnum() or last in ")]'\"" or (last == "." and not prose.endswith(".."))
    is_prose = not _CONSTANT.fullmatch(prose) and not _SENTENCES.search(prose)
    return ends and last != PARAMETER and is_prose
