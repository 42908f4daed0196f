"""Arguments that a call does not take: of another type, or of a class of others that may raise."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_one_of
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 100
_MOST_VALUES = 1_000_000
#: What raises nothing, and holds nothing that could.
_PLAIN = (int, str, bool, float, bytes, type(None), type(...))
#: What raises only if something in it does, or if it holds more than Python can take.
_CONTAINERS = (list, tuple, dict)
_PACKAGE = __name__.partition(".")[0]
_MOST_MEMBERS = 10_000


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
        found = [] if is_one else list(islice(values, _MOST_VALUES + 1))
    except Exception:  # noqa: BLE001  # the __iter__ of a foreign object may raise anything
        is_one = True
    if is_one or len(found) > _MOST_VALUES:
        raise refuse_type(call, wanted, values, hint)
    return found


def blame_argument(verb: str, arguments: Iterable[object], error: Exception) -> Exception:
    """Return the error of a call one of whose arguments raised; the error itself if none can have.

    A fault of ours is not to be told as the user's mistake.

    Args:
        verb: What was called.
        arguments: Its arguments.
        error: What was raised when they were looked at.
    """
    if not _hold_foreign(arguments):
        return error
    return ErrcodesUsageError(
        "argument-raised",
        f"looking at the arguments of {verb}(...) raised {show_value(error, 100)}",
        "pass numbers, texts, lists and dicts of Python's own",
    )


def _hold_foreign(arguments: Iterable[object]) -> bool:
    """Return whether one of some arguments, or something in it, is of a class of others.

    So it is taken to be of what holds too much, or itself: that may have been the fault.
    """
    waiting: list[Any] = list(arguments)
    for _ in range(_MOST_MEMBERS):
        if not waiting:
            return False
        one = waiting.pop()
        kind = type(one)
        if is_one_of(kind, _CONTAINERS):
            if len(one) > _MOST_MEMBERS:
                return True
            waiting += [*one.keys(), *one.values()] if kind is dict else one
        elif not (is_one_of(kind, _PLAIN) or _is_ours(kind)):
            return True
    return True


def _is_ours(kind: type) -> bool:
    """Return whether a class is one of this package."""
    module = type.__dict__["__dict__"].__get__(kind).get("__module__")
    return type(module) is str and module.partition(".")[0] == _PACKAGE
