"""Which test a thread or a task belongs to: the one that started it, by however many others.

A task, and a thread of asyncio, trio or anyio, gets the context of who started it, and so the
context variable below. A plain thread has a note instead, which ``StartedThreads`` writes. Who has
neither may be anything (a session's loop, a pool's worker), and counts for the test that runs.
"""

from __future__ import annotations

from contextvars import ContextVar
from threading import Thread, current_thread


class Owner:
    """One attempt of one test, as what threads and tasks belong to.

    Attributes:
        name: The test's node id.
        ended: Whether it is over, with the teardown of its fixtures, so that nothing of it sends
            requests any more.
    """

    __slots__ = ("__weakref__", "ended", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.ended = False


#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_OWNER: ContextVar[Owner | None] = ContextVar("pytest_errcodes_owner", default=None)
_NOTE = "_pytest_errcodes_owner"


def set_owner(owner: Owner | None) -> None:
    """Let what the present thread or task starts from now on belong to a test; None to nobody."""
    _OWNER.set(owner)


def note_owner(thread: Thread, owner: Owner) -> None:
    """Note which test a thread belongs to that is about to start."""
    vars(thread)[_NOTE] = owner


def find_owner() -> Owner | None:
    """Return the test that the present thread or task belongs to; None where nobody knows."""
    return _OWNER.get() or getattr(current_thread(), _NOTE, None)


def find_ended_owner() -> Owner | None:
    """Return the test that the present thread or task has outlived; None for all others."""
    owner = _OWNER.get() or getattr(current_thread(), _NOTE, None)  # each request comes by here
    return owner if owner is not None and owner.ended else None
