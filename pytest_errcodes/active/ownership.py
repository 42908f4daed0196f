"""Which test a thread or a task belongs to, and in which blocks of it that is.

A task, and a thread of asyncio, trio or anyio, gets the context of who started it, by however many
others, and so the context variables below: it belongs to the same test, and sees what is sent in
the same blocks. A plain thread has a note of its test instead, which ``StartedThreads`` writes. Who
has neither may be anything (a session's loop, a pool's worker), and counts for the test that runs.
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


class Block:
    """A block of ``with`` that a thread or a task is in.

    Attributes:
        test: Any object that all blocks of one attempt of a test share, and no others.
        is_open: Whether it was not left yet.
    """

    __slots__ = ("is_open", "test")

    def __init__(self, test: object) -> None:
        self.test = test
        self.is_open = True


#: A test, and those of its blocks that a thread or a task has entered, and not left yet.
_Entered = tuple[object, tuple[Block, ...]]
_ENTERED: ContextVar[_Entered] = ContextVar("pytest_errcodes_blocks", default=(None, ()))


def enter_block(test: object) -> Block:
    """Let the present thread or task be in another block of a test, and return it."""
    block = Block(test)
    _ENTERED.set((test, (*_list_open(test), block)))
    return block


def leave_block(block: Block) -> None:
    """Let nobody be in a block any more."""
    block.is_open = False
    _ENTERED.set((block.test, _list_open(block.test)))


def is_within(block: Block) -> bool:
    """Return whether the present thread or task is in a block, or in none of its test.

    What is in none may work for any, as the thread of a pool does.
    """
    entered = _list_open(block.test)
    return not entered or any(one is block for one in entered)


def _list_open(test: object) -> tuple[Block, ...]:
    entered_test, blocks = _ENTERED.get()
    return tuple(one for one in blocks if one.is_open) if entered_test is test else ()
