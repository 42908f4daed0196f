"""Arguments of another type than a call takes: refused in words that say what to pass."""

from __future__ import annotations

import os
from itertools import islice
from typing import Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

_WIDTH = 100
_MOST_MEMBERS = 1_000_000


def refuse_type(call: str, wanted: str, value: object, hint: str) -> ErrcodesUsageError:
    """Return the error for an argument of the wrong type.

    Args:
        call: What was called, and with what: ``search(...)``, ``lint(ignore=...)``.
        wanted: What it takes: ``a text``.
        value: What it was given.
        hint: What to write instead.
    """
    message = f"{call} takes {wanted}, not {show_value(value, _WIDTH)}"
    return ErrcodesUsageError("argument-type", message, hint)


def take_text(call: str, value: object, hint: str) -> str:
    """Return a text as Python's own; refuse what is none, as ``refuse_type`` tells it."""
    __tracebackhide__ = True
    if type(value) is str:
        return value
    if not issubclass(type(value), str):
        raise refuse_type(call, "a text", value, hint)
    return str.__str__(value)


def read_path(call: str, value: object, hint: str) -> str:
    """Return the path that an argument names; refuse what names none."""
    __tracebackhide__ = True
    try:
        path = os.fspath(value)  # type: ignore[call-overload]  # anything may be asked
    except Exception:  # noqa: BLE001  # the __fspath__ of a foreign object may raise anything
        path = None
    if not issubclass(type(path), str):
        raise refuse_type(call, "a path", value, hint)
    return str.__str__(path)


def list_members(call: str, values: Any, wanted: str, hint: str) -> list[Any]:
    """Return what an argument holds that takes several values; refuse one value by itself.

    Raises:
        ErrcodesUsageError: It is a text, cannot be gone through, or has no end (``argument-type``).
    """
    __tracebackhide__ = True
    is_one = issubclass(type(values), str | bytes | os.PathLike)
    try:
        found = [] if is_one else list(islice(values, _MOST_MEMBERS + 1))
    except Exception:  # noqa: BLE001  # the __iter__ of a foreign object may raise anything
        is_one = True
    if is_one or len(found) > _MOST_MEMBERS:
        raise refuse_type(call, wanted, values, hint)
    return found
