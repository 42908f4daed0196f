"""How the messages of a document write their placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pytest_errcodes.catalog.template import MessageTemplate, PlaceholderStyle

if TYPE_CHECKING:
    from collections.abc import Sequence


def holders(messages: Sequence[str], style: PlaceholderStyle) -> list[tuple[int, tuple[str, ...]]]:
    """Return the messages that hold placeholders of a style: their position, and what they hold."""
    found = []
    for position, message in enumerate(messages):
        if any(mark in message for mark in "%{$<") and (
            held := MessageTemplate(message, style).placeholders
        ):
            found.append((position, held))
    return found


def style_of(messages: Sequence[str]) -> PlaceholderStyle:
    """Return the style that most messages with placeholders follow; ``printf`` where none does.

    ``${x}`` is also ``{x}`` with a dollar in front, so it is looked for first.
    """
    best: PlaceholderStyle = "printf"
    most = 0
    for style in ("dollar", *get_args(PlaceholderStyle)):
        count = len(holders(messages, style))
        if count > most:
            best, most = style, count
    return best
