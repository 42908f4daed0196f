"""Objects whose own methods raise, or lie about what they are."""

from __future__ import annotations

from typing import Any, NamedTuple

from pytest_errcodes.text.wording import show_name, show_text

_LONGEST_TEXT = 100


class Failed(NamedTuple):
    """What raised when it was asked for.

    Attributes:
        name: The attribute.
        error: What it raised.
    """

    name: str
    error: Exception


def name_class(obj: object) -> str:
    """Return the name of an object's class, whatever its metaclass says."""
    name: str = type.__dict__["__name__"].__get__(type(obj))
    return name


def write_error(error: object) -> str:
    """Return the text of an exception; empty when it has none."""
    try:
        return str.__str__(str(error))
    except Exception:  # noqa: BLE001  # the __str__ of a foreign exception may raise anything
        return ""


def tell_error(error: BaseException) -> str:
    """Return what was raised, in a line: ``RuntimeError: out of context``."""
    name = show_name(type(error))
    text = show_text(write_error(error), _LONGEST_TEXT)
    return f"{name}: {text}" if text else name


def make_plain(body: Any) -> str | bytes:
    """Return a text or bytes of a derived class as Python's own, past its methods."""
    if issubclass(type(body), str):
        return str.__str__(body)
    if issubclass(type(body), bytes):
        return bytes.__getitem__(body, slice(None))
    return bytes(memoryview(body))
