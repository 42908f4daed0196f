"""The styles in which messages write placeholders, and how each is found in a text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

PlaceholderStyle = Literal["printf", "format", "dollar", "angle", "none"]

# Compiled by the first message that needs one; the messages of most tests have no placeholder.
# A space is no flag here: "at most 50% discount" holds no placeholder.
_PRINTF = (
    r"%(?:(?P<escape>%)|(?P<flags>[-+#0]*)(?P<width>(?:[1-9]\d*)?)(?:\.\d+)?(?:hh|h|ll|l|q|j|z|t|L)?"
    r"(?P<letter>[sdiufFeEgGxXoc]))"
)
_FORMAT = r"(?a)(?P<escape>\{\{|\}\})|\{(?P<name>\w*)(?:![rsa])?(?::(?P<spec>[^{}]*))?\}"
_DOLLAR = r"(?a)(?P<escape>\$\$)|\$\{(?P<name>\w+)\}"
_ANGLE = r"(?a)(?P<escape>(?!))|<(?P<name>[A-Za-z][\w -]*)>"
PATTERNS = {"printf": _PRINTF, "format": _FORMAT, "dollar": _DOLLAR, "angle": _ANGLE}
#: Without one of these characters, a message of the style holds no placeholder and no escape.
_MARKS = {"printf": "%", "format": "{}", "dollar": "$", "angle": "<", "none": ""}
# How each style looks in a message that is read by another; ${x} holds {x}, so dollars come first.
_FOREIGN: tuple[tuple[PlaceholderStyle, str], ...] = (
    ("dollar", r"(?a)\$\{\w+\}"),
    ("format", r"(?a)\{\w*\}"),
    ("printf", r"(?<![\d%])%(?:\.\d+)?[sdf](?![A-Za-z])"),
    (
        "angle",
        r"<(?!/)(?!(?:a|b|br|code|div|em|i|li|p|pre|span|strong|u|ul)\b)[A-Za-z][\w -]*>",
    ),
)
#: Stands for a placeholder that was read already; no pattern finds it.
_COVER = "\ufffc"


class ForeignPlaceholder(NamedTuple):
    """What looks like a placeholder of another style than the one its message is read by.

    Attributes:
        style: Its style, as a catalog says it under ``placeholders``.
        text: The placeholder.
    """

    style: PlaceholderStyle
    text: str


def is_plain(text: str, style: PlaceholderStyle) -> bool:
    """Whether a message holds nothing that could be a placeholder or an escape."""
    return not any(mark in text for mark in _MARKS[style])


def cover_placeholders(text: str, style: PlaceholderStyle, mark: str) -> str:
    """Return a message with ``mark`` in place of each placeholder and each escape."""
    return text if is_plain(text, style) else re.sub(PATTERNS[style], mark, text)


def cover_foreign(
    text: str, style: PlaceholderStyle, mark: str = _COVER
) -> tuple[str, list[ForeignPlaceholder]]:
    """Find what looks like a placeholder of another style than a message is read by.

    Returns:
        The message with ``mark`` in place of all placeholders, and the first of each other style.
    """
    rest, found = cover_placeholders(text, style, mark), []
    for other, pattern in _FOREIGN:
        is_there = other != style and not is_plain(rest, other)
        first = re.search(pattern, rest) if is_there else None
        if first is not None:
            found.append(ForeignPlaceholder(other, first[0]))
            rest = re.sub(pattern, mark, rest)
    return rest, found


def advise_on_foreign(foreign: ForeignPlaceholder) -> str:
    """Return what to do where a parameter was meant to stand in place of it."""
    return (
        f"if a parameter stands for {foreign.text}, the catalog must say so: "
        f'placeholders = "{foreign.style}" under [envelope]'
    )
