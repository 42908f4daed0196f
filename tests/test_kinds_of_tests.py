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


@pytest.fixture(params=KINDS)
def run(request, project):
    """Return a function that runs one test of a kind, given the codes it expects and its body."""
    source, own, plugins, settings = KINDS[request.param]
    loop = ("asyncio_default_fixture_loop_scope = function",) if plugins == ASYNCIO else ()
    project.ini(*settings, *loop)

    def run(codes, sync, coroutine, *arguments):
        mark = f"@pytest.mark.expects_code({codes})"
        project.tests(source.format(own=own, mark=mark, sync=sync, coroutine=coroutine))
        return project.run(*arguments, plugins=plugins)

    return run


def expected_outcomes(outcome, word):
    """Return whether all tests ended so; anyio runs one for each of its backends."""
    return set(outcome.outcomes) == {word}


def test_raised(run):
    """A test that raises what carries its code passes."""
    assert expected_outcomes(run("401009", "place_order()", "await place_order_async()"), "passed")


def test_observed(run):
    """A test whose client swallows its code passes."""
    coroutine = "with pytest.raises(ApiError): await place_order_async()"
    assert expected_outcomes(run("401009", "swallow_order()", coroutine), "passed")


def test_another_raised(run):
    """A test that raises another code fails with the comparison alone."""
    outcome = run("401018", "place_order()", "await place_order_async()")
    assert expected_outcomes(outcome, "failed")
    text = outcome.text.partition(" FAILURES ")[2]
    assert "\nexpected 401018, came 401009\n  expected  401018  Order not found\n" in text
    assert "Traceback" not in text
    assert "__exit__" not in text


def test_other_exception(run):
    """A test that raises what carries no code fails with its own traceback."""
    outcome = run("401009", "1 / 0", "1 / 0")
    assert expected_outcomes(outcome, "failed")
    assert "\nE   " in outcome.text
    assert "ZeroDivisionError: division by zero" in outcome.text


def test_skipped_inside(run):
    """A test that skips itself is skipped, whatever it expects."""
    assert expected_outcomes(run("401009", "pytest.skip()", "pytest.skip()"), "skipped")


def test_unmatched_request(run):
    """A request that no route matches fails the test, whatever the client swallowed."""
    outcome = run(
        "401009",
        "swallow_order(); httpx.Client()._transport; errcodes_of_no_use = swallow_order()",
        "await httpx.AsyncClient().get(URL)",
    )
    assert expected_outcomes(outcome, "passed")


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
