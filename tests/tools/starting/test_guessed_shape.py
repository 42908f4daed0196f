"""Answers of public APIs, an error and a success: which envelope they show, and that it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply
from pytest_errcodes.tools.starting.beginning import StarterOptions
from pytest_errcodes.tools.starting.starter_plan import plan_start

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_errcodes.tools.starting.starter_plan import StarterPlan

ABSENT = 'success = "absent"'
#: An error, a success, the code, and what the envelope says beyond its type of codes.
WILD: dict[str, tuple[Any, Any, Any, str]] = {
    "GraphQL, the code in an extension": (
        {"errors": [{"message": "Log in", "extensions": {"code": "AUTH"}}], "data": None},
        {"data": {"me": {"id": "1"}}},
        "AUTH",
        f'code = "errors.0.extensions.code", message = "errors.0.message", data = "data", {ABSENT}',
    ),
    "GraphQL, the type of an error": (
        {"data": None, "errors": [{"type": "NOT_FOUND", "path": ["a"], "message": "No such one"}]},
        {"data": {"viewer": {"login": "x"}}},
        "NOT_FOUND",
        f'code = "errors.0.type", message = "errors.0.message", data = "data", {ABSENT}',
    ),
    "JSON:API": (
        {"errors": [{"status": "422", "code": "226", "title": "Bad", "detail": "Too short."}]},
        {"data": {"type": "articles", "id": "1"}},
        "226",
        f'code = "errors.0.code", message = "errors.0.detail", data = "data", {ABSENT}',
    ),
    "OAuth": (
        {"error": "invalid_grant", "error_description": "It has expired", "error_uri": "https://x"},
        {"access_token": "a", "token_type": "bearer"},
        "invalid_grant",
        f'code = "error", message = "error_description", data = "*", {ABSENT}',
    ),
    "AWS": (
        {"__type": "ThrottlingException", "message": "Rate exceeded"},
        {"TableNames": ["a"]},
        "ThrottlingException",
        f'code = "__type", message = "message", data = "*", {ABSENT}',
    ),
    "PayPal": (
        {"name": "INVALID_REQUEST", "message": "Not well-formed", "debug_id": "b", "details": []},
        {"id": "5", "status": "CREATED"},
        "INVALID_REQUEST",
        f'code = "name", message = "message", data = "*", {ABSENT}',
    ),
    "a flag that no success has": (
        {"status": "error", "message": "Invalid input", "category": "VALIDATION_ERROR"},
        {"results": []},
        "VALIDATION_ERROR",
        f'code = "category", message = "message", data = "results", {ABSENT}',
    ),
    "a number under the name error": (
        {"error": 10, "message": "Invalid API key"},
        {"artist": {"name": "x"}},
        10,
        f'code = "error", message = "message", data = "*", {ABSENT}',
    ),
    "a word beside a number that may be the HTTP status": (
        {"error": {"code": 404, "message": "Not there", "status": "NOT_FOUND"}},
        {"name": "projects/x"},
        "NOT_FOUND",
        f'code = "error.status", message = "error.message", data = "*", {ABSENT}',
    ),
    "Elasticsearch": (
        {"error": {"root_cause": [], "type": "index_not_found", "reason": "no x"}, "status": 404},
        {"took": 1, "hits": {}},
        "index_not_found",
        f'code = "error.type", message = "error.reason", data = "*", {ABSENT}',
    ),
    "Alipay, whose message tells a success": (
        {"trade_response": {"code": "40004", "msg": "Failed", "sub_code": "A"}, "sign": "s"},
        {"trade_response": {"code": "10000", "msg": "Success", "trade_no": "1"}, "sign": "s"},
        "40004",
        (
            'code = "trade_response.code", message = "trade_response.msg", '
            'data = "trade_response", success = ["10000"]'
        ),
    ),
    "Tencent, all of whose answers stand in one object": (
        {"Response": {"Error": {"Code": "A.B", "Message": "No"}, "RequestId": "r"}},
        {"Response": {"TotalCount": 0, "RequestId": "r"}},
        "A.B",
        (
            'code = "Response.Error.Code", message = "Response.Error.Message", data = "Response", '
            f"{ABSENT}"
        ),
    ),
    "UniFi, whose message is a code": (
        {"meta": {"rc": "error", "msg": "api.err.LoginRequired"}, "data": []},
        {"meta": {"rc": "ok"}, "data": [{"a": 1}]},
        "api.err.LoginRequired",
        (
            'code = "meta.msg", message = "", data = "data", success = [], '
            'success_field = "meta.rc", success_value = "ok", error_value = "error"'
        ),
    ),
    "a flag in a header": (
        {"header": {"isSuccessful": False, "resultCode": -1007, "resultMessage": "not found"}},
        {"header": {"isSuccessful": True, "resultCode": 0, "resultMessage": "OK"}, "body": {}},
        -1007,
        (
            'code = "header.resultCode", message = "header.resultMessage", data = "body", '
            'success = [0], success_message = "OK", success_field = "header.isSuccessful"'
        ),
    ),
    "a payload beside a header": (
        {"response": {"header": {"resultCode": "22", "resultMsg": "LIMITED"}}},
        {"response": {"header": {"resultCode": "00", "resultMsg": "OK"}, "body": {"items": []}}},
        "22",
        (
            'code = "response.header.resultCode", message = "response.header.resultMsg", '
            'data = "response.body", success = ["00"], success_message = "OK"'
        ),
    ),
    "Kraken": (
        {"error": ["EOrder:Insufficient funds"]},
        {"error": [], "result": {"txid": "T1"}},
        "EOrder:Insufficient funds",
        f'code = "error.0", message = "", data = "result", {ABSENT}',
    ),
    "Flickr": (
        {"stat": "fail", "code": 100, "message": "Invalid API key"},
        {"stat": "ok", "photos": {"page": 1}},
        100,
        (
            'code = "code", message = "message", data = "*", success = [], success_message = "", '
            'success_field = "stat", success_value = "ok", error_value = "fail"'
        ),
    ),
}
EACH = pytest.mark.parametrize("kind", WILD)


def start(folder: Path, *answers: object) -> StarterPlan:
    """Return what a project begins with that has some answers."""
    for number, one in enumerate(answers):
        (folder / f"a{number}.json").write_text(json.dumps(one))
    names = [str(folder / f"a{number}.json") for number in range(len(answers))]
    return plan_start(StarterOptions(samples=tuple(names)), folder)


@EACH
def test_the_envelope(kind: str, tmp_path: Path) -> None:
    """An error and a success show where code, message and payload stand, and what a success is."""
    error, success, code, told = WILD[kind]

    text = start(tmp_path, error, success).catalog_text

    envelope = text.partition("[envelope]\n")[2].partition("\n\n")[0]
    kind_of_code = "string" if isinstance(code, str) else "integer"
    fields = envelope.replace(f'code_type = "{kind_of_code}"\n', "").splitlines()
    assert ", ".join(fields) == told


@EACH
def test_the_answers_are_read_as_what_they_are(kind: str, tmp_path: Path) -> None:
    """The catalog reads its own samples: the error with its code, the success as one."""
    error, success, code, _ = WILD[kind]
    catalog = parse_catalog(start(tmp_path, error, success).catalog_text)
    assert list(catalog) == [code]

    failed = read(httpx.Response(400, json=error), catalog)
    went_well = read(httpx.Response(200, json=success), catalog)

    assert not isinstance(failed, Refusal), failed
    assert not isinstance(went_well, Refusal), went_well
    assert (failed.code, failed.is_success, went_well.is_success) == (code, False, True)


@EACH
def test_a_reply_is_read_as_what_it_is(kind: str, tmp_path: Path) -> None:
    """What a route sends by such a catalog carries the code, and a success carries its data."""
    error, success, code, _ = WILD[kind]
    catalog = parse_catalog(start(tmp_path, error, success).catalog_text)
    sent = make_reply(catalog, code, (), {})
    found = read(httpx.Response(400, content=sent.body), catalog)
    assert not isinstance(found, Refusal), found
    assert (found.code, found.is_success) == (code, False)

    fine = make_reply(catalog, None, (), {"data": {"orderId": "a1"}})
    found = read(httpx.Response(200, content=fine.body), catalog)

    assert not isinstance(found, Refusal), found
    assert (found.is_success, found.data, fine.data) == (True, *[{"orderId": "a1"}] * 2)


@pytest.mark.parametrize(
    "answer",
    [{"id": 1, "status": "failed", "name": "my-job"}, {"id": "1", "message": "Queued. Thank you."}],
)
def test_a_resource_is_no_error(answer: dict[str, Any], tmp_path: Path) -> None:
    """The status of a job tells nothing of the answer that has it."""
    with pytest.raises(ErrcodesUsageError) as caught:
        start(tmp_path, answer)

    assert caught.value.slug == "sample-answer"
