"""Requests that were let pass: what their library connects to meanwhile is no accident."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextvars import Token
    from types import TracebackType


class Permit:
    """Lets what is done inside of it reach the real network, as a context manager.

    Tasks that are started inside belong to it, as the library's own for several addresses do.

    Args:
        subject: What was let pass, a request or a connection: layers further down ask about it,
            and nothing has to stand in it.
        is_open: Whether it does so from the start; else it is opened once somebody further down
            lets the request pass.
        asker: The library on whose behalf it is done, where the frames do not tell; else empty.
    """

    __slots__ = ("_token", "above", "asker", "is_open", "subject")

    def __init__(self, subject: object = None, *, is_open: bool = True, asker: str = "") -> None:
        self.subject = subject
        self.is_open = is_open
        self.asker = asker
        self.above: Permit | None = None
        self._token: Token[Permit | None] | None = None

    def covers(self, subject: object) -> bool:
        """Return whether this one, or one around it, is for a request or a connection."""
        permit: Permit | None = self
        while permit is not None:
            if permit.subject is subject and permit.is_open:
                return True
            permit = permit.above
        return False

    def __enter__(self) -> None:
        self.above = _PERMIT.get()
        self._token = _PERMIT.set(self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._token is not None:
            with suppress(ValueError):  # a coroutine may be closed in another context than its own
                _PERMIT.reset(self._token)


#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_PERMIT: ContextVar[Permit | None] = ContextVar("pytest_errcodes_permit", default=None)


def may_pass() -> bool:
    """Return whether the present thread or task may reach the real network."""
    permit = _PERMIT.get()
    return permit is not None and permit.is_open


def was_let_pass(subject: object) -> bool:
    """Return whether a request or a connection was let pass by a layer above."""
    permit = _PERMIT.get()
    return permit is not None and permit.covers(subject)


def find_asker() -> str:
    """Return the library that the present thread works for; empty where that is not told."""
    permit = _PERMIT.get()
    return "" if permit is None else permit.asker


def open_permit() -> None:
    """Let what the present thread or task does reach the real network, if it is in a permit."""
    permit = _PERMIT.get()
    if permit is not None:
        permit.is_open = True
