"""What an exception or object says itself: the code and the message in its attributes."""

from __future__ import annotations

import enum
import http
import types

import httpx
import pytest

from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.own_code import OwnCode
from pytest_errcodes.envelope.reading import Reading, read
from pytest_errcodes.envelope.refusal import Refusal

pytestmark = pytest.mark.usefixtures("context")

MESSAGE = "clientOrderId already exists"
BODY = {"code": 401009, "message": MESSAGE, "data": {"orderId": "7"}}
BROKER = """
[envelope]
code = "retCode"
message = "retMsg"
data = "result"
success = [0]
{fields}
[sections.orders.codes]
10001 = "Order not found"
404 = "No such order"
"""


class ApiError(Exception):
    """An exception with whatever attributes a test gives it."""

    def __init__(self, text="refused", **attributes):
        super().__init__(text)
        self.__dict__.update(attributes)


class NetworkError(OSError):
    """As ``requests.HTTPError`` is, an error of the system with an ``errno`` that says nothing."""

    def __init__(self, **attributes):
        super().__init__("refused")
        self.__dict__.update(attributes)


class Duplicate(enum.Enum):
    ORDER = 401009


def broker(fields=""):
    """Return a catalog of another shape."""
    return parse_catalog(BROKER.format(fields=fields))


def response(status=200, **body):
    """Return what the client got."""
    return httpx.Response(status, json=BODY | body)


@pytest.mark.parametrize(
    "name",
    [
        "code",
        "error_code",
        "errorCode",
        "errorcode",
        "err_code",
        "errCode",
        "errcode",
        "ret_code",
        "retCode",
        "retcode",
        "result_code",
        "resultCode",
        "biz_code",
        "bizCode",
        "api_code",
        "business_code",
        "errno",
    ],
)
def test_usual_names(name):
    """A code is found under each of the names that clients give it, and needs no message."""
    envelope = Envelope.of(ApiError(**{name: 401009}))

    assert (envelope.code, envelope.message) == (401009, None)
    assert envelope.evidence == Evidence("attribute", "ApiError", "refused")


@pytest.mark.parametrize("names", [("retCode", "retMsg"), ("ret_code", "ret_msg")])
def test_names_of_the_shape(names):
    """The names of the shape come first, as the API or as Python writes them."""
    error = ApiError(**dict(zip(names, (10001, "Order not found"), strict=True)), code=7, msg="b")
    reading = read(error, broker())

    assert reading[:3] == (10001, "Order not found", None)


@pytest.mark.parametrize(
    ("fields", "attributes", "code"),
    [
        ('attributes = ["status_code"]', {"status_code": 10001, "code": 7}, 10001),
        ('attributes = ["status_code"]', {"status_code": 404, "code": 7}, 404),
        ('attributes = ["status_code"]', {"code": 10001}, 10001),
        ('attributes = ["errors.0.reason"]', {"errors": [{"reason": 10001}], "code": 7}, 10001),
        ('attributes = ["api_codes.0"]', {"api_codes": (10001,), "code": 7}, 10001),
        ('attributes = ["api_codes.1"]', {"api_codes": [404], "code": 10001}, 10001),
        ('attributes = ["api_codes.0"]', {"api_codes": {"0": 10001}, "code": 7}, 10001),
        ('attributes = ["reason.number"]', {"reason": {"number": 10001}, "code": 7}, 10001),
        (
            'attributes = ["reason.number"]',
            {"reason": types.SimpleNamespace(number=10001)},
            10001,
        ),
        ('attributes = ["a", "b"]', {"b": 10001, "code": 7}, 10001),
    ],
)
def test_attributes_that_the_catalog_names(fields, attributes, code):
    """A catalog may name the attributes; where none of them is there, the usual ones count."""
    assert read(ApiError(**attributes), broker(fields)).code == code


STATUSES = parse_catalog('[envelope]\ncode = "http_status"\n[sections.a.codes]\n404 = "a"\n')


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"code": 404, "status": "NOT_FOUND"}, 404),
        ({"status": "404"}, "404"),
        ({"status": 404, "status_code": "not found"}, 404),
        ({"status": "no order", "response": response(404)}, 404),
    ],
)
def test_words_in_the_place_of_an_http_status(attributes, code):
    """Where the HTTP status is the code, words in an attribute of that name say nothing."""
    assert read(ApiError(**attributes), STATUSES).code == code


def test_nothing_but_words_in_the_place_of_an_http_status():
    """An exception that has nothing else carries no code."""
    assert isinstance(read(ApiError(status="the login failed"), STATUSES), Refusal)


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"code": Duplicate.ORDER}, 401009),
        ({"code": "duplicate", "error_code": 401009}, 401009),
        ({"code": None, "error_code": 401009}, 401009),
        ({"code": lambda: 5, "error_code": 401009}, 401009),
        ({"code": {"a": 1}, "error_code": 401009}, 401009),
        ({"code": 401018, "error_code": 401009}, 401018),
        ({"code": "401009"}, "401009"),
        ({"code": 404}, 404),
    ],
)
def test_several_attributes(attributes, code):
    """The first attribute that may be a code is one, unless another one is a documented code."""
    assert Envelope.of(ApiError(**attributes)).code == code


@pytest.mark.parametrize(
    "attributes",
    [
        {"code": 200, "response": response(200)},
        {"code": 400, "response": response(400)},
        {"code": http.HTTPStatus.BAD_REQUEST, "body": BODY},
        {"code": 400, "body": BODY},
        {"code": 400, "status_code": 400, "body": BODY},
        {"status_code": 400, "response": response(400)},
        {"code": 400, "error_code": 401009, "response": response(400)},
        {"code": 200, "error_code": 401009, "response": response(200)},
        {"code": "duplicate", "error_code": 401009, "response": response()},
        {"code": None, "error_code": 401009, "response": response()},
        {"code": 401009, "response": response(code=1, data=[{"sCode": "401009"}])},
        {"code": 401009, "response": httpx.Response(502, text="<html>")},
        {"code": 401009, "body": {"symbol": "BTC"}},
        {"code": 401009, "data": {"code": "BTC"}},
        {"code": "401009", "response": response()},
        {"code": len, "response": response()},
    ],
)
def test_what_is_no_contradiction(attributes):
    """An HTTP status, another attribute, and an answer without a code accuse nobody."""
    envelope = Envelope.of(ApiError(**attributes))

    assert envelope.code in (401009, "401009")
    assert envelope.evidence.contradiction is None


def test_error_of_the_system():
    """The ``errno`` of an OSError, as requests has it, is no code, not even a lost one."""
    assert Envelope.of(NetworkError(response=response())).code == 401009


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"message": MESSAGE}, MESSAGE),
        ({"msg": MESSAGE}, MESSAGE),
        ({"error_message": MESSAGE}, MESSAGE),
        ({"errmsg": MESSAGE}, MESSAGE),
        ({"message": {"a": 1}}, None),
        ({"message": ""}, None),
        ({"response": response()}, None),
    ],
)
def test_message(attributes, message):
    """The message is that of its own attributes; of an exception, any other value is none."""
    assert Envelope.of(ApiError(code=401009, **attributes)).message == message


def test_message_of_what_says_nothing():
    """The message of the response stands in for that of an exception without any words."""
    assert Envelope.of(ApiError("", code=401009, response=response())).message == MESSAGE


def test_what_else_the_answer_says():
    """Data and HTTP status that an exception has not itself are those of its response."""
    envelope = Envelope.of(ApiError(code=401009, response=response(400)))

    assert (envelope.data, envelope.http_status) == ({"orderId": "7"}, 400)
    assert isinstance(read(ApiError(code=401009), broker()), Reading)


# -- an HTTP status where codes are texts -----------------------------------------------------

TEXTS = """
[envelope]
code = "error_type"
code_type = "{code_type}"
[sections.orders.codes]
OrderException = "{{message}}"
"""


def test_status_beside_texts():
    """Where all codes are texts, an exception that says 403 alone says no code."""
    said = OwnCode(ApiError(code=403), *texts("string"))
    assert said.choose(None, None) is None


def test_status_beside_numbers():
    """Where a code may be a number, what may be an HTTP status may be all that there is."""
    said = OwnCode(ApiError(code=403), *texts("either"))
    assert said.choose(None, None).code == 403


def texts(code_type):
    """Return the shapes of a catalog whose code is a text, and the catalog."""
    catalog = parse_catalog(TEXTS.format(code_type=code_type))
    return catalog.shapes, catalog


NESTED = """
[envelope]
code = "error.type"
message = "error.message"
code_type = "string"
success = "absent"
[sections.a.codes]
not_found = "No such model"
overloaded = "Too many"
"""


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"error_code": None, "type": "not_found"}, "not_found"),
        ({"code": 404, "type": "not_found"}, "not_found"),
        ({"error_code": "m17", "type": "not_found"}, "not_found"),
        ({"error_code": "overloaded", "type": "not_found"}, "overloaded"),
        ({"type": "ApiError"}, "not_found"),
        ({"type": "overloaded"}, "overloaded"),
    ],
)
def test_end_of_the_path(attributes, code):
    """What is called as the end of the path to a code says one, where it holds a documented one."""
    body = {"error": {"type": "not_found", "message": "No such model"}}
    assert read(ApiError(body=body, **attributes), parse_catalog(NESTED)).code == code


BY_STATUS = """
[envelope]
code = "http_status"
[sections.orders.codes]
403 = "Forbidden"
404 = "No such order"
"""


@pytest.mark.parametrize(
    ("attributes", "code", "against"),
    [
        ({"code": 404}, 404, None),
        ({"code": 403}, 403, 404),
        ({"code": 500}, 500, 404),
        ({"status_code": 500}, 500, 404),
        ({"http_code": 403}, 403, 404),
        ({"statusCode": 403}, 403, 404),
        ({"code": 20404}, 404, None),
        ({"code": "NOT_FOUND", "status": 404}, 404, None),
        ({"status": 404, "code": 403}, 404, None),
        ({}, 404, None),
    ],
)
def test_status_that_contradicts_that_of_the_answer(attributes, code, against):
    """Where the HTTP status is the code, an attribute may say another than the answer has."""
    answer = httpx.Response(404, json={"http_status": 404})
    found = read(ApiError(response=answer, **attributes), parse_catalog(BY_STATUS))

    assert isinstance(found, Reading)
    assert found.code == code
    contradiction = found.evidence.contradiction
    assert (contradiction and contradiction.carried) == against


@pytest.mark.parametrize(
    ("attributes", "code", "against"),
    [
        ({"code": 999}, 999, 401009),
        ({"code": 999, "number": 401009}, 401009, None),
    ],
)
def test_what_is_read_off_the_answer(attributes, code, against):
    """A path into the answer says nothing in the place of the exception's own attributes."""
    fields = '[envelope]\nattributes = ["code", "number", "response.code"]'
    catalog = parse_catalog(f"{fields}\n[sections.a.codes]\n401009 = {MESSAGE!r}")
    found = read(ApiError(response=types.SimpleNamespace(**BODY), **attributes), catalog)

    assert isinstance(found, Reading)
    assert found.code == code
    contradiction = found.evidence.contradiction
    assert (contradiction and contradiction.carried) == against
