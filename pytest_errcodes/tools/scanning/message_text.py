"""Decisions in source by the text of a documented message."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.findings import Finding, Rule
from pytest_errcodes.tools.scanning.known_codes import list_first, show_codes
from pytest_errcodes.tools.scanning.source_names import says_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts, SourceLiteral

MESSAGE_TEXT = Rule(
    "message-text", "warning", "A decision by the text of a documented message, not by its code."
)

_SHORTEST = 8  # characters of a text that is taken for a part of a message
_MOST = 3  # codes that a finding names
# The parts of a regular expression that are not the text it looks for.
_PATTERN_MARKS = re.compile(r"\\[bBdDsSwWAZz]|[\^$.*+?|()\[\]{}]+")


class Messages:
    """The messages of a catalog, without regard to case.

    Args:
        catalog: The catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.texts = [
            ("\0".join(template.literals).casefold(), found)
            for found in catalog.values()
            for template in found.templates
        ]

        self.whole = "\0\0".join(message for message, _ in self.texts)
        # What HTTP says of its statuses, which a client may look for: "Not Found".
        self.reasons = {status.phrase.casefold() for status in HTTPStatus}

    def find_holding(self, text: str) -> tuple[ErrorCode, ...]:
        """Return the codes whose message holds a text, which is two words at least."""
        part = text.casefold().strip()
        if len(part) < _SHORTEST or len(part.split()) < 2 or part in self.reasons:
            return ()
        if part not in self.whole:  # seen quickly, and true of most texts
            return ()
        holding = (found for message, found in self.texts if part in message)
        return tuple({id(found): found for found in holding}.values())

    def find_equal(self, text: str) -> tuple[ErrorCode, ...]:
        """Return the codes whose message a text is."""
        exact = tuple(found for found, _ in self.catalog.match_message(text))
        folded = text.casefold()
        return exact or tuple(found for message, found in self.texts if message == folded)


def message_texts(facts: SourceFacts, messages: Messages) -> Iterator[Finding]:
    """Yield a finding for each decision of a file by the text of a documented message.

    An assertion is no decision: a test may say what the message has to be.
    """
    for literal in facts.literals:
        text, use = literal.value, literal.use
        if not isinstance(text, str) or use.kind not in ("compared", "searched"):
            continue
        if not use.decides or not says_message(use.name):
            continue
        whole = messages.find_equal(text)
        if use.kind == "compared":
            if whole:
                yield _make_finding(literal, text, "is the message", whole)
            continue
        pieces = ((piece, messages.find_holding(piece)) for piece in _pieces(text))
        piece, found = next((pair for pair in pieces if pair[1]), (text, whole))
        if found:
            what = "is the message" if found == whole else "is part of the message"
            yield _make_finding(literal, piece, what, found)


def _pieces(text: str) -> list[str]:
    """Return the text, and the pieces of it between the marks of a regular expression."""
    plain = re.sub(r"\\([^\w\s])", r"\1", text)
    return [text, *sorted(_PATTERN_MARKS.split(plain), key=len, reverse=True)]


def _make_finding(
    literal: SourceLiteral, text: str, what: str, found: tuple[ErrorCode, ...]
) -> Finding:
    """Return the finding, with the codes to compare instead."""
    message = f"{quote(text)} {what} of {list_first(found, _MOST)}; the API may word it anew"
    hint = f"compare the code: {show_codes(found[:_MOST])}"
    codes = tuple(error_code.code for error_code in found)
    return Finding(MESSAGE_TEXT, message, hint, literal.place, codes)
