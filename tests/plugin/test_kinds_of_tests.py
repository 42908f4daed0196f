"""Every kind of test that pytest runs is judged alike."""

from __future__ import annotations

import pytest

ASYNCIO = ("pytest_asyncio.plugin",)
ANYIO = ("anyio.pytest_plugin",)

FUNCTION = """
{mark}
def test_order(errcodes):
    errcodes.reply(401009)
    {sync}
"""
CLASS = """
{mark}
class TestOrders:
    def test_order(self, errcodes):
        errcodes.reply(401009)
        {sync}
"""
ASYNC_FUNCTION = """
{own}
{mark}
async def test_order(errcodes):
    errcodes.reply(401009)
    {coroutine}
"""
ASYNC_CLASS = """
{own}
class TestOrders:
    {mark}
    async def test_order(self, errcodes):
        errcodes.reply(401009)
        {coroutine}
"""
UNITTEST = """
import unittest

class TestOrders(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def routes(self, errcodes):
        errcodes.reply(401009)

    {mark}
    def test_order(self):
        {sync}
"""
UNITTEST_CLASS = """
import unittest

class Routes:
    @pytest.fixture(autouse=True)
    def routes(self, errcodes):
        errcodes.reply(401009)

{mark}
class TestOrders(Routes, unittest.TestCase):
    def setUp(self):
        self.side = "BUY"

    def test_order(self):
        assert self.side == "BUY"
        {sync}
"""
UNITTEST_ASYNC = """
import unittest

class TestOrders(unittest.IsolatedAsyncioTestCase):
    @pytest.fixture(autouse=True)
    def routes(self, errcodes):
        errcodes.reply(401009)

    {mark}
    async def test_order(self):
        {coroutine}
"""

#: Source, what makes it asynchronous, plugins, settings.
KINDS = {
    "function": (FUNCTION, "", (), ()),
    "class": (CLASS, "", (), ()),
    "asyncio, strict": (ASYNC_FUNCTION, "@pytest.mark.asyncio", ASYNCIO, ()),
    "asyncio, strict, class": (ASYNC_CLASS, "@pytest.mark.asyncio", ASYNCIO, ()),
    "asyncio, auto": (ASYNC_FUNCTION, "", ASYNCIO, ("asyncio_mode = auto",)),
    "asyncio, auto, class": (ASYNC_CLASS, "", ASYNCIO, ("asyncio_mode = auto",)),
    "anyio": (ASYNC_FUNCTION, "@pytest.mark.anyio", ANYIO, ()),
    "anyio, class": (ASYNC_CLASS, "@pytest.mark.anyio", ANYIO, ()),
    "unittest": (UNITTEST, "", (), ()),
    "unittest, class": (UNITTEST_CLASS, "", (), ()),
    "unittest, async": (UNITTEST_ASYNC, "", (), ()),
}


#: The code that a test expects, what it does, and how it ends.
BODIES = {
    "raises the code": ("401009", "place_order()", "await place_order_async()", "passed"),
    "catches the code": (
        "401009",
        "with pytest.raises(ApiError): place_order()",
        "with pytest.raises(ApiError): await place_order_async()",
        "passed",
    ),
    "its client swallows the code": (
        "401009",
        "swallow_order()",
        "await swallow_order_async()",
        "failed",
    ),
    "raises another code": ("401018", "place_order()", "await place_order_async()", "failed"),
    "calls nothing": ("401009", "pass", "pass", "failed"),
    "raises what carries no code": ("401009", "1 / 0", "1 / 0", "failed"),
    "skips itself": ("401009", "pytest.skip()", "pytest.skip()", "skipped"),
}


@pytest.fixture(params=KINDS)
def ended(request, project):
    """Return what became of the tests of a kind; anyio runs one for each of its backends."""
    source, own, plugins, settings = KINDS[request.param]
    project.ini(*settings)
    rows = {}
    for title, (code, sync, coroutine, _) in BODIES.items():
        mark = f"@pytest.mark.expects_code({code})"
        rows[title] = source.format(own=own, mark=mark, sync=sync, coroutine=coroutine)
    return project.run_rows(rows, "--show-capture=no", plugins=plugins)


def test_each_kind_is_judged_alike(ended):
    """Each test ends as what it did says, and its text says what was wrong, and nothing else."""
    # The oldest pytest-asyncio warns of itself.
    words = {title: row.outcomes.keys() - {"warnings"} for title, row in ended.items()}
    assert words == {title: {word} for title, (*_, word) in BODIES.items()}
    for text in ended["raises another code"].failures:
        *lines, place = text.splitlines()
        assert lines == [
            "expected 401018, came 401009",
            "  expected  401018  Order not found",
            "  came      401009  clientOrderId already exists",
            "                ^",
        ]
        assert place.startswith("raised as ApiError at client.py:24, from test_orders.py:")
    for text in ended["calls nothing"].failures:
        assert text == (
            "expected code 401009 was not seen\n"
            "  expected  401009  clientOrderId already exists\n"
            "  seen      nothing\n"
            "\n"
            "no request reached the route for any request"
        )
    for text in ended["raises what carries no code"].failures:
        assert "\nE   " in text
        assert text.endswith("\n--- errcodes ---\nno request reached the route for any request")


def test_anyio_backends(project):
    """Under anyio the test runs on asyncio and on trio."""
    project.tests("""
        @pytest.mark.anyio
        @pytest.mark.expects_code(401009)
        async def test_order(errcodes):
            errcodes.reply(401009)
            await place_order_async()
    """)
    assert project.run("-v", plugins=ANYIO).results() == {
        "test_order[asyncio]": "PASSED",
        "test_order[trio]": "PASSED",
    }


def test_task_groups(project):
    """A task group of asyncio or trio wraps what a task raises; what it holds is judged."""
    project.tests("""
        import anyio

        @pytest.mark.anyio
        @pytest.mark.expects_code(401009)
        async def test_order(errcodes):
            errcodes.reply(401009)
            async with anyio.create_task_group() as group:
                group.start_soon(place_order_async)
    """)
    assert project.run(plugins=ANYIO).outcomes == {"passed": 2}


MARKED_DOCTESTS = """
pytestmark = pytest.mark.{mark}

def good():
    \"\"\"
    >>> body = {{"code": 401009, "message": "clientOrderId already exists"}}
    >>> envelope = assert_code(body, 401009)
    \"\"\"

def bad():
    \"\"\"
    >>> 1 + 1
    2
    \"\"\"
"""


def test_doctests_of_a_marked_module(project):
    """Doctests are judged by the markers of their module, where pytest gives them these."""
    project.tests(MARKED_DOCTESTS.format(mark="skip"))
    gives = project.run("--doctest-modules").outcomes == {"skipped": 2}  # the oldest does not
    project.tests(MARKED_DOCTESTS.format(mark="expects_code(401009)"))
    assert project.run("--doctest-modules", "-v").results() == {
        "test_orders.good": "PASSED",
        "test_orders.bad": "FAILED" if gives else "PASSED",
    }


def test_fixture_of_a_doctest(project):
    """A doctest may ask for the routes."""
    project.tests("""
        def order():
            '''
            >>> route = getfixture("errcodes").reply(401009)
            >>> swallow_order()
            '''
    """)
    assert project.run("--doctest-modules").outcomes == {"passed": 1}


def test_findings_of_a_doctest(project):
    """What the router found stands under what the doctest itself failed with."""
    project.tests("""
        def order():
            '''
            >>> route = getfixture("errcodes").get("/order").reply(401009)
            >>> 1 + 1
            3
            '''
    """)
    text = project.run("--doctest-modules").failure("[doctest] test_orders.order")
    assert text.endswith("\n--- errcodes ---\nno request reached GET /order")


def test_item_of_another_plugin(project):
    """A test that is no Python function is left alone, with its module's markers or without."""
    project.file(
        "conftest.py",
        """
        import pytest

        class Check(pytest.Item):
            def runtest(self):
                assert self.name == "good"

        class Checks(pytest.File):
            def collect(self):
                return [Check.from_parent(self, name=name) for name in ("good", "bad")]

        def pytest_collect_file(file_path, parent):
            if file_path.suffix == ".check":
                return Checks.from_parent(parent, path=file_path)
        """,
    )
    project.file("orders.check", "")
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
