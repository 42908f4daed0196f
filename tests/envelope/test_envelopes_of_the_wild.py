"""Envelopes of public APIs: a catalog of a few lines reads them, writes them, and is not fooled."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import httpx
import pytest

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.reply import make_reply


class Wild(NamedTuple):
    """One API: its catalog, an error and a success of it, and what is neither.

    Attributes:
        catalog: The catalog.
        code: The code of the error.
        error: HTTP status and body of the error, as a reply writes it.
        success: HTTP status and body of a success.
        data: The data of that success.
        doubtful: What must not pass for a success: HTTP status and body.
    """

    catalog: str
    code: int | str
    error: tuple[int, Any]
    success: tuple[int, Any]
    data: Any
    doubtful: tuple[tuple[int, Any], ...] = ()


WILD = {
    "Binance": Wild(
        'http_status = 400\n[envelope]\nmessage = "msg"\nsuccess = "absent"\n'
        '[sections.a.codes]\n-1121 = "Invalid symbol."\n',
        -1121,
        (400, {"code": -1121, "msg": "Invalid symbol."}),
        (200, {"symbol": "BTCUSDT", "price": "1"}),
        {"symbol": "BTCUSDT", "price": "1"},
        ((400, {}), (502, {"symbol": "X"}), (200, {"code": -1, "msg": "x"}), (200, "text")),
    ),
    "Binance, a list": Wild(
        '[envelope]\nmessage = "msg"\nsuccess = "absent"\n[sections.a.codes]\n-1121 = "Bad"\n',
        -1121,
        (200, {"code": -1121, "msg": "Bad"}),
        (200, [{"symbol": "BTCUSDT"}]),
        [{"symbol": "BTCUSDT"}],
        ((500, [1]), (200, 7), (200, None)),
    ),
    "Bybit": Wild(
        '[envelope]\ncode = "retCode"\nmessage = "retMsg"\ndata = "result"\nsuccess = [0]\n'
        '[sections.a.codes]\n10001 = "params error"\n',
        10001,
        (200, {"retCode": 10001, "retMsg": "params error", "result": None}),
        (200, {"retCode": 0, "retMsg": "OK", "result": {"list": []}}),
        {"list": []},
        ((200, {"retCode": "0", "retMsg": "OK"}), (200, {"retMsg": "OK", "result": {}})),
    ),
    "OKX": Wild(
        '[envelope]\nmessage = "msg"\ncode_type = "string"\nsuccess = ["0"]\nitems = "data"\n'
        'item_shape = "order"\n[envelope.order]\ncode = "sCode"\nmessage = "sMsg"\ndata = "*"\n'
        '[sections.a.codes]\n"51008" = "Insufficient balance"\n"1" = "Operation failed."\n',
        "51008",
        (200, {"code": "51008", "msg": "Insufficient balance", "data": None}),
        (200, {"code": "0", "msg": "", "data": [{"sCode": "0", "sMsg": "", "ordId": "1"}]}),
        [{"sCode": "0", "sMsg": "", "ordId": "1"}],
        (
            (200, {"code": 0, "msg": "", "data": []}),
            (200, {"code": "0", "msg": "", "data": [{"sCode": "51008", "sMsg": "x"}]}),
        ),
    ),
    "Stripe": Wild(
        'http_status = 402\n[envelope]\ncode = "error.code"\nmessage = "error.message"\n'
        'code_type = "string"\nsuccess = "absent"\n'
        '[sections.a.codes]\ncard_declined = "Your card was declined."\n',
        "card_declined",
        (402, {"error": {"code": "card_declined", "message": "Your card was declined."}}),
        (200, {"id": "ch_1", "amount": 5}),
        {"id": "ch_1", "amount": 5},
        (
            (402, {"error": {"message": "no code", "type": "card_error"}}),
            (200, {"error": {"message": "no code"}}),
            (200, {"error": "boom"}),
            (200, {"error": [1]}),
            (500, {"id": "ch_1"}),
            (302, {"id": "ch_1"}),
        ),
    ),
    "Slack": Wild(
        '[envelope]\ncode = "error"\nmessage = ""\ndata = "*"\ncode_type = "string"\n'
        'success_field = "ok"\n[sections.a.codes]\nchannel_not_found = "No such channel."\n',
        "channel_not_found",
        (200, {"error": "channel_not_found", "ok": False}),
        (200, {"ok": True, "channel": "C1"}),
        {"channel": "C1"},
        (
            (200, {"ok": False}),
            (200, {"channel": "C1"}),
            (200, {"ok": 1, "channel": "C1"}),
            (200, {"ok": "true"}),
            (200, {"ok": True, "error": "channel_not_found"}),
        ),
    ),
    "Telegram": Wild(
        'http_status = 400\n[envelope]\ncode = "error_code"\nmessage = "description"\n'
        'data = "result"\nsuccess_field = "ok"\n[sections.a.codes]\n400 = "Bad Request"\n',
        400,
        (400, {"error_code": 400, "description": "Bad Request", "ok": False}),
        (200, {"ok": True, "result": {"id": 1}}),
        {"id": 1},
        ((200, {"ok": False, "description": "x"}), (200, {"result": {"id": 1}})),
    ),
    "Twilio": Wild(
        'http_status = 404\n[envelope]\nsuccess = "absent"\n'
        '[sections.a.codes]\n20404 = "The requested resource was not found"\n',
        20404,
        (404, {"code": 20404, "message": "The requested resource was not found"}),
        (201, {"sid": "SM1"}),
        {"sid": "SM1"},
        ((400, {"message": "bad"}),),
    ),
    "GraphQL": Wild(
        '[envelope]\ncode = "errors.0.extensions.code"\nmessage = "errors.0.message"\n'
        'data = "data"\ncode_type = "string"\nsuccess = "absent"\n'
        '[sections.a.codes]\nUNAUTHENTICATED = "Log in"\n',
        "UNAUTHENTICATED",
        (200, {"errors": [{"extensions": {"code": "UNAUTHENTICATED"}, "message": "Log in"}]}),
        (200, {"data": {"me": 1}}),
        {"me": 1},
        ((200, {"errors": [{"message": "Syntax error"}]}), (200, {"errors": {"a": 1}})),
    ),
    "JSON-RPC": Wild(
        '[envelope]\ncode = "error.code"\nmessage = "error.message"\ndata = "result"\n'
        'success = "absent"\nfields = { jsonrpc = "2.0" }\n'
        '[sections.a.codes]\n-32601 = "Method not found"\n',
        -32601,
        (200, {"error": {"code": -32601, "message": "Method not found"}, "jsonrpc": "2.0"}),
        (200, {"jsonrpc": "2.0", "result": 19, "error": None}),
        19,
        ((200, {"jsonrpc": "2.0", "error": {"message": "x"}}),),
    ),
    "JSON:API": Wild(
        'http_status = 422\n[envelope]\ncode = "errors.0.code"\nmessage = "errors.0.title"\n'
        'data = "data"\ncode_type = "string"\nsuccess = "http_status"\n'
        '[sections.a.codes]\n"226" = "Name is taken"\n',
        "226",
        (422, {"errors": [{"code": "226", "title": "Name is taken"}]}),
        (200, {"data": {"id": "1"}, "errors": []}),
        {"id": "1"},
        ((422, {"data": {}}), (200, {"errors": [{"code": "226"}]})),
    ),
    "success and code": Wild(
        '[envelope]\ndata = "*"\nsuccess_field = "success"\n[sections.a.codes]\n40001 = "Bad"\n',
        40001,
        (200, {"code": 40001, "message": "Bad", "success": False}),
        (200, {"success": True, "code": 200, "message": "ok", "order": 7}),
        {"order": 7},
        ((200, {"success": False, "code": 200}), (200, {"success": True, "code": 40001})),
    ),
    "AWS": Wild(
        'http_status = 400\n[envelope]\ncode = "__type"\nmessage = ["message", "Message"]\n'
        'code_type = "string"\nsuccess = "http_status"\ndata = "*"\n'
        '[sections.a.codes]\nThrottlingException = "Rate exceeded"\n',
        "ThrottlingException",
        (400, {"__type": "ThrottlingException", "message": "Rate exceeded"}),
        (200, {"TableNames": []}),
        {"TableNames": []},
        ((500, {}), (200, {"__type": "ThrottlingException"})),
    ),
    "Alibaba": Wild(
        'http_status = 403\n[envelope]\ncode = "Code"\nmessage = "Message"\ndata = "*"\n'
        'code_type = "string"\nsuccess = ["OK"]\n'
        '[sections.a.codes]\n"Forbidden.RAM" = "Not authorized"\n',
        "Forbidden.RAM",
        (403, {"Code": "Forbidden.RAM", "Message": "Not authorized"}),
        (200, {"Code": "OK", "Message": "OK", "RequestId": "1"}),
        {"RequestId": "1"},
        ((200, {"RequestId": "1"}),),
    ),
    "Google": Wild(
        'http_status = 404\n[envelope]\ncode = "error.status"\nmessage = "error.message"\n'
        'code_type = "string"\nsuccess = "absent"\n[sections.a.codes]\nNOT_FOUND = "Not found"\n',
        "NOT_FOUND",
        (404, {"error": {"status": "NOT_FOUND", "message": "Not found"}}),
        (200, {"name": "x"}),
        {"name": "x"},
        ((200, {"error": {"code": 404}}),),
    ),
    "bitbank": Wild(
        '[envelope]\ncode = "data.code"\nmessage = ""\ndata = "data"\nsuccess_field = "success"\n'
        "success_value = 1\nerror_value = 0\n[sections.a.codes]\n20001 = 'Auth failed'\n",
        20001,
        (200, {"data": {"code": 20001}, "success": 0}),
        (200, {"success": 1, "data": {"price": "1"}}),
        {"price": "1"},
        ((200, {"success": True, "data": {}}), (200, {"success": 0, "data": {}})),
    ),
}
EACH = pytest.mark.parametrize("wild", WILD.values(), ids=WILD)


def respond(status: int, body: Any) -> httpx.Response:
    return httpx.Response(status, json=body)


@EACH
def test_error(wild: Wild) -> None:
    """An error is read as one, with its code, wherever that stands."""
    found = read(respond(*wild.error), parse_catalog(wild.catalog))

    assert not isinstance(found, Refusal), found
    assert (found.code, found.is_success) == (wild.code, False)


@EACH
def test_success(wild: Wild) -> None:
    """A success is read as one, with its payload."""
    found = read(respond(*wild.success), parse_catalog(wild.catalog))

    assert not isinstance(found, Refusal), found
    assert (found.is_success, found.data) == (True, wild.data)


@EACH
def test_doubtful(wild: Wild) -> None:
    """What is no whole success passes for none."""
    catalog = parse_catalog(wild.catalog)
    for status, body in wild.doubtful:
        found = read(respond(status, body), catalog)
        assert isinstance(found, Refusal) or not found.is_success, (status, body)


@EACH
def test_reply(wild: Wild) -> None:
    """A reply of an error is what the API sends."""
    reply = make_reply(parse_catalog(wild.catalog), wild.code, (), {})

    assert (reply.http_status, json.loads(reply.body)) == wild.error


@EACH
def test_reply_of_a_success(wild: Wild) -> None:
    """A reply without a code is a success whose data come back."""
    catalog = parse_catalog(wild.catalog)
    reply = make_reply(catalog, None, (), {"data": wild.data})
    found = read(httpx.Response(reply.http_status, content=reply.body), catalog)

    assert not isinstance(found, Refusal), found
    assert (found.is_success, found.data, reply.data) == (True, wild.data, wild.data)
    assert found.code == reply.code


def test_a_mapping_whose_status_is_not_known() -> None:
    """What has a message and no code may be an error: only its HTTP status could tell."""
    found = read({"message": "Forbidden"}, parse_catalog(WILD["Twilio"].catalog))

    assert isinstance(found, Refusal)
    assert (
        found.reason
        == "whether it is a success is told by the HTTP status, which is not known here"
    )
    assert found.hint == "pass the response, not what is in it"


@pytest.mark.parametrize(
    ("error", "end"),
    [
        ("boom", "'error', which is a text ('boom')"),
        ([1, 2], "'error', which is a list of 2"),
        ({"message": "x"}, "'error', which is an object"),
    ],
)
def test_where_a_path_ends(error: object, end: str) -> None:
    """A path that leads through something else is told with the place, and what stands there."""
    found = read({"error": error}, parse_catalog(WILD["Stripe"].catalog))

    assert isinstance(found, Refusal)
    assert found.reason == f"the field 'error.code' is missing: its path ends at {end}"


def test_an_exception_carries_no_success() -> None:
    """An exception whose answer has no code has none, however its API tells a success."""
    error = RuntimeError("boom")
    error.response = respond(200, {"id": 1})  # type: ignore[attr-defined]  # as clients do it

    assert isinstance(read(error, parse_catalog(WILD["Stripe"].catalog)), Refusal)
