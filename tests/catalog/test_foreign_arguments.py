"""Whose fault it is that a call raised: an argument's, or ours."""

from __future__ import annotations

from enum import IntEnum

import pytest

from pytest_errcodes import CodeRouter, ErrcodesUsageError, IsCode, load_catalog, raises_code
from pytest_errcodes.catalog.foreign_arguments import blame_argument
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.simulation.network import Network


class Fault(Exception):
    """A fault of ours."""


class Foreign:
    """A class of the user's."""


class Codes(IntEnum):
    DUPLICATE = 401009


CATALOG = load_catalog("ltp")
CODE = CATALOG[401009]


def nest(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "argument",
    [
        401009,
        "401009",
        ...,
        CODE,
        CATALOG,
        CATALOG.shape,
        {"id": 7, "codes": [CODE, (None, 1.5)]},
    ],
    ids=repr,
)
def test_what_raises_nothing(argument):
    """Python's own values and objects of ours, containers of them too, are not blamed."""
    fault = Fault()
    assert blame_argument("reply", [1, argument], fault) is fault


@pytest.mark.parametrize(
    "argument",
    [Foreign(), Foreign, Codes.DUPLICATE, {"id": [Foreign()]}, nest(20_000), [0] * 20_000],
    ids=["object", "class", "enum", "inside", "deep", "large"],
)
def test_what_may_have_raised(argument):
    """Objects of others are blamed, and what holds them or too much."""
    blamed = blame_argument("reply", [1, argument], Fault("no"))
    assert type(blamed) is ErrcodesUsageError
    assert str(blamed) == (
        "looking at the arguments of reply(...) raised Fault('no')\n"
        "hint: pass numbers, texts, lists and dicts of Python's own"
    )


def reply():
    CodeRouter(catalog=CATALOG, network=Network()).get("/order").reply(CODE, data={"id": 7})


@pytest.mark.parametrize(
    "call",
    [reply, lambda: CATALOG.body(CODE), lambda: IsCode(CODE, "x"), lambda: raises_code(CODE, "x")],
    ids=["reply", "body", "IsCode", "raises_code"],
)
def test_fault_of_ours(monkeypatch, call):
    """Where an error code is given, a fault of ours is told as it is, and not as a mistake."""

    def fail(self):
        raise Fault

    monkeypatch.setattr(ErrorCode, "template", property(fail))
    monkeypatch.setattr(ErrorCode, "templates", property(fail))
    with pytest.raises(Fault):
        call()
