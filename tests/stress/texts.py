"""Hostile texts: each must leave as valid UTF-8, on one line, without control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from random import Random

_PIECES = (
    "a", "code", "ключ", "中", " ", "\n", "\r", "\x1b[31m", "\x9b31m", "\x85", "\u2028", "\u2029",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\udfff", "\x00", "\x7f", "\U000e0041", "{}",
    "%s", "{0}", "'", '"', "\\", "://", "=", ":", "&", "?", "#", "/", "<", ">",
)  # fmt: skip


def make_text(random: Random, most: int = 8) -> str:
    """Return a text of a few hostile pieces."""
    return "".join(random.choice(_PIECES) for _ in range(random.randint(0, most)))


def check_line(text: str) -> None:
    """Raise if a text would do anything but stand on its line."""
    text.encode("utf-8")
    assert text.isprintable(), ascii(text)


def show_a_value(random: Random) -> None:
    """Show a value whose keys and values are hostile."""
    check_line(show_value({make_text(random): [make_text(random)]}))


PLAYS = (show_a_value,)
