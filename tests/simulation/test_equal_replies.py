"""Equal replies are made once; whatever may differ is made anew."""

from __future__ import annotations

import enum
import json
from http import HTTPStatus

import pytest
from simulated_catalogs import CARDS, LTP

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply


class Trading(enum.IntEnum):
    DUPLICATE = 401009


def reply(code=401009, *params, catalog=LTP, **options):
    """Make a reply."""
    return make_reply(catalog, code, params, options)


EQUAL = {
    "no options": {},
    "http_status": {"http_status": 400},
    "an HTTPStatus": {"http_status": HTTPStatus.CONFLICT},
    "message": {"message": "duplicate id"},
    "undocumented": {"code": 999999, "undocumented": True, "message": "gone wild"},
    "data of a constant": {"data": "x"},
    "headers as a mapping": {"headers": {"retry-after": "1"}},
    "headers as pairs": {"headers": [("set-cookie", "a=1"), ("set-cookie", "b=2")]},
    "several": {"http_status": 429, "headers": {"retry-after": "1"}, "data": None},
}


@pytest.mark.parametrize("options", EQUAL.values(), ids=EQUAL)
def test_made_once(options):
    """Equal arguments make one reply, and it is what it would be if it were made anew."""
    one, other = reply(**options), reply(**options)
    anew = reply(**{**options, "data": [options["data"]] if "data" in options else []})
    assert one is other
    assert one.headers[2:] == anew.headers[2:]
    assert (one.code, one.message, one.http_status) == (anew.code, anew.message, anew.http_status)


def test_parameters_are_made_once():
    """So do equal parameters, whatever their number."""
    assert reply(401112, "20") is reply(401112, "20")
    assert reply(401112, 20) is reply(401112, 20)
    assert reply(401112, 20) is not reply(401112, "20")


def test_times_is_the_script_s():
    """How often a reply is sent is not in the reply."""
    assert reply(times=3, http_status=400) is reply(times=1, http_status=400)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), (1, 1.0), (0.0, -0.0), ("1", 1), (None, False)],
    ids=repr,
)
def test_equal_values_of_other_types(one, other):
    """What is equal in Python and not in JSON is not one reply."""
    for value in (one, other, one):
        assert json.dumps(json.loads(reply(data=value).body)["data"]) == json.dumps(value)


def test_parameters_of_other_types():
    """A parameter is written as it is, whatever it is equal to."""
    texts = [reply(401112, value).message for value in (1, True, 1.0, -0.0, 0.0, 1)]
    expected = [LTP[401112].template.render(value) for value in (1, True, 1.0, -0.0, 0.0, 1)]
    assert texts == expected


def test_equal_codes_of_other_types():
    """A member of an enumeration is the code, and a boolean is none."""
    assert reply(Trading.DUPLICATE).body == reply(401009).body
    with pytest.raises(ErrcodesUsageError):
        reply(True)


def test_status_of_another_type():
    """A status that is no integer is refused, though an equal one was made."""
    reply(http_status=200)
    with pytest.raises(ErrcodesUsageError) as caught:
        reply(http_status=200.0)
    assert caught.value.message == "http_status=200.0 is not an HTTP status"


def test_data_that_may_change():
    """Data that its owner may change is read anew each time."""
    data = {"symbols": ["BTC"]}
    one = reply(data=data)
    data["symbols"].append("ETH")
    other = reply(data=data)
    assert (one.data, other.data) == ({"symbols": ["BTC"]}, {"symbols": ["BTC", "ETH"]})
    assert reply(data=data).data is not other.data


def test_headers_that_may_change():
    """A mapping of headers that changes is another one."""
    headers = {"retry-after": "1"}
    one = reply(headers=headers)
    headers["retry-after"] = "2"
    assert reply(headers=headers).headers[2:] == [(b"retry-after", b"2")]
    assert one.headers[2:] == [(b"retry-after", b"1")]


@pytest.mark.parametrize(
    "headers",
    [{"a": 1}, {1: "a"}, [["a", "b"]], [("a",)], [("a", "b", "c")], "ab", ["ab"], 7],
    ids=repr,
)
def test_headers_of_another_form(headers):
    """What are no pairs of text is not kept, and taken or refused as ever."""
    try:
        one = reply(headers=headers)
    except ErrcodesUsageError as error:
        assert error.message == f"headers={headers!r} are not HTTP headers"
    else:
        assert reply(headers=headers) is not one


def test_large_texts_are_not_kept():
    """A large body does not live as long as the run."""
    assert reply(data="x" * 10_000) is not reply(data="x" * 10_000)
    assert reply(401112, "x" * 10_000) is not reply(401112, "x" * 10_000)


def test_other_catalogs():
    """Each catalog has replies of its own."""
    assert reply("51009", "7", catalog=CARDS).shape is CARDS.shape


def test_a_refusal_is_told_each_time():
    """What is refused is refused again, in the same words."""
    texts = []
    for _ in range(2):
        with pytest.raises(ErrcodesUsageError) as caught:
            reply(message="m", htp_status=500)
        texts.append(str(caught.value))
    assert texts[0] == texts[1]
