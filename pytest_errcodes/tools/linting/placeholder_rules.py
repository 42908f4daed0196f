"""Rules about placeholders, and about messages that go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.findings import Rule
from pytest_errcodes.tools.linting.lint_subject import PARAMETER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Message, Subject

BROKEN = Rule("broken-placeholder", "warning", "What looks like a placeholder is read otherwise.")
FOREIGN = Rule(
    "foreign-placeholder", "warning", "A placeholder is of another style than the catalog's."
)
UNDECLARED = Rule(
    "undeclared-open-end",
    "warning",
    "A message ends as if a text followed, and says open_ended not.",
)
OPEN = Rule(
    "open-ended-message", "note", "Anything may follow a message: the document tells not what."
)
RULES = (BROKEN, FOREIGN, UNDECLARED, OPEN)

# Text beside the placeholders of a message that looks as if it were meant as one more.
_LEFT_OVER: dict[PlaceholderStyle, re.Pattern[str]] = {
    "printf": re.compile(r"%(?:\(\w*\)?\w?|\d+\$\w?|[A-Za-z@*#]|\.?\d+[A-Za-z]?)"),
    "format": re.compile(r"\{[^{}]*\}?|\}"),
    "dollar": re.compile(r"\$\{[^{}]*\}?|\$[A-Za-z]\w*"),
    "angle": re.compile(r"<\w[^<>]*>|<[A-Za-z]\w*"),
}
_WRITTEN: dict[PlaceholderStyle, str] = {
    "printf": "write a placeholder such as %s, or %% for a percent sign",
    "format": "write a placeholder such as {name}, or {{ and }} for braces",
    "dollar": "write a placeholder such as ${name}, or $$ for a dollar sign",
    "angle": "write a placeholder such as <name>",
}
_GOES_ON = re.compile(r"(?::|\.\.\.|…)\s*\Z")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    for message in subject.messages:
        code = message.error_code
        if code.style != "none":
            yield from _placeholders(subject, message)
        if message.template.has_tail:
            told = f"anything may follow the message of {code.code}: {message.shown}"
            yield subject.finding(OPEN, code, told, "let the document say what follows")
        elif _GOES_ON.search(message.prose):
            told = f"{code.code} ends as if a text followed: {message.shown}"
            hint = "write { message = ..., open_ended = true } if one does"
            yield subject.finding(UNDECLARED, code, told, hint)


def _placeholders(subject: Subject, message: Message) -> Iterator[Finding]:
    """Yield what is wrong with the placeholders of one message."""
    code, shown = message.error_code, message.shown
    rest, foreign = cover_foreign(message.text, code.style, PARAMETER)
    for style, text in foreign:
        told = f"{code.code} holds {text}, which is no {code.style} placeholder: {shown}"
        hint = f'set placeholders = "{style}" under [envelope], or write the message so'
        yield subject.finding(FOREIGN, code, told, hint)
    if found := _LEFT_OVER[code.style].search(rest):
        told = f"{code.code} holds {quote(found[0])}, which is read as plain text: {shown}"
        yield subject.finding(BROKEN, code, told, _WRITTEN[code.style])
    if code.style == "printf":
        template = message.template
        for literal, gap in zip(template.literals, template.gaps, strict=False):
            if literal[-1:].isdigit():
                held = quote(literal[-1] + gap.text)
                told = f"{code.code} holds {held}, of which {gap.text} is a placeholder: {shown}"
                yield subject.finding(BROKEN, code, told, "write %% for a percent sign")
