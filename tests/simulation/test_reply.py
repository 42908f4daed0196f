"""A reply: the bytes that a code, its parameters and the options make."""

from __future__ import annotations

import enum
import json
from http import HTTPStatus

import pytest
from simulated_catalogs import BARE, CARDS, LTP

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply

NESTED = parse_catalog(
    """
    [envelope]
    code = "error.code"
    message = "error.reason"
    data = "result"
    [sections.orders.codes]
    7 = "Order not found"
    """
)


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
    assert sent(7, catalog=NESTED, data=[1]) == {
        "error": {"code": 7, "reason": "Order not found"},
        "result": [1],
    }
    assert make_reply(NESTED, 7, (), {"data": [1]}).data == [1]


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


def test_fields():
    """Further fields stand behind those of the envelope, deeper down where they are paths."""
    assert sent(401009, fields={"requestId": "r1", "meta.host": "a", "meta.tries": 2}) == {
        "code": 401009,
        "message": "clientOrderId already exists",
        "data": None,
        "requestId": "r1",
        "meta": {"host": "a", "tries": 2},
    }


def test_fields_beside_nested_ones():
    """A field may stand in the object that holds the code, and not be that object."""
    assert sent(7, catalog=NESTED, fields={"error.at": 1}) == {
        "error": {"code": 7, "reason": "Order not found", "at": 1},
        "result": None,
    }
    for name in ("error", "error.code", "error.code.deeper", "result.deeper"):
        with pytest.raises(ErrcodesUsageError) as caught:
            make_reply(NESTED, 7, (), {"fields": {name: {"at": 1}}})
        assert caught.value.slug == "envelope-fields"


@pytest.mark.parametrize("name", ["errors.00.code", "errors.0", "errors"])
def test_field_that_leads_to_the_code(name):
    """The code is not overwritten by way of a list either."""
    catalog = parse_catalog(
        """
        [envelope]
        code = "errors.0.code"
        [sections.orders.codes]
        7 = "Order not found"
        """
    )
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(catalog, 7, (), {"fields": {name: [{"code": 8}]}})
    assert caught.value.slug == "envelope-fields"


def test_fields_of_their_own():
    """What the test does with its dict later changes no reply."""
    fields = {"meta": {"host": "a"}}
    reply = make_reply(LTP, 401009, (), {"fields": fields})
    fields["meta"]["host"] = "b"
    assert json.loads(reply.body)["meta"] == {"host": "a"}


@pytest.mark.parametrize(
    ("catalog", "code", "code_type", "came"),
    [
        (LTP, 401009, str, "401009"),
        (LTP, 401009, int, 401009),
        (LTP, Trading.DUPLICATE, str, "401009"),
        (CARDS, "51008", int, 51008),
        (CARDS, "51008", str, "51008"),
    ],
)
def test_code_type(catalog, code, code_type, came):
    """A code is sent as text or as an integer, whatever the catalog says; it stays the code."""
    reply = make_reply(catalog, code, (), {"code_type": code_type})
    field = catalog.shape.code
    assert json.loads(reply.body)[field] == came
    assert type(json.loads(reply.body)[field]) is code_type
    assert reply.code == code


@pytest.mark.parametrize("code", ["card_declined", "00000"])
def test_code_that_is_no_integer(code):
    """A text is an integer only if it is written as one; 00000 would come back as 0."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(CARDS, code, (), {"code_type": int})
    assert (caught.value.slug, str(caught.value)) == (
        "sent-code-type",
        (
            f'reply("{code}", code_type=int): "{code}" is not how an integer is written\n'
            "hint: leave out code_type=int"
        ),
    )


TWICE = parse_catalog(
    """
    [sections.orders.codes]
    7 = ["Order not found", "No order %s", "No order %s of %s"]
    """
)


@pytest.mark.parametrize(
    ("params", "options", "message"),
    [
        ((), {}, "Order not found"),
        (("a",), {}, "No order a"),
        (("a", "b"), {}, "No order a of b"),
        ((), {"alternative": 0}, "Order not found"),
        (("a",), {"alternative": 1}, "No order a"),
        ((), {"message": "no"}, "no"),
    ],
)
def test_alternatives(params, options, message):
    """The message is the first that takes the parameters, or the one that is asked for."""
    assert sent(7, *params, catalog=TWICE, **options)["message"] == message


@pytest.mark.parametrize(
    ("params", "options", "text"),
    [
        (
            ("a", "b", "c"),
            {},
            (
                "none of the 3 messages of 7 takes 3 parameters: 'Order not found' takes none; "
                "'No order %s' takes 1; 'No order %s of %s' takes 2\n"
                "hint: pass one parameter for each placeholder of one of them, in order"
            ),
        ),
        (
            (),
            {"alternative": 3},
            "alternative=3: 7 has 3 messages\nhint: give a place from 0 to 2",
        ),
        (
            (),
            {"alternative": 1},
            (
                "message template 'No order %s' takes 1 parameter (%s), and got none\n"
                "hint: pass one parameter for each placeholder, in order; *code.template.sample "
                "makes them up"
            ),
        ),
    ],
)
def test_refused_alternatives(params, options, text):
    """What fits none of the messages is refused with what each takes."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(TWICE, 7, params, options)
    assert str(caught.value) == text


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
