"""Bodies for other mocks: the dict, the bytes, the headers, and the checks of ``reply``."""

from __future__ import annotations

import json

import pytest
from simulated_catalogs import BARE, CARDS, LTP

from pytest_errcodes.catalog import Catalog, ErrorCode, Section, UnknownCodeError, parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply


@pytest.mark.parametrize(
    ("catalog", "code", "params", "options"),
    [
        (LTP, 401009, (), {}),
        (LTP, 401009, (), {"data": {"symbol": "币"}, "fields": {"requestId": "r1"}}),
        (LTP, 401112, ("20",), {"code_type": str}),
        (LTP, 401009, (), {"message": "duplicate id"}),
        (LTP, 200000, (), {"data": [1]}),
        (CARDS, "51009", ("7",), {}),
        (BARE, 51008, (), {}),
    ],
)
def test_as_a_reply(catalog, code, params, options):
    """A body and a response are what a route would reply, to the byte."""
    reply = make_reply(catalog, code, params, options)
    response = catalog.response(code, *params, **options)
    assert catalog.body(code, *params, **options) == json.loads(reply.body)
    assert (response.content, response.http_status) == (reply.body, reply.http_status)
    assert catalog.find(code).body(*params, **options) == json.loads(reply.body)


def test_order_of_the_fields():
    """The dict has the order of the bytes."""
    assert list(LTP[401009].body(fields={"at": 1})) == ["code", "message", "data", "at"]


def test_body_of_its_own():
    """What the test does with a body, or with its data, changes no other."""
    data = {"orders": []}
    body = LTP[401009].body(data=data)
    data["orders"].append(1)
    assert body["data"] == {"orders": []}
    body["code"] = 1
    assert LTP[401009].body()["code"] == 401009


def test_response():
    """A response has a status and headers of its own; one of ours gives way to another."""
    response = LTP[100429].response(
        http_status=429, headers={"Retry-After": "1", "Content-Type": "text/json"}
    )
    assert (response.http_status, response.headers) == (
        429,
        {"content-type": "text/json", "retry-after": "1"},
    )
    assert LTP[100429].response().headers == {"content-type": "application/json"}


def test_undocumented():
    """A code that the catalog lacks has a body with the message that is given for it."""
    assert LTP.body(999999, undocumented=True, message="gone wild") == {
        "code": 999999,
        "message": "gone wild",
        "data": None,
    }


def test_shape_of_the_catalog_that_holds_it():
    """A code that another catalog takes over is written as that one's envelope says."""
    code = ErrorCode(7, "Gone", Section("a", "A", ""))
    assert code.body() == {"code": 7, "message": "Gone", "data": None}
    taken = Catalog("mine", [code], sections=[code.section], shapes=BARE.shapes)
    assert taken[7].body() == {"code": 7, "message": "Gone"}
    assert taken[7] == code


def test_shape_of_an_extending_catalog(tmp_path):
    """A code that is taken over from another file has the envelope of the file that extends it."""
    (tmp_path / "base.toml").write_text('name = "base"\n[sections.a.codes]\n7 = "Gone"\n')
    path = tmp_path / "base.toml"
    catalog = parse_catalog(f'extends = "{path}"\n[envelope]\nmessage = "msg"\n')
    assert catalog[7].body() == {"code": 7, "msg": "Gone", "data": None}


@pytest.mark.parametrize(
    ("make", "slug", "text"),
    [
        (
            lambda: LTP[401009].body("p1"),
            "parameter-count",
            (
                "message template 'clientOrderId already exists' takes no parameters, and got 1: "
                "'p1'\n"
                "hint: leave the parameters out"
            ),
        ),
        (
            lambda: LTP[401009].body(data={1}),
            "data-not-json",
            (
                "[401009].body(data=...): JSON cannot hold this data: Object of type set is not "
                "JSON "
                "serializable\nhint: give strings, numbers, booleans, None, lists and dicts"
            ),
        ),
        (
            lambda: LTP[401009].response(htp_status=1),
            "reply-option",
            (
                "[401009].response(...) knows no option 'htp_status'; it knows data, message, "
                "fields, code_type, alternative, shape, http_status, headers\n"
                "hint: did you mean http_status=?"
            ),
        ),
        (
            lambda: BARE[51008].body(data=1),
            "reply-option",
            (
                "[51008].body(data=...): the envelope has no field for data\n"
                "hint: name one in the catalog's [envelope], as in data = 'data', or leave out "
                "data="
            ),
        ),
        (
            lambda: LTP[401009].body(fields={"code": 1}),
            "envelope-fields",
            (
                "fields={'code': 1} would replace the code of the envelope, which stands in code\n"
                "hint: the code is the first argument; code_type=str or int says how it is sent"
            ),
        ),
        (
            lambda: LTP.body(401009, undocumented=True, message="x"),
            "code-is-documented",
            (
                "body(401009, undocumented=True): catalog 'ltp' documents "
                "401009 clientOrderId already exists\nhint: leave out undocumented=True"
            ),
        ),
        (
            lambda: LTP.body(999999, undocumented=True),
            "undocumented-without-message",
            (
                "body(999999, undocumented=True) has no template to fill\n"
                "hint: give the whole message: "
                "body(999999, undocumented=True, message='what the API says')"
            ),
        ),
        (
            lambda: LTP[401009].response(headers={"content-length": "1"}),
            "headers",
            (
                "headers={'content-length': '1'} would describe another body: a reply is sent as "
                "plain JSON of 68 bytes\nhint: leave content-length out; bytes of your own are "
                "sent "
                "by .respond(content=..., headers=...)"
            ),
        ),
        (
            lambda: LTP[401009].response(headers=[("a", "1"), ("A", "2")]),
            "headers",
            (
                "headers=[('a', '1'), ('A', '2')] have A twice\n"
                "hint: give each once: not every mock can send a header twice"
            ),
        ),
        (
            lambda: LTP[401009].response(headers={"a": 1}),
            "headers",
            (
                "headers={'a': 1} are not HTTP headers\n"
                "hint: give a mapping of text to text: headers={'retry-after': '1'}"
            ),
        ),
        (
            lambda: LTP[401009].response(http_status=401009),
            "http-status",
            (
                "http_status=401009 is not an HTTP status\n"
                "hint: give a number from 100 to 599; the business code is the first argument of "
                "reply"
            ),
        ),
    ],
)
def test_refused(make, slug, text):
    """What a reply would refuse, a body refuses, and names its own call."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make()
    assert (caught.value.slug, str(caught.value)) == (slug, text)


def test_unknown():
    """A code that is unknown by mistake is told as everywhere."""
    with pytest.raises(UnknownCodeError):
        LTP.body(999999)


WRAPPED = parse_catalog(
    '[envelope]\ncode = "Response.Error.Code"\nmessage = "Response.Error.Message"\n'
    'data = "Response"\ncode_type = "string"\nsuccess = "absent"\n'
    '[sections.a.codes]\n"A.B" = "No"\n'
)


def test_data_around_the_code():
    """Where the data name the object that has the code too, both stand in it."""
    error = {"Code": "A.B", "Message": "No"}
    assert WRAPPED["A.B"].body() == {"Response": {"Error": error}}
    with_id = WRAPPED["A.B"].body(data={"RequestId": "r"})
    assert with_id == {"Response": {"RequestId": "r", "Error": error}}
    assert WRAPPED.body(data={"Total": 0}) == {"Response": {"Total": 0}}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            {"Error": 1},
            (
                "the data have a field 'Error', and the envelope has one of that name\n"
                "hint: leave it out of the data; fields={...} sets a field of the envelope"
            ),
        ),
        (
            [1],
            (
                "the data hold fields of the envelope, and are no object\n"
                "hint: give a dict, which stands in 'Response'"
            ),
        ),
    ],
)
def test_data_that_cannot_be_around_the_code(data, said):
    """Data that would replace the code, or cannot hold it, are refused."""
    with pytest.raises(ErrcodesUsageError) as caught:
        WRAPPED["A.B"].body(data=data)
    assert str(caught.value) == f'["A.B"].body(data=...): {said}'
