"""Showing any value or text in an error's text."""

from __future__ import annotations


def brief(value: object, width: int = 60) -> str:
    """Return ``repr(value)`` in at most ``width`` characters, whatever the value."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  # a text of an error must not fail on a broken __repr__
        if isinstance(value, int):
            return f"an integer of {value.bit_length()} bits"
        return f"an object of type {type(value).__name__}"
    return text if len(text) <= width else f"{text[: width - 3]}..."


def escaped(text: str) -> str:
    """Return ``text`` with each character that does not print escaped as in a Python literal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )
