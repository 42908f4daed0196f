"""What answers and exceptions come to: the whole text of drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.tools import lint
from pytest_errcodes.tools.harvesting.draft import Draft, make_draft
from pytest_errcodes.tools.harvesting.fact_reduction import reduce_body
from pytest_errcodes.tools.harvesting.harvest_facts import (
    RaisedFacts,
    SeenByTest,
    read_whole_line,
    write_facts,
)

SENT = ("POST", "https://api.test/v1/order")


def answer(body: object, http_status: int = 200, url: str = SENT[1]) -> Any:
    """Return the facts of one answer."""
    return reduce_body(("POST", url), http_status, "httpx", json.dumps(body).encode())


def raised(name: str, text: str = "", **attributes: object) -> RaisedFacts:
    """Return the facts of one exception."""
    return RaisedFacts(name, attributes, text, {})


def draft(*tests: list[Any], documented: Any = None) -> Draft:
    """Return the draft of what tests have seen, proved to load as itself and to lint."""
    seen = [SeenByTest(f"test_{number}", tuple(one)) for number, one in enumerate(tests)]
    seen = [read_whole_line(write_facts(one).encode()) for one in seen]
    found = make_draft(seen, "draft", documented)
    assert found is not None
    assert parse_catalog(found.text) == found.catalog
    assert [one for one in lint(found.catalog) if one.severity == "error"] == []
    return found


def test_flat_integers() -> None:
    """Codes in a flat envelope, with a success, two variants, a class and a payload."""
    found = draft(
        [answer({"code": 0, "msg": "OK", "data": {"id": 1}})],
        [answer({"code": 51001, "msg": "No symbol A1", "data": None}), raised("c.Err", code=51001)],
        [answer({"code": 51001, "msg": "No symbol B2", "data": None}), raised("c.Err", code=51001)],
        [answer({"code": 51008, "msg": "Balance 5 is too low"}), raised("c.Low")],
    )
    assert (
        found.text
        == """\
# Harvested from what 4 tests saw.
# Look at each comment, and take it out when it is settled.
name = "draft"

[envelope]
code = "code"
message = "msg"
data = "data"
code_type = "integer"
success = [0]
success_message = "OK"

[sections.codes-510]
title = "510xx"
label = "510xx"

[sections.codes-510.codes]
51001 = { message = "No symbol %s", exception = "c.Err" }
51008 = { message = "Balance 5 is too low", exception = "c.Low" }  # seen once; 5 may be a value; \
the class says no code: nothing else was answered in its test
"""
    )


ENVELOPES = {
    "nested, and nothing in a success": (
        [
            (200, {"id": 1, "name": "a"}),
            (400, {"error": {"code": "no_funds", "message": "No funds"}}),
            (404, {"error": {"code": "no_order", "message": "No order"}}),
        ],
        """
code = "error.code"
message = "error.message"
data = "*"
code_type = "string"
success = "absent"
""",
        ["no_funds", "no_order"],
    ),
    "a flag, and the code as a text without a message": (
        [
            (200, {"ok": True, "channel": {}}),
            (200, {"ok": False, "error": "invalid_auth"}),
            (200, {"ok": False, "error": "ratelimited"}),
        ],
        """
code = "error"  # by its values, not by its name
message = ""  # no answer had one
data = "*"
code_type = "string"
success = []
success_field = "ok"
""",
        ["invalid_auth", "ratelimited"],
    ),
    "a flag beside a number": (
        [
            (200, {"ok": True, "result": {}}),
            (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}),
            (403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked"}),
        ],
        """
code = "error_code"  # says the HTTP status once more, and no more
message = "description"
data = "result"
code_type = "integer"
success = []
success_message = ""
success_field = "ok"
""",
        [400, 403],
    ),
    "retCode and retMsg with result": (
        [
            (200, {"retCode": 0, "retMsg": "OK", "result": {}, "time": 1}),
            (200, {"retCode": 10001, "retMsg": "params error", "result": {}, "time": 1}),
        ],
        """
code = "retCode"
message = "retMsg"
data = "result"
code_type = "integer"
success = [0]
""",
        [10001],
    ),
    "texts of digits": (
        [
            (200, {"code": "200000", "data": {"currency": {"code": "BTC", "name": "Bitcoin"}}}),
            (200, {"code": "400100", "msg": "Order size is too small"}),
        ],
        """
code = "code"
message = "msg"
data = "data"
code_type = "string"
success = ["200000"]
""",
        ["400100"],
    ),
}


@pytest.mark.parametrize("kind", ENVELOPES)
def test_the_envelope(kind: str) -> None:
    """The fields, the type and the rule of success are told from what came; payloads are not."""
    answers, envelope, codes = ENVELOPES[kind]
    found = draft(*[[answer(body, status)] for status, body in answers])
    assert envelope in found.text
    assert list(found.catalog) == codes


SHAPES = {
    "items with fields of their own": (
        [
            (200, {"code": "0", "msg": "", "data": [{"ordId": "1", "sCode": "0", "sMsg": ""}]}),
            (200, {"code": "1", "msg": "All failed", "data": [{"sCode": "51008", "sMsg": "No"}]}),
        ],
        """
[envelope]
code = "code"
message = "msg"
data = "data"
code_type = "string"
success = ["0"]
success_message = ""
items = "data"
item_shape = "item"

[envelope.item]
code = "sCode"
message = "sMsg"
data = "*"
""",
        ["1", "51008"],
    ),
    "items like the envelope": (
        [
            (
                200,
                {"code": 0, "msg": "", "data": {"rows": [{"code": 0}, {"code": 7, "msg": "No"}]}},
            ),
            (200, {"code": 9, "msg": "Down"}),
        ],
        """
data = "data"
code_type = "integer"
success = [0]
success_message = ""
items = "data.rows"
""",
        [7, 9],
    ),
    "items in an answer without a code": (
        [(200, {"results": [{"code": 0, "id": "a"}, {"code": 51008, "message": "No balance"}]})],
        """
[envelope]
code = "code"
message = ""
data = "*"
code_type = "integer"
success = "absent"
items = "results"
item_shape = "item"

[envelope.item]
message = "message"
success = [0]
success_message = ""
""",
        [51008],
    ),
    "a further shape": (
        [
            (200, {"code": 0, "msg": "ok", "data": {}}),
            (200, {"code": 50001, "msg": "Down"}),
            (401, {"error": {"code": "invalid_token", "message": "No"}}),
            (200, {"access_token": "t"}),
        ],
        """
[envelope.shape2]
code = "error.code"
message = "error.message"
data = "*"
code_type = "string"
success = "absent"
success_message = "Success"

[sections.codes-500]
title = "500xx"
label = "500xx"

[sections.codes-500.codes]
50001 = "Down"  # seen once

[sections.errors-shape2]
title = "Errors"
shape = "shape2"
http_status = 401
""",
        [50001, "invalid_token"],
    ),
    "a list of errors": (
        [
            (422, {"errors": [{"code": "bad", "detail": "No"}, {"code": "worse", "detail": "Na"}]}),
            (200, {"data": {}}),
        ],
        """
code = "errors.0.code"
message = "errors.0.detail"
data = "data"
""",
        ["bad", "worse"],
    ),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_batches_and_further_shapes(kind: str) -> None:
    """Items with codes, further shapes and their sections are told from what came."""
    answers, shapes, codes = SHAPES[kind]
    found = draft(*[[answer(body, status)] for status, body in answers])
    assert shapes in found.text
    assert list(found.catalog) == codes


def test_a_list_of_currencies_is_no_batch() -> None:
    """Objects of a payload that have a code of their own are no items of a batch."""
    currencies = [{"code": "BTC", "name": "Bitcoin"}, {"code": "ETH", "name": "Ether"}]
    found = draft(
        [answer({"code": 0, "msg": "", "data": currencies})],
        [answer({"code": 50001, "msg": "Down"})],
    )
    assert (list(found.catalog), found.catalog.shape.items) == ([50001], "")


@pytest.mark.parametrize("codes", [[-1, -2], ["-a", "_b", ".c"], ["a.b", "a.c", "-"]])
def test_codes_that_begin_with_a_sign(codes: list[Any]) -> None:
    """A code without a word or a digit in front stands in a section too."""
    found = draft(*[[answer({"errcode": code, "errmsg": "No"})] for code in codes])
    assert {*found.catalog} <= {*codes}


def test_a_list_of_contracts_is_no_shape() -> None:
    """Things that have a code and a description are no errors where nothing says so."""
    contracts = {"contractList": [{"code": "WARRANTY", "description": "Garantie"}]}
    error = {"errors": [{"errorCode": "err.1", "errorMessage": "No"}]}

    assert list(draft([answer(contracts)], [answer(error)]).catalog) == ["err.1"]


def test_payload_is_no_code() -> None:
    """A code of a currency beside its name is none of an error."""
    seen = [SeenByTest("test", (answer({"code": "USD", "name": "Dollar", "rate": 1}),))]
    assert make_draft(seen, "draft") is None


@pytest.fixture(scope="module")
def ltp() -> Any:
    """The embedded catalog."""
    return load_catalog("ltp")


def test_every_code_of_ltp_comes_back(ltp: Any) -> None:
    """A suite that simulates each code with two sets of parameters yields codes and templates."""
    tests = []
    for code in ltp.values():
        for letter in "ab":
            values = [f"{letter}{place}" for place in range(len(code.template.placeholders))]
            message = code.template.render(*values)
            tests.append([answer({"code": code.code, "message": message, "data": None})])
    tests.append([answer({"code": 200000, "message": "Success", "data": {}})])
    found = draft(*tests)
    assert {code: one.message for code, one in found.catalog.items()} == {
        code: one.message for code, one in ltp.items()
    }
    assert found.catalog.shape.success == (200000,)
    assert sorted(found.catalog) == list(found.catalog)


def test_resources_that_failed_are_no_errors() -> None:
    """A REST API that answers with the status of jobs has no codes under their names."""
    job = {"id": 8, "status": "failed", "name": "rubocop", "description": "A job"}
    seen = [answer(job), answer(job | {"status": "success"}), answer({"message": "404"}, 404)]

    assert make_draft([SeenByTest("test", tuple(seen))], "draft") is None


def test_what_has_no_code_is_counted() -> None:
    """Errors without a code are told of: whoever reads the draft sees what it leaves out."""
    problem = {"status": 404, "title": "Not Found", "detail": "No customer cst_1."}
    found = draft(
        [answer(problem, 404)],
        [answer(problem | {"status": 422}, 422)],
        [answer({"error": "invalid_grant", "error_description": "It has expired"}, 400)],
    )

    assert found.text.splitlines()[1:3] == [
        "# 2 answers have no code, under HTTP 404 and 422; the fields: status, title and detail.",
        "# Look at each comment, and take it out when it is settled.",
    ]
    assert list(found.catalog) == ["invalid_grant"]


def test_messages_that_are_codes() -> None:
    """Words joined by points stand for a message in each error, beside a flag: these are codes."""
    kinds = ("api.err.LoginRequired", "api.err.Invalid")
    found = draft(
        *[[answer({"meta": {"rc": "error", "msg": kind}, "data": []})] for kind in kinds],
        [answer({"meta": {"rc": "ok"}, "data": [{"a": 1}]})],
        [answer({"meta": {"rc": "OK"}, "data": [{"a": 1}]})],
        [answer({"errorCode": 1, "message": "api.err.LoginRequired"})],
    )

    assert [(str(one.code), one.shape_name) for one in found.catalog.values()] == [
        ("api.err.Invalid", ""),
        ("api.err.LoginRequired", ""),
        ("1", "shape2"),
    ]
    lines = found.text.partition("[envelope]\n")[2].partition("\n\n[sections")[0].splitlines()
    assert lines == [
        'code = "meta.msg"  # by its values, not by its name',
        'message = ""  # no answer had one',
        'data = "data"',
        'code_type = "either"',
        "success = []",
        'success_field = "meta.rc"',
        'success_value = "ok"  # it came as "OK" and "ok"',
        'error_value = "error"',
        "",
        "[envelope.shape2]",
        'code = "errorCode"',
        'message = "message"',
        'data = "data"',
        'code_type = "integer"',
        'success = "absent"',
        'success_field = ""',
    ]


def test_a_plain_word_in_a_text_is_no_code() -> None:
    """An exception whose text has a word of the language does not say that word as its code."""
    found = draft(
        [
            answer({"error": {"type": "request", "message": "Invalid version"}}, 404),
            raised("c.ParseError", "cannot read the answer to your request"),
        ]
    )

    assert found.text.splitlines()[-1] == (
        'request = "Invalid version"  # seen once; '
        "the class says no code: nothing else was answered in its test"
    )


def test_an_api_that_names_the_class() -> None:
    """A class that is called as the code says it; a status that it has beside is no code."""
    seen = [answer({"error_type": "TokenError", "message": "Log in"}, 403)]
    lost = raised("kite.DataError", code=502)

    found = draft([*seen, raised("kite.TokenError", code=403)], [answer([], 200), lost])

    assert list(found.catalog) == ["TokenError"]
    assert found.catalog["TokenError"].exception == "kite.TokenError"
    assert found.text.splitlines()[-1] == 'TokenError = "Log in"  # seen once'


def test_the_status_of_an_answer_without_one() -> None:
    """Of a response that a mock made, the client's exception may know the HTTP status."""
    hidden = answer({"code": "rate_limited", "message": "Slow down"}, 0)
    known = raised("c.Err", code="rate_limited")._replace(http_status=429)

    assert draft([hidden, known]).catalog["rate_limited"].http_status == 429


def test_one_message_for_many_codes() -> None:
    """A test that goes through all codes invents a message: it comes last, and that is said."""
    bodies = [{"code": code, "message": "Test message"} for code in ("a_b", "c_d", "e_f")]
    found = draft([answer(body, 400) for body in [*bodies, {"code": "a_b", "message": "Gone"}]])

    assert found.text.splitlines()[-3:] == [
        'a_b = "Gone"  # 2 messages: also "Test message"',
        'c_d = "Test message"  # seen once; 3 codes have it',
        'e_f = "Test message"  # seen once; 3 codes have it',
    ]


def test_mocks_that_leave_the_code_of_a_success_out() -> None:
    """Where codes are numbers at top level, a success without one may be the mock's doing."""
    found = draft(
        [answer({"code": "900003", "msg": "No such currency"}, 400)], [answer({"id": 123})]
    )

    assert (
        'success = "absent"  # a mock may have left out the code of a success'
        in found.text.splitlines()
    )


def test_a_message_that_is_json() -> None:
    """Its names are no values: that it is JSON is said once."""
    body = {"code": "err.400", "message": '{"errors":[{"status":"400"}]}'}

    assert (
        draft([answer(body, 400)])
        .text.splitlines()[-1]
        .endswith("# seen once; it is JSON of its own")
    )


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b'["test_a",[]]',
        b'["test_a",[[false,"PO\n',
        b'["test_a",[[false,"PO["test_b",[]]\n',
        b'["test_a",[[false]]]\n',
        b"7\n",
        b"\xff\n",
        b"null\n",
    ],
)
def test_line_that_was_cut_off(line):
    """What a process has not written to its end, or another has written behind, is no fact."""
    assert read_whole_line(line) is None
