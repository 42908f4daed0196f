"""A marked test whose exception leaves something undone, in every kind of test: whole texts."""

from __future__ import annotations

import pytest

ALLOWANCE = "hint: where the code may come anywhere, early=True in the marker says so"
HINTS = (
    "hint: put the line that raises into `with raises_code(401009):`, "
    f"and the test goes on below it\n{ALLOWANCE}"
)
LOOP_HINTS = (
    "hint: put `with raises_code(401009):` into the loop, "
    f"or each turn into a test with parametrize\n{ALLOWANCE}"
)

WRONG = """
    import unittest

    import anyio

    pytestmark = pytest.mark.expects_code(401009)

    def test_below(errcodes):
        order = errcodes.reply(401009)
        place_order()
        assert order.call_count == 5

    @pytest.mark.parametrize("side", ["BUY"])
    def test_row(errcodes, side):
        errcodes.reply(401009)
        place_order()
        place_order(), side

    def test_loop(errcodes):
        errcodes.reply(401009)
        for side in ("BUY", "SELL"):
            place_order()

    def test_doubt(errcodes):
        errcodes.reply(401009)
        for call in iter([place_order, place_order]).__iter__():
            call()

    def test_both(errcodes):
        errcodes.reply(401009)
        for side in ("BUY", "SELL"):
            place_order()
            assert side == "SELL"
        assert not side

    @pytest.mark.asyncio
    async def test_asyncio(errcodes):
        errcodes.reply(401009)
        await place_order_async()
        assert False in ()

    @pytest.mark.anyio
    async def test_anyio(errcodes, anyio_backend):
        errcodes.reply(401009)
        async with anyio.create_task_group() as group:
            group.start_soon(place_order_async)
        assert False in ()

    class TestCase(unittest.TestCase):
        def test_unittest(self):
            place_order(transport=answer(401009))
            self.assertEqual(1, 2)

    class TestAsync(unittest.IsolatedAsyncioTestCase):
        async def test_async_unittest(self):
            await place_order_async(transport=answer(401009))
            self.assertEqual(1, 2)
"""

RIGHT = """
    import unittest

    pytestmark = pytest.mark.expects_code(401009)

    def test_last(errcodes):
        errcodes.reply(401009)
        place_order()

    def test_guard(errcodes):
        errcodes.reply(401009)
        place_order()
        pytest.fail("must raise")

    def test_block(errcodes):
        order = errcodes.reply(401009)
        with raises_code(401009):
            place_order()
        assert order.call_count == 1

    def test_loop_of_blocks(errcodes):
        errcodes.reply(401009)
        for side in ("BUY", "SELL"):
            with pytest.raises(ApiError):
                place_order()

    @pytest.mark.asyncio
    async def test_asyncio(errcodes):
        errcodes.reply(401009)
        await place_order_async()

    @pytest.mark.anyio
    async def test_anyio(errcodes, anyio_backend):
        errcodes.reply(401009)
        await place_order_async()

    class TestCase(unittest.TestCase):
        def test_unittest(self):
            place_order(transport=answer(401009))
            self.fail("must raise")
"""

EARLY = """
    @pytest.mark.expects_code(401009, 401018, any_of=True, early=True)
    def test_sandbox():
        place_order(transport=answer(401009))
        place_order(transport=answer(401018, "Order not found"))

    @pytest.mark.every_code("401009", early=True)
    def test_loop(errcodes, error_code):
        errcodes.reply(200000, times=2).then(error_code)
        for _ in range(100):
            place_order()
"""

ASYNC = ("pytest_asyncio.plugin", "anyio.pytest_plugin")


def text(line: int, raised: str, below: list[tuple[int, str]]) -> str:
    """Return the text of a test that was ended at a line, with other lines below it."""
    width = max(len(str(number)) for number in (line, *(number for number, _ in below)))
    rows = [f"  not run   {number:<{width}}  {source}" for number, source in below]
    title = f"401009 ended the test at test_orders.py:{line}: what stands below was never run"
    return "\n".join([title, f"  raised    {line:<{width}}  {raised}", *rows, HINTS])


EQUAL = "self.assertEqual(1, 2)"
BELOW = "assert False in ()"
ANYIO = text(45, "async with anyio.create_task_group() as group:", [(47, BELOW)])
TOLD = {
    "test_below": text(10, "place_order()", [(11, "assert order.call_count == 5")]),
    "test_row[BUY]": text(16, "place_order()", [(17, "place_order(), side")]),
    "test_loop": (
        "401009 ended the test at test_orders.py:22, in a loop that has turns left\n"
        "  raised    22  place_order()\n"
        '  loop      21  for side in ("BUY", "SELL"):\n' + LOOP_HINTS
    ),
    "test_doubt": (
        "401009 ended the test at test_orders.py:27, in a loop that may have turns left\n"
        "  raised    27  call()\n"
        "  loop      26  for call in iter([place_order, place_order]).__iter__():\n" + LOOP_HINTS
    ),
    "test_both": (
        "401009 ended the test at test_orders.py:32, in a loop that has turns left: "
        "what stands below was never run\n"
        "  raised    32  place_order()\n"
        '  loop      31  for side in ("BUY", "SELL"):\n'
        '  not run   33  assert side == "SELL"\n'
        "  not run   34  assert not side\n" + LOOP_HINTS
    ),
    "test_asyncio": text(39, "await place_order_async()", [(40, BELOW)]),
    "test_anyio[asyncio]": ANYIO,
    "test_anyio[trio]": ANYIO,
    "TestCase.test_unittest": text(51, "place_order(transport=answer(401009))", [(52, EQUAL)]),
    "TestAsync.test_async_unittest": text(
        56, "await place_order_async(transport=answer(401009))", [(57, EQUAL)]
    ),
}


def test_wrong(project):
    """What stands below is named, line by line, and loops that have turns left."""
    project.tests(WRONG)
    outcome = project.run(plugins=ASYNC)
    assert {name: outcome.failure(name) for name in TOLD} == TOLD
    assert outcome.outcomes == {"failed": len(TOLD)}


def test_right(project):
    """A test that nothing is left of, or only what says that it must raise, passes."""
    project.tests(RIGHT)
    assert project.run(plugins=ASYNC).outcomes == {"passed": 8}


def test_early(project):
    """Where any line may raise, the marker says so."""
    project.tests(EARLY)
    assert project.run().outcomes == {"passed": 2}


def test_beside_another_code(project):
    """Where the code that was raised is not expected, that is what is told."""
    project.tests("""
        @pytest.mark.expects_code(401018)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
            assert False in ()
    """)
    assert "ended the test" not in project.run().failure("test_order")


def test_many_lines(project):
    """Of many lines ten are shown, and the rest is counted."""
    project.tests(
        """
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            place_order()
        """
        + "    assert True\n        " * 12
    )
    lines = project.run().failure("test_order").splitlines()
    assert lines[2:12] == [f"  not run   {number:<2}  assert True" for number in range(6, 16)]
    assert lines[12] == "  … and 2 more"


@pytest.mark.parametrize("option", ["--assert=plain", "--assert=rewrite"])
def test_rewritten_or_not(project, option):
    """An assertion that raises inside is found, whether pytest has rewritten it or not."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            errcodes.reply(401009)
            assert (
                place_order()
                == 1
            )
            assert 2
    """)
    # Older releases of pytest give what they rewrite the line of the assertion.
    assert "not run   9  assert 2" in project.run(option).failure("test_order")


def test_under_a_fake_file_system(project):
    """The source is read although a fixture has put another file system in its place."""
    project.tests("""
        @pytest.mark.expects_code(401009)
        def test_order(fs, errcodes):
            errcodes.reply(401009)
            place_order()
            assert fs
    """)
    outcome = project.start(plugins=("pyfakefs.pytest_plugin",))
    assert outcome.failure("test_order") == text(5, "place_order()", [(6, "assert fs")])
