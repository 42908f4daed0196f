"""Which class a code is raised as, and which one stands for a code."""

from __future__ import annotations

import pytest

from pytest_errcodes.active.carriers import Carrier
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.judging.exception_classes import (
    compare_carriers,
    compare_class,
    find_classes,
    read_class,
    read_expected_class,
)
from pytest_errcodes.judging.expectation import AnyCode, Expectation, ExpectedEnvelope

LTP = load_catalog("ltp")
CODE = LTP[401009]
NAMED = CODE.replaced(exception="OrderError")


class ApiError(Exception):
    """What a client raises."""


class OrderError(ApiError):
    """What it raises for orders."""


class Lost(LookupError):
    """A class below one of Python's own."""


class Outer:
    """Holds a class."""

    class OrderError(ApiError):
        """Another one of that name."""


def see(carrier=None, source="exception", code=401009):
    """Return an observation of a code."""
    kind = None if carrier is None else Carrier(1, carrier)
    return Observation(code, None, None, LTP.shape, None, source, "here", carrier=kind)


def fits(kind, *classes):
    """Return whether a class is one of those that are wanted."""
    return compare_class(kind, classes, ExpectedEnvelope(CODE), see()) is None


@pytest.mark.parametrize(
    "wanted",
    [
        OrderError,
        ApiError,
        Exception,
        "OrderError",
        "ApiError",
        "Exception",
        f"{__name__}.OrderError",
        f"{__name__.rpartition('.')[2]}.ApiError",
        "builtins.Exception",
    ],
)
def test_of_the_class(wanted):
    """A class is the one wanted, or below it, by itself or by its name."""
    assert fits(OrderError, wanted)
    assert fits(OrderError, ValueError, wanted)


@pytest.mark.parametrize(
    "wanted",
    [ValueError, "Order", "rderError", "ordererror", "client.OrderError", "Outer.OrderError"],
)
def test_of_another_class(wanted):
    """A part of a name, another case or another module is another class."""
    assert not fits(OrderError, wanted)


def test_class_within_a_class():
    """A class is called by its name, and with the class around it."""
    assert fits(Outer.OrderError, "OrderError")
    assert fits(Outer.OrderError, "Outer.OrderError")


def test_without_a_class():
    """Where none is wanted, any will do."""
    assert fits(KeyError)


def test_what_differs():
    """The mismatch names both classes; with their modules, where the names are equal."""
    expected = ExpectedEnvelope(CODE)
    found = compare_class(ApiError, (OrderError, "AuthError"), expected, see(), "at x.py:1")
    assert (found.kind, found.expected, found.came) == (
        "exception-type",
        ("OrderError", "AuthError"),
        "ApiError",
    )
    assert (found.seen_at, found.hints) == ("at x.py:1", ())
    found = compare_class(OrderError, ("client.OrderError",), expected, see())
    assert (found.expected, found.came) == (("client.OrderError",), f"{__name__}.OrderError")


def test_classes_of_the_catalog():
    """The catalog's class counts where the test names none, and the mismatch says whose it is."""
    assert find_classes((), NAMED) == ("OrderError",)
    assert find_classes((ApiError,), NAMED) == (ApiError,)
    assert find_classes((), CODE) == ()
    assert find_classes((), AnyCode.SUCCESS) == ()
    expected = ExpectedEnvelope(NAMED, catalog=LTP)
    found = compare_class(ApiError, find_classes((), NAMED), expected, see())
    assert found.hints == ('the catalog ltp says exception = "OrderError"',)


@pytest.mark.parametrize(
    ("seen", "given", "is_fine"),
    [
        ([see(OrderError)], (), True),
        ([see(ApiError)], (), False),
        ([see(OrderError), see(ApiError)], (), False),
        ([see(dict, "assertion")], (), True),
        ([see(dict, "assertion"), see(OrderError, "assertion")], (), True),
        ([see(dict, "assertion"), see(ApiError, "assertion")], (), False),
        ([see()], (), True),
        ([see(ApiError)], (ApiError,), True),
        ([see(dict, "assertion")], (ApiError,), False),
        ([see(dict, "assertion"), see(ApiError)], (ApiError,), True),
        ([], (ApiError,), True),
    ],
)
def test_all_that_surfaced(seen, given, is_fine):
    """Each exception is checked; what was returned only where the test itself names a class."""
    assert (compare_carriers(seen, given, ExpectedEnvelope(NAMED)) is None) == is_fine


@pytest.mark.parametrize(
    ("error", "given", "stands"),
    [
        (OrderError("no"), (), True),
        (ApiError("no"), (), False),
        (ApiError("no"), (ApiError,), True),
        (OrderError("no"), (ApiError,), True),
        (OrderError("no"), ("ApiError",), True),
        (OrderError("no"), (Exception,), False),
        (OrderError("no"), ("Exception",), False),
        (OrderError("no"), (BaseException,), False),
        (KeyError("no"), (KeyError,), True),
        (KeyError("no"), ("KeyError",), True),
        (KeyError("no"), (LookupError,), False),
        (KeyError("no"), ("LookupError",), False),
        (Lost("no"), (LookupError,), False),
        (Lost("no"), (Lost,), True),
        (KeyboardInterrupt(), (KeyboardInterrupt,), False),
        ("no exception", (str,), False),
    ],
)
def test_class_that_stands_for_a_code(error, given, stands):
    """An exception stands for a code by a class that is named, unless that says nothing."""
    found = read_class(error, NAMED, given)
    assert (found is not None) == stands
    if found is not None:
        assert (found.code, found.message, found.evidence.kind) == (401009, None, "class")
        assert found.evidence.note == f"told by nothing but the class {type(error).__name__}"


def test_class_that_may_stand_for_several_codes():
    """It stands for the one that was received last; without any, for the first."""
    codes = tuple(LTP[code].replaced(exception="OrderError") for code in (401009, 401018, 401019))
    wanted = [Expectation(codes)]
    error = OrderError("no")
    assert read_expected_class(error, wanted, []).code == 401009
    seen = [see(source="route", code=401018), see(source="client", code=100429)]
    assert read_expected_class(error, wanted, seen).code == 401018
    assert read_expected_class(error, wanted, [*seen, see(source="route", code="401019")]).code == (
        401019
    )
    assert read_expected_class(error, [Expectation(codes, surfaced=False)], seen) is None
    assert read_expected_class(error, [Expectation((CODE,))], seen) is None
