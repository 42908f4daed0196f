"""Right calls of the top level: each has the exact type that a user's checker sees.

``test_checkers.py`` runs the checkers over all files beside it; nothing of them is ever run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, assert_type

import httpx
import pytest
from respx.models import CallList

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
    unmasked,
)
from pytest_errcodes.catalog import EnvelopeShape, MessageTemplate, Section

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


class ApiError(Exception):
    code: int
    message: str


def catalogs() -> None:
    catalog = load_catalog()
    assert_type(catalog, Catalog)
    assert_type(load_catalog("my.toml"), Catalog)
    assert_type(catalog[401009], ErrorCode)
    assert_type(catalog["card_declined"], ErrorCode)
    assert_type(catalog.get(401009), ErrorCode | None)
    assert_type(catalog.get(401009, "none"), ErrorCode | str)
    assert_type(catalog.find(200000), ErrorCode)
    assert_type(list(catalog), list[int | str])
    assert_type(list(catalog.values()), list[ErrorCode])
    assert_type(catalog.select("trading", "!401099", 401009), tuple[ErrorCode, ...])
    assert_type(catalog.search("leverage"), tuple[ErrorCode, ...])
    assert_type(catalog.match_message("x"), tuple[tuple[ErrorCode, tuple[str, ...]], ...])
    assert_type(catalog.section_for(401065), Section | None)
    assert_type(catalog.sections, tuple[Section, ...])
    assert_type(catalog.shape, EnvelopeShape)
    assert_type(catalog.is_success(200), bool)
    assert_type(401009 in catalog, bool)
    assert_type(len(catalog), int)


def codes(code: ErrorCode) -> None:
    assert_type(code.code, int | str)
    assert_type(code.message, str)
    assert_type(code.template, MessageTemplate)
    assert_type(code.template.render("20"), str)
    assert_type(code.http_status, int)
    assert_type(code.tags, tuple[str, ...])
    assert_type(code.style, Literal["printf", "format", "dollar", "angle", "none"])
    assert_type(code.as_dict(), dict[str, object])


def envelopes(obj: object) -> None:
    envelope = Envelope.of(obj)
    assert_type(envelope, Envelope)
    assert_type(Envelope.of(obj, shape=envelope.shape), Envelope)
    assert_type(envelope.code, int | str | None)
    assert_type(envelope.items, tuple[Envelope, ...])
    assert_type(envelope.is_success, bool)
    assert_type(envelope.message, str | None)
    assert_type(envelope.http_status, int | None)
    assert_type(envelope.is_success, bool)


def assertions(obj: object, code: ErrorCode, catalog: Catalog) -> None:
    assert_type(assert_code(obj, 401009), Envelope)
    assert_type(assert_code(obj, 999999, undocumented=True), Envelope)
    assert_type(code.body("20", data={"a": 1}), dict[str, Any])
    assert_type(code.body(shape="token"), dict[str, Any])
    assert_type(catalog.body(items=[401009, None, {"id": 1}]), dict[str, Any])
    assert_type(code.response(http_status=400, headers={"a": "b"}).headers, dict[str, str])
    assert_type(assert_code(obj, code, "20", data={"a": 1}, message="warn"), Envelope)
    assert_type(assert_success(obj, data=None), Envelope)
    assert_type(assert_documented(obj, catalog=catalog), Envelope)
    matcher = IsCode(401009, "20", http_status=400, orderId="1")
    assert_type(obj == matcher, bool)
    assert_type(matcher.why_not(obj), str | None)
    assert_type(matcher.mismatch, str | None)


def raising() -> None:
    with raises_code(401009) as anything:
        pass
    assert_type(anything, RaisesCode[BaseException])
    with raises_code(401009, exception=ApiError, match="twice") as raised:
        pass
    assert_type(raised, RaisesCode[ApiError])
    assert_type(raised.value, ApiError)
    assert_type(raised.envelope, Envelope)
    assert_type(raised.value.code, int)
    with raises_code(401009, early=True) as sooner:
        raise ApiError
    assert_type(sooner.value, BaseException)
    with raises_code(401009, exception=(ApiError, KeyError)) as either:
        pass
    one: Exception = either.value
    assert one


def routes(errcodes: CodeRouter, error_code: ErrorCode, data: Any) -> None:
    assert_type(errcodes.post("/order"), CodeRoute)
    assert_type(errcodes.get(path="/order", json={"a": 1}), CodeRoute)
    assert_type(errcodes.route(method="PUT"), CodeRoute)
    assert_type(errcodes.reply(401112, 20), CodeRoute)
    assert_type(errcodes.reply(data={"id": 1}), CodeRoute)
    assert_type(errcodes.post("/order", shape="websocket").reply(60009), CodeRoute)
    assert_type(errcodes.reply(60009, shape="websocket", items=[401009, None, {}]), CodeRoute)
    assert_type(errcodes.reply(error_code, *error_code.template.sample), CodeRoute)
    script = errcodes.post("/order").reply(100429, times=2).then(200000, data=data)
    assert_type(script, CodeRoute)
    assert_type(script.call_count, int)
    assert_type(script.called, bool)
    assert_type(script.calls, CallList)
    assert_type(script.calls.last.response, httpx.Response)
    assert_type(script.pass_through(), CodeRoute)
    assert_type(script.optional().reply(401009), CodeRoute)
    assert_type(script.never(), CodeRoute)
    assert_type(script.mock(side_effect=httpx.ReadTimeout).optional(), CodeRoute)
    assert_type(errcodes(assert_all_sent=False), Any)
    script.respond(json={"code": 401009})
    errcodes.post("/order").reply(401009, http_status=400, headers={"retry-after": "1"})
    errcodes.post("/order").reply(401009, fields={"requestId": "r1"}, code_type=str, alternative=0)
    mixed = errcodes.post("/order").reply(httpx.Response(503), times=2).then(httpx.ReadTimeout)
    assert_type(mixed.then(httpx.ConnectError("refused")).then(401009), CodeRoute)
    errcodes.post("/order").reply(1, undocumented=True, message="new", headers=[("a", "b")])


def snapshots(envelope_snapshot: SnapshotAssertion, obj: object) -> None:
    assert_type(obj == envelope_snapshot(matcher=unmasked("orderId")), bool)


def mistakes() -> None:
    with pytest.raises(ErrcodesUsageError) as mistake:
        load_catalog("missing.toml")
    assert_type(mistake.value.slug, str)
    assert_type(mistake.value.hint, str)
    with pytest.raises(UnknownCodeError) as unknown:
        load_catalog()[1]
    assert_type(unknown.value.code, object)
    assert_type(unknown.value.catalog, str)
    key_error: KeyError = unknown.value
    with pytest.raises(NotAnEnvelopeError) as no_envelope:
        Envelope.of(None)
    assert_type(no_envelope.value.message, str)
    value_error: ValueError = no_envelope.value
    assert key_error, value_error
