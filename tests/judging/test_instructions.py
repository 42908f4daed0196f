"""What compiled code does next: the source is not read where nothing is left to do."""

from __future__ import annotations

import asyncio
import sys
from contextlib import nullcontext

import pytest

from pytest_errcodes.judging.instructions import (
    is_last_of_block,
    is_last_of_function,
    throws_comparison_away,
)


def boom():
    """Raise."""
    raise ZeroDivisionError


async def boom_later():
    """Raise in a coroutine."""
    await asyncio.sleep(0)
    boom()


def call():
    """Call what raises."""
    boom()


def take():
    """Keep what would be returned."""
    value = boom()  # noqa: F841  # it raises


def give():
    """Return it."""
    return boom()


async def wait():
    """Await it."""
    await boom_later()


def call_twice():
    """Leave one call undone."""
    boom()
    boom()


def loop():
    """Leave turns undone, if there are any."""
    for _ in (1, 2):
        boom()


def enclose():
    """Leave a block."""
    with nullcontext():
        boom()


async def enclose_waiting():
    """Leave a block in a coroutine."""
    with nullcontext():
        await boom_later()


def enclose_two():
    """Leave one call of a block undone."""
    with nullcontext():
        boom()
        boom()


def enclose_loop():
    """Leave turns of a block undone."""
    with nullcontext():
        for _ in (1, 2):
            boom()


def enclose_triple():
    """Leave undone what looks like the end of a block."""
    with nullcontext():
        boom()
        print(None, None, None)


def place_of(act):
    """Return the code of a function, and which instruction raises in it."""
    with pytest.raises(ZeroDivisionError) as caught:
        result = act()
        if result is not None:
            asyncio.run(result)
    traceback = caught.tb
    while traceback.tb_frame.f_code is not act.__code__:
        traceback = traceback.tb_next
    return act.__code__, traceback.tb_lasti


@pytest.mark.parametrize(
    ("act", "is_last"),
    [
        (call, True),
        (take, True),
        (give, True),
        (wait, True),
        (call_twice, False),
        (loop, False),
        (enclose, False),
    ],
)
def test_end_of_a_function(act, is_last):
    """A function ends with what it calls, keeps, returns or awaits last."""
    assert is_last_of_function(*place_of(act)) is is_last


@pytest.mark.parametrize(
    ("act", "is_last"),
    [
        (enclose, True),
        (enclose_waiting, True),
        (enclose_two, False),
        (enclose_loop, False),
        (enclose_triple, False),
        (call, False),
    ],
)
def test_end_of_a_block(act, is_last):
    """A block ends with what it calls or awaits last."""
    assert is_last_of_block(*place_of(act)) is is_last


class Thrown:
    """Notes at each comparison whether anybody looks at its result."""

    def __init__(self):
        self.is_thrown_away = False

    def __eq__(self, other):
        self.is_thrown_away |= throws_comparison_away(sys._getframe(1))
        return True

    __hash__ = None


def keep(one):
    is_equal = one == 1  # noqa: F841  # nothing reads it
    place_of(call)


def keep_before_a_load(one, other):
    is_equal = one == 1  # noqa: F841  # nothing reads it
    other.append(1)


def keep_last(one):
    is_equal = one == 1  # noqa: F841  # nothing reads it


def keep_and_look(one):
    is_equal = one == 1
    assert is_equal


def keep_and_look_at_once(one):
    is_equal = one == 1
    return is_equal


def keep_for_a_function(one):
    is_equal = one == 1
    return lambda: is_equal


def keep_for_all(one):
    is_equal = one == 1
    return locals()


def keep_two(one):
    is_equal, number = one == 1, 2
    return is_equal, number


def keep_and_look_before(one):
    is_equal = False
    for number in (1, 2):
        if is_equal:
            return number
        is_equal = one == number
    return None


@pytest.mark.parametrize(
    ("act", "is_thrown_away"),
    [
        (keep, True),
        (keep_before_a_load, True),
        (keep_last, True),
        (keep_and_look, False),
        (keep_and_look_at_once, False),
        (keep_for_a_function, False),
        (keep_for_all, False),
        (keep_two, False),
        (keep_and_look_before, False),
    ],
)
def test_comparison_that_is_kept(act, is_thrown_away):
    """Nobody looks at a comparison that is kept in a variable which nothing reads."""
    one = Thrown()
    act(one, []) if act is keep_before_a_load else act(one)
    assert one.is_thrown_away is is_thrown_away
