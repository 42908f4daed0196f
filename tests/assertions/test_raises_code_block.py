"""raises_code: what of its block did not run, what was never entered, and what carries no code."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, contextmanager

import pytest

from pytest_errcodes import ErrcodesUsageError, raises_code

EXISTS = "clientOrderId already exists"

pytestmark = pytest.mark.usefixtures("context")


class ApiError(Exception):
    """What a client raises for a code."""

    code, message = 401009, EXISTS


def refuse(*_args):
    """Raise what the blocks expect."""
    raise ApiError


async def refuse_later():
    """Raise it in a coroutine."""
    await asyncio.sleep(0)
    raise ApiError


@contextmanager
def refused():
    """Expect a code in a helper of the suite's own."""
    with raises_code(401009):
        yield


def below():
    """Leave a statement below the one that raises."""
    with raises_code(401009):
        refuse()
        refuse(2)


def in_a_loop():
    """Raise in the first of two turns."""
    with raises_code(401009):
        for side in ("BUY", "SELL"):
            refuse(side)


def in_an_exit_stack():
    """Enter the block by a stack."""
    with ExitStack() as stack:
        stack.enter_context(raises_code(401009))
        refuse()
        refuse(2)


def in_a_helper():
    """Enter the block by a generator."""
    with refused():
        refuse()
        refuse(2)


def among_others():
    """Enter several blocks at once."""
    with ExitStack(), raises_code(401009), ExitStack():
        refuse()
        refuse(2)


def in_a_coroutine():
    """Await what raises."""

    async def act():
        with raises_code(401009):
            await refuse_later()
            refuse(2)

    asyncio.run(act())


HINTS = (
    "hint: put `with raises_code(401009):` around the line that raises alone\n"
    "hint: where the code may come anywhere, raises_code(401009, early=True) says so"
)


@pytest.mark.parametrize(
    "act", [below, in_an_exit_stack, in_a_helper, among_others, in_a_coroutine]
)
def test_code_below(act):
    """A statement below the one that raises was never run."""
    with pytest.raises(AssertionError) as caught:
        act()
    lines = str(caught.value).splitlines()
    raised = "await refuse_later()" if act is in_a_coroutine else "refuse()"
    at = int(lines[1].split()[1])
    assert "\n".join(lines) == (
        f"401009 ended the block at test_raises_code_block.py:{at}: "
        "what stands below was never run\n"
        f"  raised    {at}  {raised}\n"
        f"  not run   {at + 1}  refuse(2)\n" + HINTS
    )
    assert isinstance(caught.value.__cause__, ApiError)


def test_turns_left():
    """A loop in the block ends at its first turn."""
    with pytest.raises(AssertionError) as caught:
        in_a_loop()
    line = in_a_loop.__code__.co_firstlineno + 3
    assert str(caught.value) == (
        f"401009 ended the block at test_raises_code_block.py:{line + 1}, "
        "in a loop that has turns left\n"
        f"  raised    {line + 1}  refuse(side)\n"
        f'  loop      {line}  for side in ("BUY", "SELL"):\n'
        "hint: put `with raises_code(401009):` into the loop\n"
        "hint: where the code may come anywhere, raises_code(401009, early=True) says so"
    )


def test_right_blocks():
    """Nothing is said of a block that ran to its end, of what it calls, nor of a guard in it."""

    def act():
        refuse()
        refuse(2)

    with raises_code(401009):
        refuse()
    with raises_code(401009):
        act()
    with raises_code(401009):
        for side in ("BUY",):
            refuse(side)
    with raises_code(401009):
        refuse()
        pytest.fail("must raise")
    with refused():
        refuse()
    with ExitStack() as stack:
        stack.enter_context(raises_code(401009))
        refuse()


def test_early():
    """Where any line of the block may raise, it says so."""
    with raises_code(401009, early=True):
        for side in ("BUY", "SELL"):
            refuse(side)
        refuse()


# -- never entered -----------------------------------------------------------------------------


def test_never_entered(context):
    """What was made and never entered is noted, until it is entered."""
    block = raises_code(401009)
    ((tell),) = context.unchecked.values()
    mistake = tell()
    assert (mistake.slug, type(mistake)) == ("never-entered", ErrcodesUsageError)
    with block:
        refuse()
    assert context.unchecked == {}


NEVER = """
    import unittest

    def test_alone():
        raises_code(401009)

    def test_kept(errcodes):
        block = raises_code(401009)
        assert block

    def test_called():
        raises_code(401009), swallow_order(transport=answer(401009))

    @pytest.mark.expects_code(401009)
    def test_marked(errcodes):
        errcodes.reply(401009)
        raises_code(401009)
        place_order()

    @pytest.mark.xfail(strict=True)
    def test_expected_to_fail():
        raises_code(401009)

    @pytest.mark.asyncio
    async def test_asyncio():
        raises_code(401009)

    class TestCase(unittest.TestCase):
        def test_unittest(self):
            raises_code(401009)

    def test_failing():
        raises_code(401009)
        assert place_order is None

    REFUSED = raises_code(401009)  # of no test: whoever enters it makes use of it

    @pytest.fixture
    def refused():
        return raises_code(401009)

    @pytest.mark.parametrize("block", [raises_code(401009)])
    def test_made_elsewhere(block, refused):
        for one in (block, refused, REFUSED):
            with one:
                place_order(transport=answer(401009))

    def test_skipped():
        raises_code(401009)
        pytest.skip("not here")
"""


def test_never_entered_in_tests(project):
    """A test that made one and never entered it fails, in each kind of test."""
    project.tests(NEVER)
    outcome = project.run(plugins=("pytest_asyncio.plugin",))
    lines = {
        "test_alone": 5,
        "test_kept": 8,
        "test_called": 12,
        "test_marked": 17,
        "test_asyncio": 26,
        "TestCase.test_unittest": 30,
    }
    for title, line in lines.items():
        assert outcome.failure(title) == (
            f"raises_code(401009) at test_orders.py:{line} was never entered, "
            "so it checked nothing\n"
            "hint: write `with raises_code(401009):`, and below it what must raise"
        )
    failing = outcome.failure("test_failing")
    assert "assert place_order is None" in failing
    assert failing.endswith(
        "--- errcodes ---\n"
        "raises_code(401009) at test_orders.py:33 was never entered, so it checked nothing\n"
        "hint: write `with raises_code(401009):`, and below it what must raise"
    )
    assert outcome.outcomes == {"failed": 7, "xfailed": 1, "passed": 1, "skipped": 1}


# -- never left --------------------------------------------------------------------------------

LEFT_OPEN = """
    def send(times):
        with httpx.Client(transport=answer(401009)) as client:
            for _ in range(times):
                client.post("https://api.test/order")
        raise ApiError(401009, "clientOrderId already exists")

    def test_open():
        raises_code(401009, times=5).__enter__()

    def test_sends_twice():
        with raises_code(401009):
            send(2)

    def test_open_and_failing():
        raises_code(401009).__enter__()
        assert send is None

    @pytest.fixture
    def refused():
        with raises_code(401009):
            yield
            send(1)

    def test_left_by_a_fixture(refused):
        pass
"""


def test_never_left(project):
    """A block that a test enters and never leaves fails it, and says nothing of the next test."""
    project.tests(LEFT_OPEN)
    outcome = project.run()
    never = "was entered and never left, so it checked nothing\n"
    hint = "hint: write `with raises_code(401009):`, and below it what must raise"
    assert outcome.failure("test_open") == f"raises_code(401009) at test_orders.py:9 {never}{hint}"
    assert "was received 2 times from POST https://api.test/order, and surfaced once" in (
        outcome.failure("test_sends_twice")
    )
    assert outcome.failure("test_open_and_failing").endswith(
        f"--- errcodes ---\nraises_code(401009) at test_orders.py:16 {never}{hint}"
    )
    assert outcome.outcomes == {"failed": 3, "passed": 1}


def test_left_after_its_test(project):
    """A block around tests, of a wider fixture, fails: what came after its test it has not seen."""
    project.tests("""
        @pytest.fixture(scope="module")
        def refused():
            with raises_code(401009):
                yield
                swallow_order(transport=answer(401009))
                place_order(transport=answer(401009))

        def test_first(refused):
            pass

        def test_last(refused):
            pass
    """)
    outcome = project.run()
    told = outcome.error("test_last", "teardown")
    assert (
        "pytest_errcodes.ErrcodesUsageError: raises_code(401009) at test_orders.py:4 was still"
        in told
    )
    assert "hint: write `with raises_code(401009):` around the call that must raise" in told
    assert outcome.outcomes == {"passed": 2, "errors": 1}


# -- a function in the place of a parameter ----------------------------------------------------


@pytest.mark.parametrize("code", [401009, 401112])
def test_function_as_parameter(code):
    """A function is no parameter of a message: it was to be called in the block."""
    with pytest.raises(ErrcodesUsageError) as caught:
        raises_code(code, refuse, 1)
    assert caught.value.slug == "function-as-parameter"
    assert str(caught.value) == (
        f"raises_code({code}, refuse): refuse stands where a parameter of the message does\n"
        f"hint: write `with raises_code({code}):`, and call refuse below it"
    )


# -- exceptions without a code -----------------------------------------------------------------


class AuthError(Exception):
    """What a client raises whose class stands for the code."""


WAYS_OUT = [
    "hint: where the class stands for the code, say raises_code(401009, exception=AuthError)",
    "hint: else let the exception carry it, as an attribute such as .code",
]


@pytest.mark.parametrize(
    ("received", "notes"),
    [
        ([401009], ["401009 was received; AuthError carries no code", *WAYS_OUT]),
        ([401018, 401009], ["401009 was received; AuthError carries no code", *WAYS_OUT]),
        (
            [401018, 401019],
            ["expected 401009; 401018, 401019 was received; AuthError carries no code"],
        ),
        ([], ["expected 401009; no code was received; AuthError carries none"]),
    ],
)
def test_codeless(context, received, notes):
    """What was received is said beside an exception without a code, which stays the failure."""
    error = AuthError("log in again")
    with pytest.raises(AuthError) as caught, raises_code(401009):
        for code in received:
            context.see(code, "?", "route", "POST https://host/order")
        raise error
    assert caught.value is error
    assert error.__notes__ == ["\n".join(notes)]


def test_codeless_of_python_itself(context):
    """No class of Python's own is advised: a broken client raises it, and would pass."""
    with pytest.raises(RuntimeError) as caught, raises_code(401009):
        context.see(401009, "?", "route", "POST https://host/order")
        raise RuntimeError("it failed")
    (note,) = caught.value.__notes__
    assert note.splitlines() == [
        "401009 was received; RuntimeError carries no code",
        "hint: the client broke on the answer, or lost the code",
    ]


def test_group_that_carries_it(context):
    """Of a group, as a TaskGroup raises, the member is named that carries the code."""
    group = ExceptionGroup("tasks", [ValueError("boom"), ApiError()])
    with pytest.raises(ExceptionGroup) as caught, raises_code(401009):
        context.see(401009, "?", "route", "POST https://host/order")
        raise group
    (note,) = caught.value.__notes__
    inner = "assert_code(raised.value.exceptions[0], 401009)"
    assert note.splitlines() == [
        "ExceptionGroup carries no code, and ApiError in it does",
        "hint: put raises_code(401009) around the call itself, in its task",
        f"hint: or wait for the group with pytest.RaisesGroup, and say {inner}",
    ]


def test_codeless_outside_of_a_test(context):
    """Where nobody observes, nothing is said of what was received."""
    context.sees_wire = False
    with pytest.raises(AuthError) as caught, raises_code(401009):
        raise AuthError
    assert caught.value.__notes__ == [
        "\n".join(["expected 401009, and AuthError carries no code", *WAYS_OUT])
    ]


@pytest.mark.parametrize("error", [AssertionError("2 != 3"), SystemExit(2), KeyboardInterrupt()])
def test_no_note(error):
    """A failed assertion is no exception of the client's, and gets no note."""
    with pytest.raises(type(error)), raises_code(401009):
        raise error
    assert not hasattr(error, "__notes__")


def test_the_note_is_shown(project):
    """Pytest shows it below the exception's own text."""
    project.tests("""
        class AuthError(Exception):
            pass

        def test_order(errcodes):
            errcodes.reply(401009)
            with raises_code(401009):
                swallow_order()
                raise AuthError("log in again")
    """)
    lines = project.run().failure("test_order").splitlines()
    assert [line.removeprefix("E").strip() for line in lines if line.startswith("E ")] == [
        "test_orders.AuthError: log in again",
        "401009 was received; AuthError carries no code",
        *WAYS_OUT,
    ]


def test_notes_without_an_end():
    """An exception whose notes are anything else, without an end too, is left as it is."""

    class Odd(Exception):
        __notes__ = range(10**18)

    error = Odd("no")
    with pytest.raises(Odd) as caught, raises_code(401009):
        raise error
    assert caught.value is error


@pytest.mark.parametrize("arguments", ["", "errcodes"], ids=["no fixture", "errcodes"])
def test_number_of_an_earlier_test(project, arguments):
    """How often a block of one test receives its code says nothing of the next test."""
    project.tests(f"""
def send_twice(**options):
    with raises_code(401009, **options):
        swallow_order(transport=answer(401009))
        place_order(transport=answer(401009))

def test_stated({arguments}):
    send_twice(times=2)

def test_unstated():
    send_twice()
""")
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    assert outcome.failure("test_unstated").splitlines()[-3] == (
        "E       hint: if the client is right to send the request again, say so: "
        "raises_code(401009, times=2)"
    )


def test_block_left_while_another_goes_on(project):
    """What a block receives is seen to its end, whichever task leaves its own before."""
    project.tests("""
import anyio

async def send_once(entered, left):
    with raises_code(401009):
        await entered.wait()
        await place_order_async(transport=answer(401009))
    left.set()

async def send_twice(entered, left):
    with raises_code(401009):
        entered.set()
        await left.wait()
        await swallow_order_async(transport=answer(401009))
        await place_order_async(transport=answer(401009))

@pytest.mark.anyio
async def test_order():
    entered, left = anyio.Event(), anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(send_once, entered, left)
        group.start_soon(send_twice, entered, left)
""")
    outcome = project.run("-k", "asyncio", plugins=("anyio.pytest_plugin",))
    assert outcome.outcomes == {"failed": 1, "deselected": 1}
    assert "code 401009 was received 2 times from POST" in outcome.text


def test_an_exception_that_lies_of_its_class():
    """What passes a block is the client's own, whatever it says when it is asked of its class."""

    class Odd(Exception):
        @property
        def __class__(self):
            raise RuntimeError("no")

    with pytest.raises(Odd), raises_code(401009):
        raise Odd
