"""Hostile objects as arguments: a wrong one is told in words, and none makes a wrong test pass."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from objects import make_object

from pytest_errcodes import (
    CodeRouter,
    Envelope,
    ErrcodesUsageError,
    IsCode,
    NotAnEnvelopeError,
    assert_code,
    assert_documented,
    load_catalog,
    raises_code,
)
from pytest_errcodes.simulation.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_BODY = {"code": 401009, "message": "clientOrderId already exists", "data": {"id": 7}}
_OPTIONS = (
    "data", "message", "fields", "code_type", "alternative", "shape", "http_status", "headers",
    "undocumented", "items", "times",
)  # fmt: skip


class _ApiError(Exception):
    code, message = 401009, "clientOrderId already exists"


def _raise_within(*params: Any, **options: Any) -> None:
    with raises_code(401009, *params, **options):
        raise _ApiError


#: What each takes as an argument; whatever it is, only an error in words may come of it.
_CALLS: tuple[Callable[[Any], object], ...] = (
    lambda one: assert_code(_BODY, 401009, message=one),
    lambda one: assert_code(_BODY, 401009, catalog=one),
    lambda one: assert_code(_BODY, 401009, undocumented=one),
    lambda one: assert_documented(_BODY, message=one, catalog=one),
    lambda one: IsCode(401009, message=one).why_not(_BODY),
    lambda one: Envelope.of(_BODY, one),
    lambda one: load_catalog(one) if not issubclass(type(one), str) else None,
    _raise_within,
    lambda one: _raise_within(exception=one),
    lambda one: _raise_within(match=one),
    lambda one: _raise_within(times=one),
    lambda one: _raise_within(received=one, early=one),
)


def call_helpers(random: Random) -> None:
    """Give a hostile object to the helpers."""
    one, call = make_object(random), random.choice(_CALLS)
    with suppress(ErrcodesUsageError, AssertionError, NotAnEnvelopeError):
        call(one)


def reply_with(random: Random) -> None:
    """Give a hostile object to ``reply``, as each of its options."""
    one, option = make_object(random), random.choice(_OPTIONS)
    router = CodeRouter(catalog=load_catalog(), network=Network())
    with suppress(ErrcodesUsageError):
        router.get("/order").reply(401009, **{option: one})


def expect_another_code(random: Random) -> None:
    """Assert a code that was not raised, with a hostile argument beside it."""
    one, option = make_object(random), random.choice(("match", "message", "exception"))
    with suppress(ErrcodesUsageError, AssertionError, _ApiError):
        with raises_code(401018, **{option: one}):
            raise _ApiError
        raise RuntimeError(f"another code passed with {option}=")


PLAYS = (call_helpers, reply_with, expect_another_code)
