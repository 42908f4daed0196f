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
STYLE = Rule(
    "placeholder-style",
    "warning",
    "No placeholder is of the catalog's style, and several are of another.",
)
UNDECLARED = Rule(
    "undeclared-open-end",
    "warning",
    "A message ends as if a text followed, and says open_ended not.",
)
OPEN = Rule(
    "open-ended-message", "note", "Anything may follow a message: the document tells not what."
)
RULES = (BROKEN, FOREIGN, STYLE, UNDECLARED, OPEN)

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
    misread = _find_misread(subject)
    if misread:
        yield _tell_style(subject, *misread)
    for message in subject.messages:
        code = message.error_code
        if code.style != "none":
            yield from _placeholders(subject, message, misread[0] if misread else None)
        if message.template.has_tail:
            told = f"anything may follow the message of {code.code}: {message.shown}"
            yield subject.finding(OPEN, code, told, "let the document say what follows")
        elif _GOES_ON.search(message.prose):
            told = f"{code.code} ends as if a text followed: {message.shown}"
            hint = "write { message = ..., open_ended = true } if one does"
            yield subject.finding(UNDECLARED, code, told, hint)


def _find_misread(subject: Subject) -> tuple[PlaceholderStyle, list[tuple[Message, str]]] | None:
    """Return the style that all messages follow instead of the catalog's, with what they hold.

    One message alone may be an exception, and so may be those of another style where some
    message follows the catalog's.
    """
    held: dict[PlaceholderStyle, list[tuple[Message, str]]] = {}
    for message in subject.messages:
        if message.template.gaps:
            return None
        for style, text in cover_foreign(message.text, message.error_code.style)[1]:
            held.setdefault(style, []).append((message, text))
    if not held:
        return None
    style = max(held, key=lambda one: len(held[one]))
    return (style, held[style]) if len(held[style]) > 1 else None


def _tell_style(
    subject: Subject, style: PlaceholderStyle, held: list[tuple[Message, str]]
) -> Finding:
    """Return the finding of a catalog whose messages follow another style than its own."""
    (first, text), codes = held[0], [message.error_code.code for message, _ in held]
    own = first.error_code.style
    told = (
        f"no message holds a placeholder as placeholders = {quote(own)} has it, and {len(held)} "
        f"hold one of {style}: {first.error_code.code} holds {text}: {first.shown}"
    )
    hint = f'set placeholders = "{style}" under [envelope]'
    return subject.finding(STYLE, first.error_code, told, hint, codes=codes)


def _placeholders(
    subject: Subject, message: Message, told_style: PlaceholderStyle | None
) -> Iterator[Finding]:
    """Yield what is wrong with the placeholders of one message.

    Args:
        subject: The catalog.
        message: The message.
        told_style: The style of which it was told already that all messages follow it.
    """
    code, shown = message.error_code, message.shown
    rest, foreign = cover_foreign(message.text, code.style, PARAMETER)
    for style, text in foreign:
        if style == told_style:
            continue
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
