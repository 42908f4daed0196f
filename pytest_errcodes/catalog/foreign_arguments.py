"""Arguments of others' classes, which may raise anything where they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_one_of
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What raises nothing, and holds nothing that could.
_PLAIN = (int, str, bool, float, bytes, type(None), type(...))
#: What raises only if something in it does, or if it holds more than Python can take.
_CONTAINERS = (list, tuple, dict)
_PACKAGE = __name__.partition(".")[0]
_MOST_MEMBERS = 10_000


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
