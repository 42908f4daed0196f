"""A code in the text of an exception: in JSON that stands there, or as a word."""

from __future__ import annotations

import json

import pytest

from pytest_errcodes import IsCode, assert_code, raises_code
from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import Reading, read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.envelope.text_codes import find_word
from pytest_errcodes.judging.seen_table import draw_seen

pytestmark = pytest.mark.usefixtures("context")

BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}


class ApiError(Exception):
    """What a client raises."""


WORDS = [
    "401009",
    "401009: clientOrderId already exists",
    "401009 clientOrderId already exists",
    "API error 401009",
    "APIError 401009 from /api/v1/order",
    "[401009] duplicate",
    "duplicate (401009)",
    "duplicate (code=401009)",
    "duplicate (code: 401009)",
    "error_code='401009'",
    'errorCode="401009"',
    "errno 401009, try again",
    "code is 401009.",
    "the server said 401009.",
    "invalid answer: 401009",
    "request failed: 401009",
    "ERR-401009",
    "order a1 (401009): clientOrderId already exists",
    "order 401018 failed with code 401009",
    "401009: order 401018 not found",
    "2026-11-27 12:30:11,250 ERROR 401009 clientOrderId already exists",
    "POST https://api.example.com/orders/401018 gave 401009",
    "400 Bad Request: 401009",
    f"refused: {BODY}",
    "(401009, 'clientOrderId already exists')",
    "401009-clientOrderId already exists",
    "код 401009",
    "错误码401009,请重试",
    "接口返回错误代码: 401009",
]
NO_WORDS = [
    "",
    "refused",
    "1401009",
    "4010091",
    "0x401009",
    "401009a",
    "E401009",
    "401009.5",
    "12.401009",
    "401,009",
    "1,401009",
    "401009,5",
    "+401009",
    "-401009",
    "401009/2",
    "$401009",
    "€ 401009",
    "401009 USDT",
    "401009 ms",
    "401009%",
    "401009 bytes",
    "401009 times",
    "price 401009",
    "amount: 401009",
    "quantity=401009",
    "maxQty=401009",
    "id 401009",
    "orderId 401009",
    "clientOrderId=401009",
    "order_id: 401009",
    "order 401009 not found",
    "order #401009 not found",
    "cannot cancel 401009: it is filled",
    "account 401009 is frozen",
    "port 401009",
    "line 401009",
    "localhost:401009x",
    "exit code 401009",
    "HTTP 401009",
    "HTTP status 401009",
    "status code 401009",
    "zip code 401009",
    "timeout after 401009",
    "https://api.example.com/401009",
    "https://api.example.com/?code=401009",
    "/api/v1/orders/401009",
    "orders/401009",
    "./401009.json",
    "401009@example.com",
    "v401009",
    "build 401009",
    "401009-11-27",
    "a401009-4c1f",
    "{'orderId': 401009}",
    "401009 or 401018",
    "code 401009 or code 401018",
    "401065",
    "200000",
    "code 200000",
    "999999999999999999999999999999999999999999999999",
]


@pytest.mark.parametrize("text", WORDS)
def test_word(text):
    """A documented code that stands as a word in the text is the code, and weak evidence."""
    envelope = Envelope.of(ApiError(text))

    assert (envelope.code, envelope.message) == (401009, None)
    assert envelope.evidence == Evidence("word", "ApiError", text)


@pytest.mark.parametrize("text", NO_WORDS)
def test_no_word(text):
    """What is a part of something, or is said to be something else, is no code."""
    assert not isinstance(read(ApiError(text), catalog_in_force()), Reading)


def catalog_in_force():
    """Return the catalog ``ltp``."""
    from pytest_errcodes import load_catalog

    return load_catalog("ltp")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code 5", 5),
        ("[5] refused", None),
        ("5 attempts", None),
        ("after 5 attempts", None),
        ("5: too many orders", 5),
        ("error 404", 404),
        ("404 Not Found", None),
        ("Client error '404 Not Found' for url 'https://x/404'", None),
        ("HTTP 404", None),
        ("code 2026", 2026),
        ("in 2026", None),
        ("(code=-1121)", -1121),
        ("error -1121", -1121),
        ("-1121 Bad symbol", -1121),
        ("code 1121", None),
        ("a-1121", None),
    ],
)
def test_short_codes(text, code):
    """For a small number, a year and an HTTP status more must speak; a sign belongs to a code."""
    catalog = parse_catalog(
        '[sections.a.codes]\n5 = "Too many orders"\n404 = "No order"\n2026 = "Old"\n'
        '"-1121" = "Bad symbol"\n'
    )
    assert find_word(text, catalog, None) == code


def test_http_status_is_no_word():
    """The HTTP status that is known is no code, whatever stands before it."""
    catalog = parse_catalog('[sections.a.codes]\n404 = "No order"\n')

    assert find_word("Error code: 404", catalog, 404) is None
    assert find_word("Error code: 404", catalog, 200) == 404


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("B1001", "B1001"),
        ("refused: B1001.", "B1001"),
        ("B1001: No order", "B1001"),
        ("Srv.0319 in eu-1", "Srv.0319"),
        ("ORDER_NOT_FOUND", "ORDER_NOT_FOUND"),
        ("code 51008", "51008"),
        ("51008", "51008"),
        ("code=denied", "denied"),
        ("[denied]", "denied"),
        ("denied: Access was denied", "denied"),
        ("access denied", None),
        ("denied by the proxy", None),
        ("XB1001", None),
        ("B1001x", None),
        ("https://x/B1001", None),
        ("order B1001 not found", None),
        ("price 51008", None),
        ("51008.5", None),
    ],
)
def test_codes_that_are_texts(text, code):
    """A code that is an everyday word must be said to be a code."""
    catalog = parse_catalog(
        '[envelope]\ncode_type = "string"\n[sections.a.codes]\nB1001 = "No order"\n'
        '"Srv.0319" = "No resources"\nORDER_NOT_FOUND = "No order"\n51008 = "No balance"\n'
        'denied = "Access was denied"\n'
    )
    assert find_word(text, catalog, None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Details: {'error': ['EOrder:Insufficient funds']}", "EOrder:Insufficient funds"),
        ("EOrder:Insufficient funds", "EOrder:Insufficient funds"),
        ("refused: not found.", "not found"),
        ("The order was not found", None),
        ("not found anywhere", None),
        ("EOrder:Insufficient funds, or not found", "EOrder:Insufficient funds"),
        ("EOrder:Insufficient funds: not found", None),
        ("XEOrder:Insufficient funds", None),
    ],
)
def test_codes_of_several_words(text, code):
    """A code that is no single word must stand by itself: quoted, in brackets, or alone."""
    catalog = parse_catalog(
        '[envelope]\ncode_type = "string"\n[sections.a.codes]\n'
        '"EOrder:Insufficient funds" = "No funds"\n"not found" = "No such order"\n'
    )
    assert find_word(text, catalog, None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (json.dumps(BODY), 401009),
        (f"refused: {json.dumps(BODY)} (see the logs)", 401009),
        (f"sent {{}} and {{'a': 1}}, got {json.dumps(BODY)}", 401009),
        (f'{{"code": 200000}} then {json.dumps(BODY)}', 401009),
    ],
)
def test_json_in_the_text(text, code):
    """An envelope that stands in the text as JSON is read, message and all."""
    envelope = Envelope.of(ApiError(text))

    assert (envelope.code, envelope.message) == (code, BODY["message"])
    assert envelope.evidence == Evidence("text", "ApiError", text)


@pytest.mark.parametrize(
    "error",
    [
        KeyError(401009),
        IndexError("401009"),
        TypeError("401009 is no str"),
        AttributeError("401009"),
        LookupError("code 401009"),
        ValueError("401009 is not a valid ErrorCode"),
        ValueError("invalid literal for int() with base 10: 'code 401009'"),
        json.JSONDecodeError("code 401009", json.dumps(BODY), 0),
        AssertionError("code 401009"),
        AssertionError(BODY),
        SystemExit("code 401009"),
        ConnectionRefusedError(401009, "Connection refused"),
        KeyboardInterrupt("code 401009"),
        ExceptionGroup("code 401009", [ValueError()]),
        pytest.fail.Exception("code 401009"),
        pytest.skip.Exception("code 401009"),
    ],
    ids=repr,
)
def test_texts_of_others(error):
    """What Python, a library or a test says of a number is not the client's word for a code."""
    assert not isinstance(read(error, catalog_in_force()), Reading)


def test_what_is_said_of_weak_evidence():
    """A failure says that the code was only a word."""
    with pytest.raises(AssertionError) as caught:
        assert_code(ApiError("refused with 401018"), 401009)

    assert str(caught.value) == (
        "expected 401009, came 401018\n"
        "  expected  401009  clientOrderId already exists\n"
        "  came      401018  Order not found\n"
        "                ^\n"
        "  message           (no message)\n"
        "  401018 was read as a word in the text of ApiError"
    )


def test_what_is_said_of_what_was_seen(context):
    """The table of what a test saw says it too."""
    evidence = Evidence("word", "ApiError", "refused: 401009")
    parts = (401009, None, None, context.catalog.shape, None, "exception", "raised as ApiError")

    assert draw_seen([], [Observation(*parts, evidence=evidence)]) == [
        "  seen  401009  (no message)",
        "                surfaced: raised as ApiError, read as a word in the text of ApiError",
    ]


@pytest.mark.parametrize("text", ["{" * 100_000, '{"a":' * 20_000, "9 " * 50_000, "code " * 20_000])
def test_long_texts(text):
    """A long text without a code is refused as a short one; the benchmarks say how fast."""
    refusal = read(ApiError(text), catalog_in_force())

    assert isinstance(refusal, Refusal)
    assert refusal.reason.endswith("ApiError has no attribute 'code'")


def test_word_in_helpers():
    """Each helper takes the word for the code."""
    with raises_code(401009) as raised:
        raise ApiError("401009")

    assert raised.value == IsCode(401009)


STATUSES = parse_catalog('[envelope]\ncode = "http_status"\n[sections.a.codes]\n404 = "a"\n')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HTTP 404: no such order", 404),
        ("status code: 404", 404),
        ("order 404 is gone", None),
        ("exit code 404", None),
    ],
)
def test_statuses_as_codes(text, code):
    """Where the HTTP status is the code, a text that names one names the code."""
    assert find_word(text, STATUSES, None) == code
