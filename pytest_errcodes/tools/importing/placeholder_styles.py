"""How the messages of a document write their placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.message_template import MessageTemplate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

#: ``${x}`` is also ``{x}`` with a dollar in front, so it is looked for first.
_STYLES: tuple[PlaceholderStyle, ...] = ("dollar", "printf", "format", "angle")
_MARKS: dict[PlaceholderStyle, str] = {"dollar": "${", "printf": "%", "format": "{", "angle": "<"}


def holders(messages: Sequence[str], style: PlaceholderStyle) -> list[tuple[int, tuple[str, ...]]]:
    """Return the messages that hold placeholders of a style: their position, and what they hold."""
    if style == "none":
        return []
    mark = _MARKS[style]
    return [
        (position, held)
        for position, message in enumerate(messages)
        if mark in message and (held := MessageTemplate(message, style).placeholders)
    ]


def strangers(
    messages: Sequence[str], style: PlaceholderStyle
) -> Iterator[tuple[int, PlaceholderStyle, tuple[str, ...]]]:
    """Yield the messages that hold placeholders of another style, and none of the given one.

    Each comes as its position, that style, and what it holds; the style ``none`` has no others.
    """
    if style == "none":
        return
    seen = {position for position, _ in holders(messages, style)}
    for other in _STYLES:
        for position, held in holders(messages, other):
            if position not in seen:
                seen.add(position)
                yield position, other, held


def style_of(messages: Sequence[str]) -> PlaceholderStyle:
    """Return the style that most messages with placeholders follow; ``printf`` where none does."""
    best: PlaceholderStyle = "printf"
    most = 0
    for style in _STYLES:
        count = len(holders(messages, style))
        if count > most:
            best, most = style, count
    return best
