"""What a reply cannot be made of is refused, with the place and the remedy."""

from __future__ import annotations

import pytest
from simulated_catalogs import BARE, LTP

from pytest_errcodes.catalog import UnknownCodeError
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply

DIGITS = 10**5000


def refusal(code, *params, catalog=LTP, **options):
    """Return slug and text of the refusal."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(catalog, code, params, options)
    return caught.value.slug, str(caught.value)


def test_data_without_a_field():
    """Data that would be lost is refused."""
    assert refusal(51008, catalog=BARE, data=None) == (
        "reply-option",
        (
            "reply(51008, data=...): the envelope of catalog 'bare' has no field for data\n"
            "hint: name one in the catalog's [envelope], as in data = 'data', or leave out data="
        ),
    )


def test_unknown_code():
    """A code that the catalog lacks is refused as everywhere, and the hint tells how to send it."""
    with pytest.raises(UnknownCodeError) as caught:
        make_reply(LTP, 401999, (), {})
    with pytest.raises(UnknownCodeError) as expected:
        LTP[401999]
    assert caught.value.message == expected.value.message
    assert caught.value.hint == (
        "check the number against the document, or send it with undocumented=True, message='...'"
    )


REFUSALS = {
    "an option that does not exist": (
        (401009,),
        {"htp_status": 500},
        "reply-option",
        (
            "reply(...) knows no option 'htp_status'; it knows data, http_status, headers, times, "
            "message, undocumented\n"
            "hint: did you mean http_status=?"
        ),
    ),
    "an option that is like none": (
        (401112,),
        {"leverage": "20"},
        "reply-option",
        (
            "reply(...) knows no option 'leverage'; it knows data, http_status, headers, times, "
            "message, undocumented\n"
            "hint: parameters of the message go by position"
        ),
    ),
    "a message and parameters": (
        (401112, "20"),
        {"message": "no"},
        "message-and-parameters",
        (
            "reply(401112, ...) has both message= and parameters\n"
            "hint: give the parameters for the documented message, or the whole message="
        ),
    ),
    "a message that is no text": (
        (401009,),
        {"message": 5},
        "reply-message",
        (
            "message=5 is not text\n"
            "hint: give the whole message as text, or leave it out for the documented one"
        ),
    ),
    "a documented code as undocumented": (
        (401009,),
        {"undocumented": True, "message": "x"},
        "code-is-documented",
        (
            "reply(401009, undocumented=True): catalog 'ltp' documents "
            "401009 clientOrderId already exists\n"
            "hint: leave out undocumented=True"
        ),
    ),
    "an undocumented code without its message": (
        (999999,),
        {"undocumented": True},
        "undocumented-without-message",
        (
            "reply(999999, undocumented=True) has no template to fill\n"
            "hint: give the whole message: "
            "reply(999999, undocumented=True, message='what the API says')"
        ),
    ),
    "an undocumented code with parameters": (
        (999999, "20"),
        {"undocumented": True, "message": "x"},
        "undocumented-without-message",
        (
            "reply(999999, undocumented=True) has no template to fill\n"
            "hint: give the whole message: "
            "reply(999999, undocumented=True, message='what the API says')"
        ),
    ),
    "an undocumented code of a wrong type": (
        (1.5,),
        {"undocumented": True, "message": "x"},
        "code-type",
        (
            "reply(1.5, undocumented=True): a code is an integer or text\n"
            "hint: write a code such as 400000"
        ),
    ),
    "an undocumented boolean": (
        (True,),
        {"undocumented": True, "message": "x"},
        "code-type",
        (
            "reply(True, undocumented=True): a code is an integer or text\n"
            "hint: write a code such as 400000"
        ),
    ),
    "an undocumented code too long for JSON": (
        (DIGITS,),
        {"undocumented": True, "message": "x"},
        "data-not-json",
        (
            "reply(an integer of 5,001 digits, data=...): JSON cannot hold this data: "
            "Exceeds the limit (4300 digits) for integer string conversion; "
            "use sys.set_int_max_str_digits() to increase the limit\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    ),
    "data that JSON does not know": (
        (200000,),
        {"data": {1, 2}},
        "data-not-json",
        (
            "reply(200000, data=...): JSON cannot hold this data: "
            "Object of type set is not JSON serializable\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    ),
    "a header that is no text": (
        (100429,),
        {"headers": {"retry-after": 1}},
        "headers",
        (
            "headers={'retry-after': 1} are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
    "headers in one text": (
        (100429,),
        {"headers": "retry-after: 1"},
        "headers",
        (
            "headers='retry-after: 1' are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
    "a header that HTTP cannot carry": (
        (100429,),
        {"headers": {"x": "币"}},
        "headers",
        (
            "headers={'x': '币'} are not HTTP headers\n"
            "hint: give a mapping of text to text: headers={'retry-after': '1'}"
        ),
    ),
}


@pytest.mark.parametrize(("arguments", "options", "slug", "text"), REFUSALS.values(), ids=REFUSALS)
def test_refusal(arguments, options, slug, text):
    """What a reply cannot be made of is refused with its place and its remedy."""
    assert refusal(*arguments, **options) == (slug, text)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_number_that_json_does_not_know(number):
    """NaN and the infinities are refused: no API could send them."""
    slug, text = refusal(200000, data={"price": float(number)})
    assert slug == "data-not-json"
    assert text.startswith(
        "reply(200000, data=...): JSON cannot hold this data: Out of range float"
    )


def test_data_that_utf8_does_not_know():
    """Half of a surrogate pair is refused: no bytes stand for it."""
    slug, text = refusal(200000, data="\ud800")
    assert slug == "data-not-json"
    assert text.startswith("reply(200000, data=...): JSON cannot hold this data: 'utf-8' codec can")


def test_data_that_holds_itself():
    """Data without end is refused."""
    data = []
    data.append(data)
    assert refusal(200000, data=data) == (
        "data-not-json",
        (
            "reply(200000, data=...): JSON cannot hold this data: Circular reference detected\n"
            "hint: give strings, numbers, booleans, None, lists and dicts"
        ),
    )


@pytest.mark.parametrize("status", [99, 600, 401009, True, "200", 200.0], ids=repr)
def test_http_status_that_is_none(status):
    """Only a number from 100 to 599 is an HTTP status; the business code is not."""
    slug, text = refusal(401009, http_status=status)
    assert (slug, text) == (
        "http-status",
        (
            f"http_status={status!r} is not an HTTP status\n"
            "hint: give a number from 100 to 599; the business code is the first argument of reply"
        ),
    )


@pytest.mark.parametrize("params", [(), ("1", "2")])
def test_wrong_number_of_parameters(params):
    """A template says which placeholders it has."""
    with pytest.raises(ErrcodesUsageError) as expected:
        LTP[401112].template.render(*params)
    assert refusal(401112, *params) == ("parameter-count", str(expected.value))
    assert "%s" in str(expected.value)
