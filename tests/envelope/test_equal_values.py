"""Whether two values are equal, also where ``==`` raises or gives an array."""

from __future__ import annotations

from decimal import Decimal
from unittest.mock import ANY

import numpy as np
import pytest

from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.assertions.matcher import IsCode
from pytest_errcodes.envelope.equal_values import are_equal, differ


class Table:
    """As a table of pandas: ``==`` gives a table, and ``equals`` tells."""

    shape = (1,)

    def __init__(self, *values):
        self.values = values

    def __eq__(self, other):
        return Table(self.values == other.values)

    def __bool__(self):
        raise ValueError("ambiguous")

    def equals(self, other):
        """Return whether all values are equal."""
        return self.values == other.values

    __hash__ = None


class Raising:
    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


def hold_itself(*more):
    found = [*more]
    found.insert(0, found)
    return found


def nest(depth, value):
    for _ in range(depth):
        value = [value]
    return value


SAME = Raising()


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        (Table(1), Table(1), True),
        (Table(1), Table(2), False),
        ({"a": [Table(1)]}, {"a": [Table(1)]}, True),
        ({"a": [Table(1)]}, {"a": [Table(2)]}, False),
        (hold_itself(), hold_itself(), True),
        (hold_itself(1), hold_itself(2), False),
        (Raising(), Raising(), False),
        ([SAME, 1], [SAME, 1], True),
        ([Raising(), 1], [Raising(), 1], False),
        (Decimal("sNaN"), Decimal(1), False),
        (float("nan"), float("nan"), False),
        (np.array([1, 2]), np.array([1, 2]), True),
        (np.array([1, 2]), np.array([1, 3]), False),
        (np.array([1, 2]), np.array([[1, 2], [1, 2]]), False),
        (np.array([1, 2]), [1, 2], True),
        (np.array([1, 2]), 1, False),
        (np.array([1, 1]), 1, False),
        (np.array([]), np.array([]), True),
        (np.array([]), [], True),
        (np.array([]), np.array([1]), False),
        (np.array(7), 7, True),
        (np.array(["a", None], dtype=object), np.array(["a", None], dtype=object), True),
        ({"a": [np.array([1, 2])]}, {"a": [np.array([1, 2])]}, True),
        ({"a": [np.array([1, 2])]}, {"a": [np.array([2, 2])]}, False),
        (nest(30_000, 1), nest(30_000, 1), True),
        (nest(30_000, 1), nest(30_000, 2), False),
    ],
)
def test_equality(one, other, is_equal):
    """Equality is told whatever ``==`` does, and inequality the other way round."""
    assert are_equal(one, other) is is_equal
    assert differ(one, other) is not is_equal


BODY = {"code": 401009, "message": "clientOrderId already exists"}


def test_comparison_that_raises():
    """What raises when it is compared is a mismatch in words, which tells what was raised."""
    with pytest.raises(AssertionError) as caught:
        assert_code(BODY | {"data": 1}, 401009, data=Decimal("sNaN"))
    lines = str(caught.value).splitlines()
    assert lines[0] == "expected 401009 with the data given, came other data"
    assert lines[-1].startswith("hint: comparing them raised InvalidOperation")


def test_structure_that_holds_itself():
    """The way to a difference in a structure that holds itself ends."""
    with pytest.raises(AssertionError) as caught:
        assert_code(BODY | {"data": hold_itself(1)}, 401009, data=hold_itself(2))
    assert str(caught.value).splitlines()[0] == (
        "expected 401009 with the data given, came other data"
    )


def test_difference_that_lies_deep():
    """Of a long way to a difference the beginning and the end are shown."""
    with pytest.raises(AssertionError) as caught:
        assert_code(BODY | {"data": nest(5_000, 1)}, 401009, data=nest(5_000, 2))
    text = str(caught.value)
    assert f"data{'[0]' * 10}…(4,980 more)…{'[0]' * 10}" in text
    assert len(text) < 1_000


def test_class_that_tells_nothing():
    """A class whose metaclass raises is compared, and the failure tells what was raised."""

    class Silent(type):
        def __getattribute__(cls, name):
            raise TypeError("no")

    odd = Silent("Odd", (Raising,), {})
    with pytest.raises(AssertionError):
        assert_code(BODY | {"data": odd()}, 401009, data=odd())


def test_what_is_equal_to_anything():
    """What came so meets no expectation, in data or in a field; what is expected so is met."""
    came = BODY | {"data": ANY, "side": ANY}
    with pytest.raises(AssertionError) as caught:
        assert_code(came, 401009, data={"id": 7})
    assert str(caught.value) == (
        "expected 401009 with the data given, came other data\n"
        "  expected  data  {'id': 7}\n"
        "  came      data  <ANY>\n"
        "                  ^\n"
        "hint: what came is equal to anything, which shows nothing"
    )
    assert IsCode(401009, side="BUY").why_not(came) is not None
    assert_code(BODY | {"data": {"id": 7}}, 401009, data=ANY)
    assert IsCode(401009, side=ANY) == BODY | {"side": "BUY"}
