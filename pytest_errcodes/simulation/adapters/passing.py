"""Requests that were let pass: what their library connects to meanwhile is no accident."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextvars import Token
    from types import TracebackType


class Passage:
    """Lets what is done inside of it reach the real network, as a context manager.

    Tasks that are started inside belong to it, as the library's own for several addresses do.

    Args:
        is_open: Whether it does so from the start; else it is opened once somebody further down
            lets the request pass.
        asker: The library on whose behalf it is done, where the frames do not tell; else empty.
    """

    __slots__ = ("_token", "asker", "is_open")

    def __init__(self, *, is_open: bool = True, asker: str = "") -> None:
        self.is_open = is_open
        self.asker = asker
        self._token: Token[Passage | None] | None = None

    def __enter__(self) -> None:
        self._token = _PASSAGE.set(self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._token is not None:
            with suppress(ValueError):  # a coroutine that is closed elsewhere has left its context
                _PASSAGE.reset(self._token)


#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_PASSAGE: ContextVar[Passage | None] = ContextVar("pytest_errcodes_passage", default=None)


def may_pass() -> bool:
    """Return whether the present thread or task may reach the real network."""
    passage = _PASSAGE.get()
    return passage is not None and passage.is_open


def find_asker() -> str:
    """Return the library that the present thread works for; empty where that is not told."""
    passage = _PASSAGE.get()
    return "" if passage is None else passage.asker


def open_passage() -> None:
    """Let what the present thread or task does reach the real network, if it is in a passage."""
    passage = _PASSAGE.get()
    if passage is not None:
        passage.is_open = True
