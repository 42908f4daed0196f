"""In which blocks of its test a thread or a task is: each sees what is sent in it.

A task gets the context of who started it, and so the blocks that this one was in.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple


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


class _Entered(NamedTuple):
    """The blocks of one test that a thread or a task has entered, and not left yet."""

    test: object
    blocks: tuple[Block, ...]


#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_ENTERED: ContextVar[_Entered | None] = ContextVar("pytest_errcodes_blocks", default=None)


def enter_block(test: object) -> Block:
    """Let the present thread or task be in another block of a test, and return it."""
    block = Block(test)
    _ENTERED.set(_Entered(test, (*_list_open(test), block)))
    return block


def leave_block(block: Block) -> None:
    """Let nobody be in a block any more."""
    block.is_open = False
    _ENTERED.set(_Entered(block.test, _list_open(block.test)))


def is_within(block: Block) -> bool:
    """Return whether the present thread or task is in a block, or in none of its test.

    What is in none may work for any, as the thread of a pool does.
    """
    entered = _list_open(block.test)
    return not entered or any(one is block for one in entered)


def _list_open(test: object) -> tuple[Block, ...]:
    entered = _ENTERED.get()
    if entered is None or entered.test is not test:
        return ()
    return tuple(one for one in entered.blocks if one.is_open)
