"""How values stand in a text for people: short, on one line, without secrets or control codes."""

from __future__ import annotations

import unicodedata
from typing import Any

from pytest_errcodes.text.brief import escaped as escaped  # noqa: PLC0414  # re-exported

_MOST_DIGITS = 40


def clipped(text: str, limit: int) -> str:
    """Return the first ``limit`` characters of ``text``, with ``…`` where more follow."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def code_text(code: object) -> str:
    """Return a code as it is shown: ``401009``, ``"51008"``; a huge one is only measured."""
    if isinstance(code, int):
        digits = int(code.bit_length() * 0.30103) + 1
        return int.__repr__(code) if digits <= _MOST_DIGITS else f"an integer of {digits:,} digits"
    from pytest_errcodes.text.secrets import mask_text

    return f'"{clipped(escaped(mask_text(str(code))), _MOST_DIGITS)}"'


def value_text(value: Any) -> str:
    """Return the repr of a value of an envelope, secrets masked, on one line, whatever it holds."""
    from pytest_errcodes.text.secrets import mask_data, mask_text

    try:
        return escaped(mask_text(repr(mask_data(value))))
    except Exception:  # noqa: BLE001  # a foreign __repr__, a huge int: the text must still come
        return f"<{type(value).__qualname__} without a repr>"


def cut(text: str, start: int, width: int) -> str:
    """Return ``width`` characters of ``text`` from ``start`` on, with ``…`` for what was cut."""
    end = start + width
    before = f"…{text[start + 1 : end]}" if start else text[:end]
    return before if end >= len(text) else f"{before[:-1]}…"


def columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 1 + _is_wide(character) for character in text
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
