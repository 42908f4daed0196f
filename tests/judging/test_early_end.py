"""What of a test did not run for an exception: tables of the bodies of tests, and what is found."""

from __future__ import annotations

import sys
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.judging.early_end import EarlyEnd, Line, find_early_end_of_test
from pytest_errcodes.judging.raise_places import find_own_part

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
import asyncio, contextlib, enum, functools, itertools, pytest
from itertools import chain
CASES = (0, 1, 2)
ONE = [7]
class Side(enum.Enum):
    BUY = 1
    SELL = 2
class Refused(Exception):
    pass
def boom(*args):
    raise Refused
def at(value, last):
    if value == last:
        raise Refused
def fine(*args):
    return args
async def boom_later():
    await asyncio.sleep(0)
    raise Refused
def drain():
    yield 1
    raise Refused
"""
START = len(HEAD.splitlines()) + 1

#: Bodies, and which of their lines, from 1, did not run; `loop` is a line of a loop with turns
#: left; `maybe` says that nothing tells.
WRONG = {
    "statement below": ("boom()\nfine()", "2"),
    "several": ("boom()\nfine()\n\n# comment\nassert (\n    fine()\n)", "2 5"),
    "same line": ("boom(); fine()", "1"),
    "call over lines": ("boom(\n    1,\n)\nfine()", "4"),
    "value used": ("x = boom()\nassert x is None", "2"),
    "assert with a call": ("assert boom() == 1\nfine()", "2"),
    "assert alone": ("assert boom() == 1", "assertion"),
    "assert over lines": ("assert (\n    boom()\n    == 1\n)", "assertion"),
    "below a guard": ("boom()\npytest.fail('no')\nfine()", "3"),
    "string is a docstring": ('"""Doc\nat col 0"""\nboom()\nfine()', "4"),
    "with": ("with contextlib.nullcontext():\n    boom()\n    fine()\nfine()", "3 4"),
    "with entered": ("with boom():\n    fine()", "2"),
    "second with": ("with contextlib.nullcontext(), boom():\n    fine()", "2"),
    "if": ("if CASES:\n    boom()\n    fine()\nelse:\n    fine()\nfine()", "3 6"),
    "if test": ("if boom():\n    fine()", "2"),
    "match": (
        "match 1:\n    case 1:\n        boom()\n        fine()\n    case _:\n        fine()",
        "4",
    ),
    "try": (
        "try:\n    boom()\n    fine()\nexcept KeyError:\n    fine()\nfinally:\n    fine()",
        "3",
    ),
    "below try": ("try:\n    boom()\nfinally:\n    fine()\nfine()", "5"),
    "raised again": ("try:\n    boom()\n    fine()\nexcept Refused:\n    fine()\n    raise", "3"),
    "raised as another": (
        "try:\n    boom()\n    fine()\nexcept Refused as e:\n    raise KeyError from e\nfine()",
        "3 6",
    ),
    "else": ("try:\n    boom()\nexcept Refused:\n    raise\nelse:\n    fine()", "6"),
    "finally": ("try:\n    boom()\nfinally:\n    fine()\n    boom()\n    fine()", "6"),
    "return with a call": ("boom()\nreturn fine()", "2"),
    "conditional guard": ("x = boom()\nif x:\n    pytest.fail('no')", "2"),
    "loop over a global": ("for n in CASES:\n    boom()", "loop 1"),
    "loop over literals": ("for n in (401, 402):\n    at(n, 401)", "loop 1"),
    "loop in its middle": ("for n in CASES:\n    at(n, 1)\n    fine()", "loop 1"),
    "first turn": ("for n in CASES:\n    boom()\n    fine()", "loop 1; 3"),
    "range": ("for _ in range(3):\n    boom()", "loop 1"),
    "large range": ("for n in range(10 ** 9):\n    at(n, 5)", "loop 1 maybe"),
    "enumerate": ("for i, n in enumerate(CASES, 1):\n    boom()", "loop 1"),
    "zip": ("for a, b in zip(CASES, 'xyz'):\n    boom()", "loop 1"),
    "items": ("d = {1: 2, 3: 4}\nfor k, v in d.items():\n    boom()", "loop 2"),
    "enum": ("for side in Side:\n    boom()", "loop 1"),
    "slice": ("for n in CASES[:2]:\n    boom()", "loop 1"),
    "sum": ("for n in [1] + [2]:\n    boom()", "loop 1"),
    "starred": ("for n in [*CASES, 9]:\n    boom()", "loop 1"),
    "reversed": ("for n in reversed(CASES):\n    boom()", "loop 1"),
    "rows": ("for a, b in [(1, 'x'), (2, 'y')]:\n    boom()", "loop 1"),
    "unknown": ("for n in chain(CASES):\n    boom()", "loop 1 maybe"),
    "equal items": ("for n in (1, 1):\n    boom()", "loop 1 maybe"),
    "variable changed": ("for n in CASES:\n    n = 5\n    boom()", "loop 1 maybe"),
    "guard in a loop": ("for n in CASES:\n    boom()\n    pytest.fail('no')", "loop 1"),
    "break of an inner loop": (
        "for a in CASES:\n    for b in CASES:\n        boom()\n        break",
        "loop 1",
    ),
    "other ends of lines": ("x = 'a\u2028b\x0cc'\nboom()\nfine()", "3"),
    "async comprehension": (
        (
            "async def act():\n    [await boom_later() for n in (1, 2)]\n    assert CASES\n"
            "asyncio.run(act())"
        ),
        "3" if sys.version_info >= (3, 12) else "loop 2; 3",
    ),
    "nested loops": ("for a in CASES:\n    for b in ONE:\n        boom()", "loop 1"),
    "else of a loop": ("for n in ONE:\n    boom()\nelse:\n    fine()", "4"),
    # Since Python 3.12 its variable is gone when an exception has left it.
    "comprehension": (
        "[boom(n) for n in (1, 2)]",
        "loop 1" if sys.version_info < (3, 12) else "loop 1 maybe",
    ),
    "generator": ("list(boom(n) for n in (1, 2))", "loop 1"),
    "while": ("n = 0\nwhile n < 3:\n    n += 1\n    boom()", "loop 2"),
    "while unknown": ("n = 0\nwhile n < 3:\n    boom()\n    n += 1", "loop 2 maybe"),
    "endless, with a check": ("while True:\n    boom()\n    assert CASES", "3 maybe"),
    "checks of each": ("for n in boom():\n    assert n", "2"),
    "loop in try": (
        "for n in CASES:\n    try:\n        boom()\n    except KeyError:\n        fine()",
        "loop 1",
    ),
    "function inside": ("def act():\n    boom()\n    assert CASES\nact()", "3"),
    "coroutine inside": (
        "async def act():\n    await boom_later()\n    assert CASES\nasyncio.run(act())",
        "3",
    ),
    "task group": (
        (
            "async def act():\n    async with asyncio.TaskGroup() as group:\n"
            "        await boom_later()\n        assert CASES\nasyncio.run(act())"
        ),
        "4",
    ),
    "below a task group": (
        (
            "async def act():\n    async with asyncio.TaskGroup() as group:\n"
            "        group.create_task(boom_later())\n    assert CASES\nasyncio.run(act())"
        ),
        "4",
    ),
    "function in a function": (
        "def outer():\n    def act():\n        boom()\n        assert CASES\n    act()\nouter()",
        "4",
    ),
    "turned by a with": (
        (
            "import contextlib\n@contextlib.contextmanager\ndef turn():\n    try:\n        yield\n"
            "    except Refused:\n        raise KeyError from None\n"
            "with turn():\n    boom()\n    assert CASES"
        ),
        "10",
    ),
    "attribute": ("boom()\nfine.reached = True", "2"),
    "function called below": ("def act():\n    boom()\n    assert CASES\nact()\nfine()", "3 5"),
}

#: Bodies whose exception leaves nothing undone that says something.
RIGHT = {
    "last": "fine()\nboom()",
    "last, over lines": "boom(\n    1,\n)",
    "returned": "return boom()",
    "chained": "fine(boom()).index(1)",
    "guard": "boom()\npytest.fail('must raise')",
    "guard of unittest": "boom()\nself.fail('must raise')",
    "flag": "boom()\nreached = True",
    "flag with a type": "boom()\nreached: bool = True",
    "assert False": "boom()\nassert False, 'must raise'",
    "raise": "boom()\nraise AssertionError('must raise')",
    "skip": "boom()\npytest.skip('the sandbox took it')",
    "pass": "boom()\npass",
    "ellipsis": "boom()\n...",
    "string": "boom()\n'the end'",
    "return": "boom()\nreturn",
    "return a value": "x = boom()\nreturn x",
    "comment": "boom()\n# the end",
    "with": "with contextlib.nullcontext():\n    boom()",
    "guard in with": "with contextlib.nullcontext():\n    boom()\n    pytest.fail('no')",
    "if": "if CASES:\n    boom()\nelse:\n    fine()",
    "else": "if not CASES:\n    fine()\nelse:\n    boom()",
    "finally": "try:\n    boom()\nfinally:\n    fine()",
    "except": "try:\n    boom()\nexcept KeyError:\n    fine()",
    "checked and raised": "try:\n    boom()\nexcept Refused as e:\n    assert e\n    raise",
    "guard in else": "try:\n    boom()\nexcept Refused:\n    raise\nelse:\n    pytest.fail('no')",
    "guard in try": "try:\n    boom()\n    pytest.fail('no')\nexcept Refused:\n    raise",
    "raised as another": "try:\n    boom()\nexcept Refused as e:\n    raise KeyError from e",
    "one item": "for n in ONE:\n    boom()",
    "one literal": "for n in (5,):\n    boom()",
    "last turn": "for n in CASES:\n    at(n, 2)",
    "last turn, code below it": "for n in CASES:\n    at(n, 2)\n    fine()",
    "last of range": "for attempt in range(3):\n    at(attempt, 2)",
    "last of a large range": "for n in range(20_000):\n    at(n, 19_999)",
    "last of enumerate": "for i, n in enumerate(CASES):\n    at(i, 2)",
    "last row": "for a, b in [(1, 'x'), (2, 'y')]:\n    at(a, 2)",
    "last of an enum": "for side in Side:\n    at(side, Side.SELL)",
    "last of items": "d = {1: 2, 3: 4}\nfor k, v in d.items():\n    at(k, 3)",
    "last of a generator": "list(at(n, 2) for n in CASES)",
    "retries, raised again": (
        "for attempt in range(3):\n    try:\n        boom()\n        break\n"
        "    except Refused:\n        if attempt == 2:\n            raise"
    ),
    "while": "n = 0\nwhile n < 1:\n    n += 1\n    boom()",
    "until it raises": "n = 0\nwhile True:\n    n += 1\n    at(n, 3)",
    "count": "for n in itertools.count():\n    at(n, 3)",
    "cycle": "from itertools import cycle\nfor n in cycle(CASES):\n    at(n, 2)",
    "break below": "for n in CASES:\n    if n == 1:\n        boom()\n        break",
    "return below": "for n in CASES:\n    for m in CASES:\n        boom()\n        return",
    "another way": "try:\n    {}['x']\n    fine()\nexcept KeyError:\n    boom()",
    "handled above": "try:\n    boom()\n    fine()\nexcept Refused:\n    pass\nboom()",
    "drained": "for n in drain():\n    fine()",
    "drained, checked": "for n in drain():\n    assert n",
    "comprehension of what is drained": "[n for n in drain()]",
    "one in a comprehension": "[boom(n) for n in ONE]",
    "function inside": "def act():\n    boom()\n    fine()\nact()",
    "function that raises": (
        "def act():\n    if CASES:\n        raise Refused\n    assert CASES\nact()"
    ),
    "coroutine inside": "async def act():\n    await boom_later()\nasyncio.run(act())",
    "task group": (
        "async def act():\n    async with asyncio.TaskGroup() as group:\n"
        "        group.create_task(boom_later())\nasyncio.run(act())"
    ),
    "lambda": "act = lambda: boom()\nact()",
    "helper of the module": "list(drain())",
}


def run(folder: Path, body: str, head: str = "def test_it(self=None):") -> EarlyEnd | None:
    """Return what is found of a test with this body, which raises."""
    path = folder / "test_body.py"
    path.write_text(f"{HEAD}{head}\n{indent(body, '    ')}\n", "utf-8")
    scope: dict[str, object] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), scope)  # our own table
    test = scope["test_it"]
    assert callable(test)
    try:
        test()
    except (Exception, BaseExceptionGroup) as error:
        return find_early_end(error, test)
    raise AssertionError("the body raises nothing")


def find_early_end(error: BaseException, test: object) -> EarlyEnd | None:
    """Return what is found of an exception that left a test."""
    own = find_own_part(error.__traceback__, test, "test_it")
    assert own is not None
    return find_early_end_of_test(error, own)


def show(end: EarlyEnd | None, first: int) -> str:
    """Return what is found as it stands in the table."""
    if end is None:
        return ""
    loops = [f"loop {line.number - first + 1}" for line in end.loops]
    below = " ".join(str(line.number - first + 1) for line in end.below)
    text = "; ".join([*loops, *([below] if below else [])]) or "assertion"
    return text if end.is_certain else f"{text} maybe"


@pytest.mark.parametrize(("body", "wanted"), WRONG.values(), ids=WRONG)
def test_what_did_not_run(tmp_path, body, wanted):
    """The lines are named that did not run, and those of loops with turns left."""
    assert show(run(tmp_path, body), START + 1) == wanted


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_nothing_is_left(tmp_path, body):
    """What ran to its last statement, and what says nothing by not running, is right."""
    assert run(tmp_path, body) is None


HOSTILE = """\
class Meta(type):
    def __eq__(cls, other):
        raise ValueError
    __hash__ = __eq__
class Odd(metaclass=Meta):
    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = Meta.__eq__
odd = Odd()
"""


@pytest.mark.parametrize(
    ("loop", "wanted"),
    [
        ("for n in [odd, odd]:", "loop 8 maybe"),
        ("for n in [odd, 1]:", "loop 8"),
        ("for n, m in [(odd, 1), (2, odd)]:", "loop 8"),
        ("for n, m in [[odd, odd], odd]:", "loop 8 maybe"),
        ("for n in [[odd], odd]:", "loop 8"),
        ("while odd is odd:", "loop 8 maybe"),
    ],
)
def test_class_that_cannot_be_compared(tmp_path, loop, wanted):
    """What a loop goes through may be of a class whose metaclass raises when it is compared."""
    body = f"{HOSTILE}{loop}\n    boom()\n    assert 0"
    assert show(run(tmp_path, body), START + 1) == wanted


def test_the_fact(tmp_path):
    """The fact holds the lines with their text."""
    end = run(tmp_path, "for n in CASES:\n    boom(\n        n)\n    assert n")
    assert end == EarlyEnd(
        "test",
        str(tmp_path / "test_body.py"),
        raised=Line(START + 2, "boom("),
        below=(Line(START + 4, "assert n"),),
        loops=(Line(START + 1, "for n in CASES:"),),
        is_certain=True,
    )


@pytest.mark.parametrize(
    "head",
    [
        "@functools.lru_cache\ndef test_it(self=None):",
        "@pytest.mark.skipif(\n    False,\n    reason='')\ndef test_it(self=None):",
        (
            "def plainly(test):\n    def wrapper():\n        test()\n        fine()\n"
            "    return wrapper\n@plainly\ndef test_it(self=None):"
        ),
        (
            "def kindly(test):\n    @functools.wraps(test)\n    def wrapper():\n        test()\n"
            "        fine()\n    return wrapper\n@kindly\ndef test_it(self=None):"
        ),
    ],
)
def test_decorators(tmp_path, head):
    """A test is found under its decorators, and nothing is said of theirs."""
    first = START + len(head.splitlines())
    assert show(run(tmp_path, "boom()\nfine()", head), first) == "2"
    assert run(tmp_path, "boom()", head) is None


def test_without_source(tmp_path):
    """Where the source cannot be read, all is well only if the last thing raised, or a raise."""
    path = str(tmp_path / "gone.py")
    unread = EarlyEnd("test", path, Line(2, ""), (), (), is_certain=False)
    bodies = {
        "1 / 0; print()": unread,
        "assert int('x') == 1": unread,
        "int('x')": None,
        "raise ValueError; print()": None,
    }
    ends = {}
    for body in bodies:
        scope: dict[str, object] = {}
        exec(compile(f"def test_it():\n    {body}", path, "exec"), scope)
        with pytest.raises((ZeroDivisionError, ValueError)) as caught:
            scope["test_it"]()
        ends[body] = find_early_end(caught.value, scope["test_it"])
    assert ends == bodies


def test_own_part_of_what_wraps_itself():
    """A test whose ``__wrapped__`` leads back to itself is found by its name."""

    def refuse():
        raise KeyError

    refuse.__wrapped__ = refuse
    with pytest.raises(KeyError) as raised:
        refuse()
    own = find_own_part(raised.tb, refuse, "refuse")
    assert own is not None
    assert own.tb_frame.f_code is refuse.__code__
