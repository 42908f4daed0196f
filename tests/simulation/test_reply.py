"""A reply: the bytes that a code, its parameters and the options make."""

from __future__ import annotations

import enum
import json
from http import HTTPStatus

import pytest
from simulated_catalogs import BARE, CARDS, LTP

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.simulation.reply import make_reply


class Trading(enum.IntEnum):
    DUPLICATE = 401009


def sent(code, *params, catalog=LTP, **options):
    """Return a reply's envelope."""
    return json.loads(make_reply(catalog, code, params, options).body)


def test_bytes():
    """A reply is compact JSON in UTF-8 whose fields stand in the order of the envelope."""
    reply = make_reply(LTP, 401009, (), {"data": {"symbol": "币"}})
    assert (
        reply.body
        == (
            '{"code":401009,"message":"clientOrderId already exists","data":{"symbol":"币"}}'
        ).encode()
    )


def test_headers_of_its_own():
    """A reply says what it is and how long it is, in bytes."""
    reply = make_reply(LTP, 401021, (), {"data": "币"})
    assert reply.headers == [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(reply.body)).encode()),
    ]


def test_data_is_null_by_default():
    """An envelope without data still has the field."""
    assert sent(401009) == {
        "code": 401009,
        "message": "clientOrderId already exists",
        "data": None,
    }


@pytest.mark.parametrize("code", [401009, Trading.DUPLICATE, LTP[401009]], ids=repr)
def test_how_a_code_is_given(code):
    """A number, a member of an enumeration and an entry of the catalog are one code."""
    assert sent(code)["code"] == 401009


def test_nested_fields():
    """Fields that the shape names by their paths stand where those lead."""
    catalog = parse_catalog(
        """
        [envelope]
        code = "error.code"
        message = "error.reason"
        data = "result"
        [sections.orders.codes]
        7 = "Order not found"
        """
    )
    assert sent(7, catalog=catalog, data=[1]) == {
        "error": {"code": 7, "reason": "Order not found"},
        "result": [1],
    }
    assert make_reply(catalog, 7, (), {"data": [1]}).data == [1]


def test_parameters():
    """Parameters fill the template in their order."""
    assert sent(401112, "20")["message"] == LTP[401112].template.render("20")


def test_open_ended_template():
    """An open-ended message takes what follows it."""
    assert sent(601004, "symbol")["message"] == "Mismatched input, Expect input: symbol"


def test_message():
    """A message of one's own stands in for the documented one."""
    assert sent(401009, message="duplicate id") == {
        "code": 401009,
        "message": "duplicate id",
        "data": None,
    }


def test_undocumented():
    """A code that the catalog lacks goes out with the message that is given for it."""
    reply = make_reply(LTP, 999999, (), {"undocumented": True, "message": "gone wild"})
    assert (reply.code, reply.message, reply.http_status) == (999999, "gone wild", 200)


@pytest.mark.parametrize("code", [200, 200000])
def test_success(code):
    """A success code carries the success message, and HTTP status 200."""
    reply = make_reply(LTP, code, (), {"data": [1]})
    assert (reply.code, reply.message, reply.http_status) == (code, "Success", 200)


def test_field_names_of_the_shape():
    """The envelope has the fields of the catalog's default shape."""
    assert sent("51009", "7", catalog=CARDS, data={}) == {
        "status": "51009",
        "reason": "Order 7 is blocked",
        "payload": {},
    }


def test_envelope_without_data():
    """Where the shape has no field for data, the envelope has none."""
    assert sent(51008, catalog=BARE) == {"code": 51008, "message": "Insufficient balance"}


def test_success_of_a_string_catalog():
    """Success is what the shape says, code and message; its HTTP status is 200."""
    reply = make_reply(CARDS, "00000", (), {})
    assert (reply.code, reply.message, reply.http_status) == ("00000", "OK", 200)


def test_http_status_by_default():
    """Every business error of ltp answers under HTTP status 200."""
    replies = [make_reply(LTP, code, code.template.sample, {}) for code in LTP.values()]
    assert {reply.http_status for reply in replies} == {200}


@pytest.mark.parametrize(
    ("code", "params", "status"),
    [("51008", (), 402), ("51009", ("7",), 409), ("card_declined", (), 400)],
)
def test_http_status_of_the_catalog(code, params, status):
    """A code's status comes before its section's, and that before the catalog's."""
    assert make_reply(CARDS, code, params, {}).http_status == status


def test_http_status_of_an_undocumented_code():
    """A code that the catalog lacks gets the catalog's own status."""
    options = {"undocumented": True, "message": "?"}
    assert make_reply(CARDS, "99", (), options).http_status == 402


@pytest.mark.parametrize("status", [100, 201, 429, 599, HTTPStatus.CONFLICT])
def test_http_status(status):
    """A reply's own status comes before the catalog's."""
    chosen = make_reply(CARDS, "51009", ("7",), {"http_status": status}).http_status
    assert (chosen, type(chosen)) == (status, int)


def test_headers_are_added():
    """Headers stand after ours, as they were written."""
    reply = make_reply(LTP, 100429, (), {"headers": {"Retry-After": "1"}})
    assert reply.headers[2:] == [(b"Retry-After", b"1")]


def test_headers_replace_ours():
    """A header of ours gives way to one of the same name, whatever its case."""
    reply = make_reply(LTP, 100429, (), {"headers": {"Content-Type": "text/html"}})
    assert [value for name, value in reply.headers if name.lower() == b"content-type"] == [
        b"text/html"
    ]


def test_a_header_twice():
    """Pairs say a header more than once."""
    cookies = [("set-cookie", "a=1"), ("set-cookie", "b=2")]
    reply = make_reply(LTP, 100429, (), {"headers": cookies})
    assert reply.headers[2:] == [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]


def test_response_is_another_each_time():
    """Each exchange owns its response and its extensions."""
    reply = make_reply(LTP, 401009, (), {})
    one, other = (reply.response(None) for _ in range(2))
    one.extensions["mine"] = 1
    assert one is not other
    assert "mine" not in other.extensions
    assert one.json() == other.json()
