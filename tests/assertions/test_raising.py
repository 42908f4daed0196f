"""raises_code: an exception that carries a code."""

from __future__ import annotations

import re

import pytest

from pytest_errcodes import (
    ErrcodesUsageError,
    RaisesCode,
    UnknownCodeError,
    load_catalog,
    raises_code,
)
from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.active.observation import Observation

EXISTS = "clientOrderId already exists"


pytestmark = pytest.mark.usefixtures("context")


class ApiError(Exception):
    """What a client raises for a code."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class DuplicateError(ApiError):
    """What it raises for one of them."""


def failure(*args, error=None, **options):
    """Return the text with which a block fails that raises ``error``, and what it came from."""
    with pytest.raises(AssertionError) as caught, raises_code(*args, **options):
        if error:
            raise error
    assert caught.value.__cause__ is error
    return str(caught.value)


def test_value_and_envelope():
    """After the block the exception and its envelope are there."""
    error = ApiError(401009, EXISTS)

    with raises_code(401009) as caught:
        raise error

    assert isinstance(caught, RaisesCode)
    assert caught.value is error
    assert (caught.envelope.code, caught.envelope.message) == (401009, EXISTS)


def test_exception_narrows():
    """An exception of the type that was given is caught, a subclass too."""
    for types in (DuplicateError, ApiError, (KeyError, ApiError)):
        with raises_code(401009, exception=types):
            raise DuplicateError(401009, EXISTS)


def test_parameters_match_and_message():
    """Parameters, the exception's text and the exact message are judged."""
    message = "Invalid tpTriggerPrice , current price: 20"

    with raises_code(401246, 20, match=r"^401246: Invalid", message=message):
        raise ApiError(401246, message)
    with raises_code(401246, match=re.compile("PRICE", re.IGNORECASE)):
        raise ApiError(401246, message)


@pytest.mark.parametrize(
    "error",
    [ValueError("boom"), KeyError("code"), SystemExit(3), ExceptionGroup("a", [ValueError()])],
)
def test_exception_without_an_envelope(error):
    """What carries no envelope goes through untouched."""
    with pytest.raises(type(error)) as caught, raises_code(401009):
        raise error

    assert caught.value is error
    assert error.__cause__ is None


def test_exception_of_another_type():
    """An exception that carries the code and is of another type fails, and says so."""
    with pytest.raises(AssertionError) as failed, raises_code(401009, exception=DuplicateError):
        raise ApiError(401009, EXISTS)
    assert str(failed.value) == (
        "expected 401009 raised as DuplicateError, came as ApiError\n"
        "  expected  401009  clientOrderId already exists"
    )


def test_exception_of_another_type_without_a_code():
    """An exception that carries no code goes through, whatever type was expected."""
    with pytest.raises(OSError, match="down"), raises_code(401009, exception=DuplicateError):
        raise OSError("down")


def test_another_code():
    """Another code fails with the comparison, chained to the exception."""
    assert failure(401009, error=ApiError(401018, "Order not found")) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^"
    )


def test_text_that_does_not_match():
    """A text that does not match is shown under the pattern."""
    assert failure(401009, match="^Duplicate", error=ApiError(401009, EXISTS)) == (
        "expected 401009 in an exception whose text matches, came another\n"
        "  expected  401009  clientOrderId already exists\n"
        "  pattern           '^Duplicate'\n"
        "  text              '401009: clientOrderId already exists'"
    )


def test_nothing_raised(context):
    """Where nothing was raised nor received, that is said."""
    context.see(401009, EXISTS, "route", "POST https://host/before")

    assert failure(401009) == (
        "expected 401009 to be raised, came no exception\n"
        "  expected  401009   clientOrderId already exists\n"
        "  received  nothing"
    )


def test_nothing_raised_outside_of_a_test(context):
    """Where nobody observes, nothing is said of what was received."""
    context.observers.clear()
    context.sees_wire = False

    assert failure(401009) == (
        "expected 401009 to be raised, came no exception\n"
        "  expected  401009  clientOrderId already exists"
    )


def test_swallowed(context):
    """Where the client received the code and raised nothing, it swallowed it, or returned it."""
    with pytest.raises(AssertionError) as caught, raises_code(401009):  # as above
        context.see(401018, "Order not found", "assertion", "assert_code at test_x.py:1")
        context.see(401009, EXISTS, "route", "POST https://host/order?signature=abc")

    assert str(caught.value) == (
        "expected 401009 to be raised, came no exception\n"
        "  expected  401009  clientOrderId already exists\n"
        "  surfaced  401018  assert_code at test_x.py:1\n"
        "  received  401009  POST https://host/order?signature=<secret>\n"
        "hint: the client received 401009 and raised nothing: it swallowed the error, "
        "or returned it (then assert result == IsCode(401009))"
    )


def test_many_observations(context):
    """Of many observations ten are listed, and the rest is counted."""
    with pytest.raises(AssertionError) as caught, raises_code(401009):  # as above
        for _ in range(12):
            context.see(100429, "Too many requests", "client", "GET https://host/")

    lines = str(caught.value).splitlines()
    assert lines[2:12] == ["  received  100429  GET https://host/"] * 10
    assert lines[12:] == ["  … and 2 more"]


def test_what_was_raised_is_observed(context):
    """An exception that is as expected is noted with its place and its carrier."""
    line = test_what_was_raised_is_observed.__code__.co_firstlineno
    with raises_code(401009) as raised:
        raise ApiError(401009, EXISTS)
    failure(401009, error=ApiError(401018, "Order not found"))

    (observed,) = context.observations
    assert observed == Observation(
        401009,
        EXISTS,
        None,
        context.catalog.shape,
        None,
        "exception",
        f"raises_code at test_raising.py:{line + 3}",
        carrier=context.carriers.identify(raised.value),
        evidence=Evidence("attribute", "ApiError", f"401009: {EXISTS}"),
    )
    assert observed.carrier.kind is ApiError


@pytest.mark.parametrize("name", ["value", "envelope"])
def test_nothing_caught_yet(name):
    """Before the end of the block there is nothing to look at."""
    with pytest.raises(ErrcodesUsageError) as caught:
        getattr(raises_code(401009), name)

    assert caught.value.slug == "nothing-caught"
    assert str(caught.value) == (
        f"raises_code(401009) has caught nothing yet\nhint: read .{name} after the with block"
    )


@pytest.mark.parametrize("exception", [ApiError(1, "a"), int, (ApiError, "ApiError")])
def test_exception_that_is_no_type(exception):
    """What is no exception type is refused at once."""
    with pytest.raises(ErrcodesUsageError) as caught:
        raises_code(401009, exception=exception)

    wrong = exception[1] if isinstance(exception, tuple) else exception
    assert caught.value.slug == "exception-type"
    assert str(caught.value) == (
        f"raises_code(401009): exception={wrong!r} is no exception type\n"
        "hint: pass a class such as ApiError, or a tuple of them"
    )


def test_match_that_is_no_regular_expression():
    """A pattern that cannot be compiled is refused at once."""
    with pytest.raises(ErrcodesUsageError) as caught:
        raises_code(401009, match="(")

    assert caught.value.slug == "match-pattern"
    assert str(caught.value) == (
        "raises_code(401009): match='(' is no regular expression: "
        "missing ), unterminated subpattern at position 0\n"
        "hint: escape a plain text with re.escape(...)"
    )


CHAINED = """
    from pytest_errcodes import raises_code

    class ApiError(Exception):
        code, message = 401018, "Order not found"

    def place_order():
        raise ApiError("refused")

    def test_it():
        with raises_code(401009):
            place_order()
"""


def test_the_client_is_shown(pytester):
    """A failure shows where the client raised, then the test, and no frame of ours."""
    pytester.makepyfile(CHAINED)

    result = pytester.runpytest(
        "-p", "no:cacheprovider", "-p", "pytest_errcodes.plugin", "--tb=short"
    )

    result.stdout.fnmatch_lines(
        [
            "test_the_client_is_shown.py:7: in place_order",
            "E   *ApiError: refused",
            "The above exception was the direct cause of the following exception:",
            "test_the_client_is_shown.py:10: in test_it",
            "E   AssertionError: expected 401009, came 401018",
            "E     expected  401009  clientOrderId already exists",
            "E     came      401018  Order not found",
            "E                   ^",
        ]
    )
    result.stdout.no_fnmatch_line("*raising.py*")


def test_a_mistake_inside_the_block():
    """A usage error goes through, although it names a code."""
    with pytest.raises(UnknownCodeError), raises_code(401009):
        load_catalog()[401065]
