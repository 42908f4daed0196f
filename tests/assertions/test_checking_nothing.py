"""IsCode that checks nothing, and comparisons that do not hold: neither lets a code surface."""

from __future__ import annotations

import unittest
from unittest.mock import Mock

import pytest

from pytest_errcodes import ErrcodesUsageError, IsCode, assert_code

EXISTS = {"code": 401009, "message": "clientOrderId already exists"}
OTHER = {"code": 401018, "message": "Order not found"}

pytestmark = pytest.mark.usefixtures("context")


def alone():
    """Throw the result of == away."""
    IsCode(401009) == EXISTS  # noqa: B015  # that is what is tested


def reversed_():
    """Throw it away with the matcher on the left."""
    IsCode(401009) == EXISTS  # noqa: B015  # that is what is tested


def structure():
    """Throw the comparison of structures away."""
    {"r": [IsCode(401009)]} == {"r": [EXISTS]}  # noqa: B015  # that is what is tested


def member():
    """Throw the result of ``in`` away."""
    IsCode(401009) in [OTHER, EXISTS]  # noqa: B015  # that is what is tested


def no_match():
    """Throw away a comparison that does not even hold."""
    IsCode(401009) == OTHER  # noqa: B015  # that is what is tested


def kept():
    """Keep a result that nothing reads."""
    same = IsCode(401009) == EXISTS  # noqa: F841  # that is what is tested


def any_kept():
    """Keep whether any comparison holds, and never look at that."""
    same = any(one == IsCode(401009) for one in [EXISTS])  # noqa: F841  # that is what is tested


def asserted_list():
    """Assert a list of comparisons, which is true whatever they say."""
    assert [one == IsCode(401009) for one in [OTHER]]


def asserted_list_made():
    """Assert a list that is made of comparisons."""
    assert list(one == IsCode(401009) for one in [OTHER])  # noqa: C400  # that is what is tested


def asserted_tuple():
    """Assert a comparison beside what it is to say."""
    assert [IsCode(401009) == EXISTS, "it is there"]


def dropped_lambda():
    """Drop what a function returns of a comparison."""
    (same := lambda one: one == IsCode(401009)) and None
    same(EXISTS)


def dropped_map():
    """Drop what becomes of each comparison."""
    list(map(lambda one: one == IsCode(401009), [EXISTS]))  # noqa: C417  # that is what is tested


THROWN_AWAY = [
    *(alone, reversed_, structure, member, no_match, kept, any_kept),
    *(asserted_list, asserted_list_made, asserted_tuple, dropped_lambda, dropped_map),
]


@pytest.mark.parametrize("act", THROWN_AWAY)
def test_result_thrown_away(context, act):
    """A comparison whose result nobody looks at is a mistake, noted too for who catches it."""
    with pytest.raises(ErrcodesUsageError) as caught:
        act()
    line = act.__code__.co_firstlineno + 2
    assert caught.value.slug == "comparison-thrown-away"
    assert str(caught.value) == (
        f"IsCode at test_checking_nothing.py:{line} is compared, and nobody looks at the result\n"
        "hint: assert it: assert answer == IsCode(401009)"
    )
    assert [str(tell()) for tell in context.unchecked.values()] == [str(caught.value)]
    assert context.observations == []


@pytest.mark.parametrize("act", [bool, lambda one: not one, lambda one: 1 if one else 2])
def test_as_a_condition(act):
    """A matcher has no truth of its own."""
    with pytest.raises(ErrcodesUsageError) as caught:
        act(IsCode(401009, data={"id": 7}))
    assert caught.value.slug == "matcher-as-condition"
    assert str(caught.value) == (
        "IsCode(401009, data={'id': 7}) stands as a condition, and is compared with nothing\n"
        "hint: compare it: assert answer == IsCode(401009, data={'id': 7})"
    )


def test_results_that_are_used():
    """Whoever looks at the result, it is a comparison."""
    assert IsCode(401009) == EXISTS
    assert IsCode(401009) in [OTHER, EXISTS]
    assert [IsCode(401009), IsCode(401018)] == [EXISTS, OTHER]
    held = IsCode(401009) == EXISTS
    assert held
    assert any(one == IsCode(401018) for one in (EXISTS, OTHER))
    IsCode(401009) == EXISTS or pytest.fail("no")
    mock = Mock()
    mock(EXISTS)
    mock.assert_called_once_with(IsCode(401009))
    unittest.TestCase().assertEqual(EXISTS, IsCode(401009))  # it compares by itself
    answers = [OTHER, EXISTS]
    answers.remove(IsCode(401009))
    assert answers.index(IsCode(401018)) == 0
    assert answers.count(IsCode(401009)) == 0


def test_unequal_is_no_observation(context):
    """A comparison that must not hold lets nothing surface, whatever comes of it."""
    matcher = IsCode(401009)
    assert matcher != OTHER
    assert matcher.mismatch is not None
    assert not matcher != EXISTS  # noqa: SIM202  # that is what is tested
    assert (matcher.mismatch, context.observations) == (None, [])


def test_failed_assertion_is_no_observation(context):
    """An assertion that failed lets nothing surface."""
    with pytest.raises(AssertionError):
        assert_code(EXISTS, 401009, data={"id": 7})
    with pytest.raises(AssertionError):
        assert IsCode(401009, data={"id": 7}) == EXISTS
    assert context.observations == []


CAUGHT = """
    pytestmark = pytest.mark.expects_code(401009)

    @pytest.fixture
    def answered(errcodes):
        errcodes.reply(401009)
        return lambda: httpx.post(URL).json()

    def test_thrown_away(answered):
        answered() == IsCode(401009)

    def test_thrown_away_and_caught(answered):
        answer = answered()
        assert answer == IsCode(401009)
        with pytest.raises(Exception):
            answer == IsCode(401009)

    def test_caught(answered):
        with pytest.raises(AssertionError):
            assert_code(answered(), 401009, data=1)

    def test_member_matched(answered):
        with pytest.raises(AssertionError):
            assert [answered(), 1] == [IsCode(401009), 2]

    def test_in_a_mapping(answered):
        try:
            assert {"r": answered(), "n": 1} == {"r": IsCode(401009), "n": 2}
        except AssertionError:
            pass

    def test_returned(answered):
        return answered() == IsCode(401009)

    def is_duplicate(answer):
        return answer == IsCode(401009)

    def test_dropped(answered):
        is_duplicate(answered())

    def test_held(answered):
        assert [answered(), 1] == [IsCode(401009), 1]
"""


def test_in_tests(project):
    """None of them lets the code of a marker surface; one that held does."""
    project.tests(CAUGHT)
    outcome = project.run()
    assert "IsCode at test_orders.py:10 is compared" in outcome.failure("test_thrown_away")
    assert outcome.failure("test_thrown_away_and_caught") == (
        "IsCode at test_orders.py:16 is compared, and nobody looks at the result\n"
        "hint: assert it: assert answer == IsCode(401009)"
    )
    for title in ("test_caught", "test_member_matched", "test_in_a_mapping"):
        assert outcome.failure(title).startswith("code 401009 was received and did not surface")
    for title, line in (("test_returned", 33), ("test_dropped", 36)):
        assert f"IsCode at test_orders.py:{line} is compared" in outcome.failure(title)
    assert outcome.outcomes == {"failed": 7, "passed": 1}


def test_swallowed_in_teardown(project):
    """What fails in a fixture's teardown, and is swallowed there, is an error of its test alone."""
    project.tests("""
        @pytest.fixture
        def placed(errcodes):
            errcodes.reply(401009)
            place_order_quietly()
            yield
            try:
                assert_code(httpx.post(URL), 401018)
            except Exception:
                pass

        def place_order_quietly():
            with raises_code(401009):
                place_order()

        def test_order(placed):
            pass

        def test_after_it(errcodes):
            errcodes.reply(401009)
            place_order_quietly()
    """)
    outcome = project.run()
    assert outcome.failure("ERROR at teardown of test_order") == (
        "assert_code at test_orders.py:8 failed, and the test passed all the same: "
        "expected 401018, came 401009\n"
        "hint: let it reach pytest; if it has to fail, wait for that: "
        "with pytest.raises(AssertionError)"
    )
    assert outcome.outcomes == {"passed": 2, "errors": 1}
