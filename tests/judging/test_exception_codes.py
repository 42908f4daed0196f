"""The codes that surface with an exception which leaves a test."""

from __future__ import annotations

import gc
import weakref

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.exception_codes import observe_exception

pytestmark = pytest.mark.usefixtures("context")

CLIENT = """
def place_order(error):
    raise error
"""


class ApiError(Exception):
    """What a client raises."""

    def __init__(self, code=401009):
        super().__init__(code)
        self.code, self.message = code, "clientOrderId already exists"


class Order:
    """What a client holds while it raises."""


def thrown(error, action=None):
    """Return an exception after it was raised, by the test or by what it calls."""
    try:
        if action is not None:
            action(error)
        raise error
    except BaseException as caught:
        return caught


def client():
    """Return a function that raises, as if it stood in another file."""
    names = {}
    exec(compile(CLIENT, "/clients/client.py", "exec"), names)
    return names["place_order"]


def places(error):
    """Return the places of what an exception carries."""
    return [one.place for one in observe_exception(error, __file__)]


def test_raised_by_the_client():
    """The line that raised comes first, then the line of the test that called it."""
    line = thrown.__code__.co_firstlineno + 4
    assert places(thrown(ApiError(), client())) == [
        f"raised as ApiError at client.py:3, from test_exception_codes.py:{line}"
    ]


def test_raised_by_the_test():
    """A line of the test itself is told once."""
    line = thrown.__code__.co_firstlineno + 5
    assert places(thrown(ApiError())) == [f"raised as ApiError at test_exception_codes.py:{line}"]


def test_raised_elsewhere():
    """Where the exception did not pass the test's file, only the line that raised is told."""
    (seen,) = observe_exception(thrown(ApiError(), client()), "/tests/test_other.py")
    assert seen.place == "raised as ApiError at client.py:3"


def test_never_raised():
    """An exception without a traceback has no place."""
    assert places(ApiError()) == ["raised as ApiError"]


def test_what_it_carries():
    """An observation holds all that is known of the envelope."""
    (seen,) = observe_exception(ApiError(), __file__)
    assert (seen.code, seen.message, seen.source) == (
        401009,
        "clientOrderId already exists",
        "exception",
    )


@pytest.mark.parametrize(
    "error",
    [ValueError("no code"), AssertionError(), ErrcodesUsageError("a", "b"), SystemExit(3)],
    ids=repr,
)
def test_what_carries_no_code(error):
    """An exception without a code, a failed assertion and our own errors carry nothing."""
    assert observe_exception(error, __file__) == []


def test_group():
    """A group carries what its members do, if each does."""
    group = ExceptionGroup("both", [ApiError(401009), ApiError(401018)])
    assert [one.code for one in observe_exception(group, __file__)] == [401009, 401018]
    assert observe_exception(ExceptionGroup("one", [ApiError(), OSError()]), __file__) == []


def test_place_of_a_member():
    """A member is placed where it was raised, and where the group passed the test."""
    member = thrown(ApiError(), client())
    bare = thrown(ApiError(), client())
    bare.__traceback__ = bare.__traceback__.tb_next
    line = thrown.__code__.co_firstlineno + 4
    group = thrown(ExceptionGroup("all", [member, bare, ApiError()]))

    assert places(group) == [
        f"raised as ApiError at client.py:3, from test_exception_codes.py:{line}",
        f"raised as ApiError at client.py:3, from test_exception_codes.py:{line + 1}",
        f"raised as ApiError in ExceptionGroup at test_exception_codes.py:{line + 1}",
    ]


def test_no_frame_is_kept():
    """What the client held when it raised goes with the exception, whoever keeps the place."""
    kept = []

    def place_order(error):
        order = Order()
        kept.append(weakref.ref(order))
        raise error

    seen = observe_exception(thrown(ApiError(), place_order), __file__)
    gc.collect()

    assert kept[0]() is None
    assert seen[0].place.startswith("raised as ApiError at ")
