"""What came and is equal to anything, on its own or inside something."""

from __future__ import annotations

from collections import OrderedDict, UserDict, UserList, deque
from dataclasses import dataclass
from types import MappingProxyType, SimpleNamespace
from typing import NamedTuple
from unittest.mock import ANY

import attrs
import pytest

from pytest_errcodes import IsCode, assert_code, assert_success
from pytest_errcodes.envelope.equal_values import equals_anything


@dataclass
class Order:
    side: object


@dataclass(slots=True)
class SlottedOrder:
    side: object


@attrs.define
class Fill:
    side: object


class Row(NamedTuple):
    side: object


class Always:
    """A matcher of the user's that is equal to anything."""

    def __eq__(self, other):
        return True

    __hash__ = None


class Partial:
    """A matcher of others that looks at one field."""

    def __init__(self, side):
        self.side = side

    def __eq__(self, other):
        return isinstance(other, dict) and other.get("side") == self.side

    __hash__ = None


HOLDERS = [
    lambda one: one,
    lambda one: [1, one],
    lambda one: (1, one),
    lambda one: {"side": one},
    lambda one: {"orders": [{"side": one}]},
    lambda one: OrderedDict(side=one),
    lambda one: UserDict(side=one),
    lambda one: UserList([one]),
    lambda one: MappingProxyType({"side": one}),
    lambda one: deque([1, one]),
    lambda one: SimpleNamespace(side=one),
    Order,
    SlottedOrder,
    Fill,
    Row,
]


@pytest.mark.parametrize("hold", HOLDERS)
@pytest.mark.parametrize("universal", [ANY, Always()], ids=["ANY", "Always"])
def test_what_holds_it(hold, universal):
    """It shows nothing wherever it came, and is fine wherever it is expected."""
    assert hold(universal) == hold("BUY")
    assert equals_anything(hold(universal), hold("BUY"))
    assert not equals_anything(hold("BUY"), hold(universal))
    assert not equals_anything(hold(universal), hold(Always()))
    assert not equals_anything(hold("BUY"), hold("BUY"))


def test_matcher_of_others():
    """What a matcher of others has looked into is looked into too."""
    assert Partial("BUY") == {"side": ANY}
    assert equals_anything({"side": ANY}, Partial("BUY"))
    assert not equals_anything({"side": "BUY"}, Partial("BUY"))


def test_structure_that_holds_itself():
    """A structure that holds itself is gone through once."""
    came: list[object] = [1]
    came.append(came)
    assert not equals_anything(came, [1, [2]])
    came.append(ANY)
    assert equals_anything(came, [1, [2]])


BODY = {"code": 401009, "message": "clientOrderId already exists"}


def test_data_of_a_fake():
    """Data that hold it meet no expectation, and the failure names its place."""
    with pytest.raises(AssertionError) as caught:
        assert_code(BODY | {"data": {"orders": [ANY, 1]}}, 401009, data={"orders": [7, 1]})
    assert str(caught.value) == (
        "expected 401009 with the data given, came other data\n"
        "  expected  data.orders[0]  7\n"
        "  came      data.orders[0]  <ANY>\n"
        "                            ^\n"
        "hint: what came is equal to anything, which shows nothing"
    )
    with pytest.raises(AssertionError):
        assert_success({"code": 200, "data": [ANY]}, data=[1])
    assert_code(BODY | {"data": {"orders": [7, 1]}}, 401009, data={"orders": [ANY, 1]})


def test_field_of_a_fake():
    """A field that holds it meets no expectation either; the hint says where nothing else does."""
    why = IsCode(401009, order=Order("BUY")).why_not(BODY | {"order": Order(ANY)})
    assert why is not None
    assert why.splitlines()[-1] == (
        "hint: something in what came is equal to anything, which shows nothing"
    )
    assert IsCode(401009, order=Order(ANY)) == BODY | {"order": Order("BUY")}
