"""Tests of hypothesis: each example is judged for itself, and begins anew."""

from __future__ import annotations

import re

import _hypothesis_pytestplugin  # noqa: F401  # see support/project.py: imported once
import hypothesis.strategies  # noqa: F401  # likewise
import pytest

HYPOTHESIS = ("_hypothesis_pytestplugin",)

HEAD = """
    import unittest
    from hypothesis import HealthCheck, Phase, assume, example, given, settings
    from hypothesis import strategies as st

    known = settings(
        database=None, deadline=None,
        max_examples=20,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    numbers = given(number=st.integers(0, 9))

    @pytest.fixture
    def login(errcodes):
        return errcodes.get("https://api.test/login").reply(401018)

    @pytest.fixture
    def steps(errcodes):
        return errcodes.get("https://api.test/login").optional().reply(401018).then(200000)
"""
WRONG = (
    HEAD
    + """
    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_one_is_accepted(errcodes, number):
        errcodes.reply(200000 if number == 7 else 401009)
        place_order()

    @pytest.mark.expects_code(401009)
    @known
    @example(number=3)
    @given(number=st.just(2))
    def test_explicit(errcodes, number):
        errcodes.reply(200000 if number == 3 else 401009)
        place_order()

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_below(errcodes, number):
        errcodes.reply(401009)
        place_order()
        assert number

    @known
    @numbers
    def test_unused(errcodes, number):
        errcodes.get("/never").reply(401009)

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_nobody_logs_in(errcodes, login, number):
        errcodes.post("https://api.test/order").reply(401009)
        place_order()

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_unentered(errcodes, number):
        errcodes.reply(401009)
        if number == 4:
            raises_code(401009)
        place_order()

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_its_own_failure(errcodes, number):
        errcodes.reply(401009)
        assert number != 5
        place_order()

    class TestCase(unittest.TestCase):
        @pytest.mark.expects_code(401009)
        @known
        @numbers
        def test_unittest(self, number):
            place_order(transport=answer(200000 if number == 7 else 401009))
"""
)
RIGHT = (
    HEAD
    + """
    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_each_is_refused(errcodes, number):
        assert not errcodes.calls and not errcodes.routes
        order = errcodes.reply(401009)
        with raises_code(401009):
            place_order()
        assert order.call_count == len(errcodes.calls) == 1

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_assumed(errcodes, number):
        assume(number != 5)
        errcodes.reply(200000 if number == 5 else 401009)
        place_order()

    @pytest.mark.expects_code(401009)
    @known
    @numbers
    def test_some_log_in(errcodes, steps, number):
        assert not steps.called
        if number % 2:
            codes = [httpx.get("https://api.test/login").json()["code"] for _ in range(2)]
            assert codes == [401018, 200000]
        errcodes.post("https://api.test/order").reply(401009)
        place_order()

    class TestCase(unittest.TestCase):
        @pytest.mark.expects_code(401009)
        @known
        @numbers
        def test_unittest(self, number):
            place_order(transport=answer(401009))
"""
)
ASYNC = (
    HEAD
    + """
    pytestmark = [pytest.mark.expects_code(401009), pytest.mark.{mark}]

    @known
    @numbers
    async def test_one_is_accepted(errcodes, number{argument}):
        errcodes.reply(200000 if number == 7 else 401009)
        await place_order_async()

    @known
    @numbers
    async def test_each_is_refused(errcodes, number{argument}):
        errcodes.reply(401009)
        await place_order_async()
"""
)


def failure(outcome, title):
    """Return the text of a failure, and of its falsifying example the number alone."""
    whole = outcome.failure(title)
    text = re.split(r"\n.*(?:test case|example): ", whole)[0]
    number = re.search(r"^ +number=(\d+)", whole, re.MULTILINE)
    return text, number and int(number[1])


NOT_SEEN = (
    "expected code 401009 was not seen\n"
    "  expected  401009  clientOrderId already exists\n"
    "  seen      200000  Success\n"
    "                    received from POST https://api.test/order"
)


def test_wrong(project):
    """The example that is not as expected fails the test, and is shown."""
    project.tests(WRONG)
    outcome = project.run(plugins=HYPOTHESIS)
    assert failure(outcome, "test_one_is_accepted") == (NOT_SEEN, 7)
    assert failure(outcome, "test_explicit") == (NOT_SEEN, 3)
    below, number = failure(outcome, "test_below")
    assert below.startswith("401009 ended the test at test_orders.py:42: what stands below was")
    assert number is not None
    assert failure(outcome, "test_unused")[0] == "no request reached GET /never"
    assert outcome.failure("test_nobody_logs_in") == (
        "no request reached GET https://api.test/login"
    )
    assert failure(outcome, "test_unentered") == (
        (
            "raises_code(401009) at test_orders.py:63 was never entered, so it checked nothing\n"
            "hint: write `with raises_code(401009):`, and below it what must raise"
        ),
        4,
    )
    assert "assert 5 != 5" in outcome.failure("test_its_own_failure")
    assert failure(outcome, "TestCase.test_unittest")[1] == 7
    assert outcome.outcomes == {"failed": 8}


def test_right(project):
    """Examples that are as expected pass, each with routes, calls and scripts of its own."""
    project.tests(RIGHT)
    assert project.run(plugins=HYPOTHESIS).outcomes == {"passed": 4}


@pytest.mark.parametrize(
    ("plugin", "mark", "argument"),
    [
        ("pytest_asyncio.plugin", "asyncio", ""),
        ("anyio.pytest_plugin", "anyio", ", anyio_backend"),
    ],
)
def test_asynchronous(project, plugin, mark, argument):
    """Plugins that run each example in a loop find it judged all the same."""
    project.tests(ASYNC.format(mark=mark, argument=argument))
    outcome = project.run(plugins=(*HYPOTHESIS, plugin))
    backends = ["[asyncio]", "[trio]"] if argument else [""]
    for backend in backends:
        assert failure(outcome, f"test_one_is_accepted{backend}") == (NOT_SEEN, 7)
    assert outcome.outcomes == {"failed": len(backends), "passed": len(backends)}


def test_block_of_a_row(project):
    """Each example is to enter the block in its test's row; the first that does not fails."""
    row = """
    @pytest.mark.parametrize("expected", [raises_code(401009)])
    @known
    @numbers
    def test_enters(errcodes, expected, number):
        errcodes.reply(401009)
        with expected:
            place_order()

    @pytest.mark.parametrize("expected", [raises_code(401009)])
    @known
    @numbers
    def test_enters_at_times(errcodes, expected, number):
        errcodes.reply(401009)
        if number == 4:
            swallow_order()
        else:
            with expected:
                place_order()
    """
    project.tests(HEAD + row)
    outcome = project.run(plugins=HYPOTHESIS)
    text, number = failure(outcome, "test_enters_at_times[expected0]")
    assert text.startswith("raises_code(401009) at test_orders.py:30 was never entered, so it")
    assert number == 4
    assert outcome.outcomes == {"passed": 1, "failed": 1}


def test_no_example_at_all(project):
    """A test that runs none of its examples is judged as any other."""
    project.tests("""
        from types import SimpleNamespace

        @pytest.mark.expects_code(401009)
        def test_nothing():
            pass

        test_nothing.hypothesis = SimpleNamespace(inner_test=lambda: None)
    """)
    assert project.run().failure("test_nothing").startswith("expected code 401009 was not seen")


def test_hypothesis_is_not_imported(project):
    """Without hypothesis nothing is imported for it."""
    project.tests("""
        import sys

        @pytest.mark.expects_code(401009)
        def test_order(errcodes):
            assert "hypothesis" not in sys.modules
            errcodes.reply(401009)
            place_order()
    """)
    assert project.start().outcomes == {"passed": 1}
