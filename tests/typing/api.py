"""The public API as a user's type checker sees it.

Checked by mypy --strict, never run. A wrong call carries the error it must be refused with; an
ignore that refuses nothing is itself an error (``warn_unused_ignores``).
"""

from __future__ import annotations

from typing import Any, assert_type

import pytest

from pytest_errcodes import (
    Catalog,
    CodeRoute,
    CodeRouter,
    Envelope,
    ErrcodesUsageError,
    ErrorCode,
    IsCode,
    NotAnEnvelopeError,
    RaisesCode,
    UnknownCodeError,
    assert_code,
    assert_documented,
    assert_success,
    load_catalog,
    raises_code,
)


class ApiError(Exception):
    code: int
    message: str


def catalogs(catalog: Catalog) -> None:
    assert_type(load_catalog(), Catalog)
    assert_type(load_catalog("my.toml"), Catalog)
    assert_type(catalog[401009], ErrorCode)
    assert_type(catalog["card_declined"], ErrorCode)
    assert_type(catalog[401009].code, int | str)
    assert_type(catalog[401009].template.render("20"), str)
    assert_type(catalog[401009].template.match("text"), tuple[str, ...] | None)
    assert_type(catalog.select("trading", "!401099"), tuple[ErrorCode, ...])
    assert_type(catalog.search("leverage"), tuple[ErrorCode, ...])
    assert_type(catalog.match_message("x"), tuple[tuple[ErrorCode, tuple[str, ...]], ...])
    catalog[401009] = catalog[401018]  # type: ignore[index]  # refused: a catalog does not change
    catalog.select(1.5)  # type: ignore[arg-type]  # refused: a selector is a text or a code


def envelopes(obj: object) -> None:
    envelope = Envelope.of(obj)
    assert_type(envelope, Envelope)
    assert_type(envelope.code, int | str)
    assert_type(envelope.message, str | None)
    assert_type(envelope.http_status, int | None)
    envelope.code = 1  # type: ignore[misc]  # refused: an envelope does not change


def assertions(obj: object, code: ErrorCode) -> None:
    assert_type(assert_code(obj, 401009), Envelope)
    assert_type(assert_code(obj, code, "20", data={"a": 1}, message="warn"), Envelope)
    assert_type(assert_success(obj), Envelope)
    assert_type(assert_documented(obj), Envelope)
    assert_type(obj == IsCode(401009, "20"), bool)
    assert_code(obj)  # type: ignore[call-arg]  # refused: which code?
    assert_code(obj, 401.009)  # type: ignore[arg-type]  # refused: a code is no float
    assert_code(obj, 401009, mesage="x")  # type: ignore[call-arg]  # refused: no such option


def raising() -> None:
    with raises_code(401009) as anything:
        pass
    assert_type(anything, RaisesCode[BaseException])
    with raises_code(401009, exception=ApiError) as raised:
        pass
    assert_type(raised.value, ApiError)
    assert_type(raised.envelope, Envelope)
    assert_type(raised.value.code, int)
    raises_code(401009, exception="ApiError")  # type: ignore[call-overload]  # refused: a class


def routes(errcodes: CodeRouter, error_code: ErrorCode, data: Any) -> None:
    assert_type(errcodes.post("/order"), CodeRoute)
    assert_type(errcodes.get(path="/order", json={"a": 1}), CodeRoute)
    assert_type(errcodes.route(method="PUT"), CodeRoute)
    assert_type(errcodes.reply(401112, "20"), CodeRoute)
    assert_type(errcodes.reply(error_code, *error_code.template.sample), CodeRoute)
    script = errcodes.post("/order").reply(100429, times=2).then(200000, data=data)
    assert_type(script, CodeRoute)
    assert_type(script.call_count, int)
    script.respond(json={"code": 401009})
    errcodes.post("/order").reply(401009, http_status=400, headers={"retry-after": "1"})
    errcodes.post("/order").reply()  # type: ignore[call-arg]  # refused: which code?
    errcodes.post("/order").reply(401009, status=400)  # type: ignore[call-arg]  # refused: http_status
    errcodes.post("/order").reply(401009, times="2")  # type: ignore[arg-type]  # refused: a number


def mistakes() -> None:
    with pytest.raises(ErrcodesUsageError) as mistake:
        load_catalog("missing.toml")
    assert_type(mistake.value.slug, str)
    assert_type(mistake.value.hint, str)
    assert issubclass(UnknownCodeError, KeyError)
    assert issubclass(NotAnEnvelopeError, ValueError)
