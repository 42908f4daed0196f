"""Arguments of others' classes, which may raise anything where they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_one_of
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What raises nothing, and holds nothing that could.
_PLAIN = (int, str, bool, float, bytes, type(None), type(...))


def blame_argument(verb: str, arguments: Iterable[object], error: Exception) -> Exception:
    """Return the error of a call one of whose arguments raised; the error itself if none can have.

    Args:
        verb: What was called.
        arguments: Its arguments.
        error: What was raised when they were looked at.
    """
    if all(is_one_of(type(one), _PLAIN) for one in arguments):
        return error
    return ErrcodesUsageError(
        "argument-raised",
        f"looking at the arguments of {verb}(...) raised {show_value(error, 100)}",
        "pass numbers, texts, lists and dicts of Python's own",
    )
