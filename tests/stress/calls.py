"""Anything at all as an argument of what is public: refused in words, or taken.

Each call is one of the public API with everything right but one argument, which is whatever a
wrong test may pass: of another type, huge, deep, hostile. What comes of it is a result, or an error
of ours; Python's own tell nobody what to write instead.
"""

from __future__ import annotations

import math
import pathlib
from contextlib import suppress
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest import mock

from objects import make_object

from pytest_errcodes import (
    CodeRouter,
    Envelope,
    ErrcodesUsageError,
    IsCode,
    NotAnEnvelopeError,
    assert_code,
    assert_documented,
    assert_success,
    load_catalog,
    raises_code,
    unmasked,
)
from pytest_errcodes.catalog import parse_catalog, write_catalog
from pytest_errcodes.simulation.network import Network
from pytest_errcodes.tools import (
    diff,
    explain,
    export_catalog,
    import_catalog,
    lint,
    scan,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Call = Callable[[Any], object]

_CATALOG = load_catalog()
_CODE = _CATALOG[401009]
_BODY = {"code": 401009, "message": "clientOrderId already exists", "data": {"id": 7}}
_SOURCE = str(pathlib.Path(__file__).with_name("run.py"))
_OPTIONS = (
    "data", "message", "fields", "code_type", "alternative", "shape", "undocumented", "items",
    "http_status", "headers",
)  # fmt: skip


class _Color(Enum):
    RED = "red"


def _nest(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def _return(value: Any) -> Any:
    return value


#: What a test may pass by mistake.
_VALUES = (
        None, True, False, 0, -1, 7, 401009, 999999, 10**5_000, -(10**40), 1.5, math.nan, math.inf,
        1j, "", "x", "401009", "4010xx", "*", "!", "!401009", "ltp", "a\x00b", "\ud800", "\n", "é",
        "x" * 5_000, "{}", "%s", "1-", "9" * 5_000, b"", b"\xff", b"401009", bytearray(b"x"),
        memoryview(b"x"), (), (1,), (401009, "x"), [], [401009], ["x", None], {}, {"a": 1},
        {1: 2}, {401009}, frozenset(), range(3), ..., NotImplemented, object(), object, int, str,
        Exception, ValueError("x"), len, print, _CATALOG, _CODE, _CODE.section, _CATALOG.shape,
        _Color.RED, _Color, mock.ANY, mock.sentinel.x, pathlib.Path("nowhere"),
        pathlib.Path("/nowhere/x.toml"), "/dev/null", "x" * 300 + ".toml",
)  # fmt: skip
_WRONG: tuple[Callable[[], Any], ...] = (
    *(partial(_return, value) for value in _VALUES),
    lambda: _nest(5_000),
    lambda: (one for one in (1, 2)),
    lambda: iter([]),
    mock.Mock,
    mock.MagicMock,
)


def _route() -> Any:
    return CodeRouter(catalog=_CATALOG, network=Network()).get("/order")


def _raise_within(*given: Any, **options: Any) -> None:
    with raises_code(*given, **options):
        raise _ApiError


class _ApiError(Exception):
    code, message = 401009, "clientOrderId already exists"


def _guard(one: Any) -> None:
    with suppress(ValueError):  # the class that its documentation tells
        CodeRouter(catalog=_CATALOG, network=Network())(network=one)


def _name_path(one: Any) -> Any:
    """Return an argument; of one that names this folder, which takes long to read, another."""
    return "nowhere" if type(one) is str and not one else one


_CALLS: dict[str, Call] = {
    "load_catalog": load_catalog,
    "parse_catalog": parse_catalog,
    "parse_catalog source": lambda one: parse_catalog("name = 7", one),
    "catalog[]": lambda one: _CATALOG[one],
    "in catalog": lambda one: one in _CATALOG,
    "get": _CATALOG.get,
    "find": _CATALOG.find,
    "is_success": _CATALOG.is_success,
    "select": _CATALOG.select,
    "select second": lambda one: _CATALOG.select("trading", one),
    "search": _CATALOG.search,
    "match_message": _CATALOG.match_message,
    "section_for": _CATALOG.section_for,
    "catalog.body": _CATALOG.body,
    "catalog.body param": lambda one: _CATALOG.body(401112, one),
    "code.match": _CODE.match,
    "code.body": _CODE.body,
    "template.render": _CATALOG[401112].template.render,
    "template.match": _CATALOG[401112].template.match,
    "shape.allows": _CATALOG.shape.allows,
    "shape.is_success": _CATALOG.shape.is_success,
    "Envelope.of": Envelope.of,
    "Envelope.of shape": lambda one: Envelope.of(_BODY, one),
    "assert_code": lambda one: assert_code(one, 401009),
    "assert_code code": lambda one: assert_code(_BODY, one),
    "assert_code param": lambda one: assert_code(_BODY, 401009, one),
    "assert_code data": lambda one: assert_code(_BODY, 401009, data=one),
    "assert_code message": lambda one: assert_code(_BODY, 401009, message=one),
    "assert_code catalog": lambda one: assert_code(_BODY, 401009, catalog=one),
    "assert_code undocumented": lambda one: assert_code(_BODY, 999999, undocumented=one),
    "assert_success": assert_success,
    "assert_success data": lambda one: assert_success({"code": 200}, data=one),
    "assert_success message": lambda one: assert_success({"code": 200}, message=one),
    "assert_success catalog": lambda one: assert_success({"code": 200}, catalog=one),
    "assert_documented": assert_documented,
    "assert_documented message": lambda one: assert_documented(_BODY, message=one),
    "IsCode": lambda one: IsCode(one).why_not(_BODY),
    "IsCode param": lambda one: IsCode(401112, one).why_not(_BODY),
    "IsCode catalog": lambda one: IsCode(401009, catalog=one).why_not(_BODY),
    "IsCode message": lambda one: IsCode(401009, message=one).why_not(_BODY),
    "IsCode data": lambda one: IsCode(401009, data=one).why_not(_BODY),
    "IsCode field": lambda one: IsCode(401009, requestId=one).why_not(_BODY),
    "IsCode undocumented": lambda one: IsCode(401009, undocumented=one).why_not(_BODY),
    "why_not": lambda one: IsCode(401009).why_not(one),
    "find_mismatch": lambda one: IsCode(401009).find_mismatch(one),
    "raises_code": raises_code,
    "raises_code param": lambda one: _raise_within(401009, one),
    **{
        f"raises_code {name}": lambda one, name=name: _raise_within(401009, **{name: one})
        for name in (
            "exception", "match", "message", "catalog", "times", "received", "early", "undocumented"
        )
    },
    "unmasked": unmasked,
    "router(network=)": _guard,
    "router.reply": lambda one: CodeRouter(catalog=_CATALOG, network=Network()).reply(one),
    "reply": lambda one: _route().reply(one),
    "reply param": lambda one: _route().reply(401112, one),
    "then": lambda one: _route().reply(401009).then(one),
    "then before": lambda one: _route().then(one),
    "then times": lambda one: _route().reply(401009).then(401018, times=one),
    "reply times": lambda one: _route().reply(401009, times=one),
    **{
        f"reply {name}": lambda one, name=name: _route().reply(401009, **{name: one})
        for name in _OPTIONS
    },
    **{
        f"catalog.response {name}": lambda one, name=name: _CATALOG.response(
            401009, **{name: one}
        )
        for name in _OPTIONS
    },
    **{
        f"code.response {name}": lambda one, name=name: _CODE.response(**{name: one})
        for name in _OPTIONS
        if name != "undocumented"
    },
    "explain": lambda one: explain(_CATALOG, one),
    "explain catalog": lambda one: explain(one, "401009"),
    "lint": lint,
    "lint ignore": lambda one: lint(_CATALOG, ignore=one),
    "diff old": lambda one: diff(one, _CATALOG),
    "diff new": lambda one: diff(_CATALOG, one),
    "export_catalog": lambda one: export_catalog(_CATALOG, one),
    "export_catalog catalog": lambda one: export_catalog(one, "json"),
    "write_catalog": write_catalog,
    "import_catalog": lambda one: import_catalog(_name_path(one)),
    "ImportOptions": lambda one: import_catalog(_SOURCE, one),
    "scan": lambda one: scan(one, _CATALOG),
    "scan path": lambda one: scan([_name_path(one)], _CATALOG),
    "scan catalog": lambda one: scan([_SOURCE], one),
    "scan select": lambda one: scan([_SOURCE], _CATALOG, select=one),
    "scan ignore": lambda one: scan([_SOURCE], _CATALOG, ignore=one),
}  # fmt: skip
_NAMES = tuple(_CALLS)
#: What refuses in words.
_OURS = (ErrcodesUsageError, AssertionError, NotAnEnvelopeError, _ApiError)


def pass_wrong(random: Random) -> None:
    """Pass what a test may pass by mistake."""
    name, make = random.choice(_NAMES), random.choice(_WRONG)
    one = make()
    with suppress(*_OURS):
        _CALLS[name](one)


def pass_hostile(random: Random) -> None:
    """Pass an object whose methods raise or lie."""
    name, one = random.choice(_NAMES), make_object(random)
    with suppress(*_OURS):
        _CALLS[name](one)


PLAYS = (pass_wrong, pass_hostile)
