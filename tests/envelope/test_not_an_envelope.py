"""What is said of an object in which no envelope can be read."""

from __future__ import annotations

import asyncio
import email.message
import http.client
import io
import pickle
import types
import urllib.error

import aiohttp
import pytest
from yarl import URL

from pytest_errcodes import assert_code
from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError, Refusal

PACKAGE = __name__.partition(".")[0]  # the tests' own, however they are imported

HTML_HINT = "hint: something before the API answered: look at the URL, the proxy, the gateway"


pytestmark = pytest.mark.usefixtures("context")


def refusal(obj):
    """Return the whole text with which ``obj`` is refused."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(obj)
    assert caught.value.slug == "not-an-envelope"
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (None, "the field 'code' is null, not an integer or a string"),
        (401009.0, "the field 'code' is a number (401009.0), not an integer or a string"),
        (float("nan"), "the field 'code' is a number (nan), not an integer or a string"),
        (True, "the field 'code' is a bool (True), not an integer or a string"),
        ([401009], "the field 'code' is a list, not an integer or a string"),
        ({"a": 1}, "the field 'code' is an object, not an integer or a string"),
        (b"401009", "the field 'code' is a bytes, not an integer or a string"),
    ],
)
def test_code_of_another_kind(value, fault):
    """A code that is no code is named, with what it is."""
    body = {"code": value, "message": "a"}

    assert refusal(body) == f"not an envelope: {fault}\n  value         {body!r}"


def test_code_that_is_missing():
    """A missing code is named, and a field that may be it under another name is pointed to."""
    assert refusal({"message": "a", "token": "abc"}) == (
        "not an envelope: the field 'code' is missing\n"
        "  value         {'message': 'a', 'token': '<secret>'}"
    )
    assert refusal({"retCode": 10001}) == (
        "not an envelope: the field 'code' is missing\n"
        "  value         {'retCode': 10001}\n"
        "hint: if 'retCode' is the code, the catalog must say so: [envelope] code = \"retCode\""
    )


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        (
            {"error": {"code": "Srv.0319", "message": "a"}},
            ("'error.code'", "error.code"),
        ),
        (
            {"status_code": 400, "data": {"errno": 7, "codes": [1]}},
            ("'status_code' or 'data.errno'", "status_code"),
        ),
    ],
)
def test_code_that_stands_elsewhere(body, advice):
    """Fields that may be the code are named, those that stand deeper with the path to them."""
    fields, first = advice
    assert refusal(body).splitlines()[-1] == (
        f'hint: if {fields} is the code, the catalog must say so: [envelope] code = "{first}"'
    )


@pytest.mark.parametrize(
    ("value", "kind"),
    [(7, "a number (7)"), ([], "a list"), ({}, "an object"), (True, "a bool (True)")],
)
def test_message_of_another_kind(value, kind):
    """A message that is neither text nor null is refused."""
    body = {"code": 401009, "message": value}

    assert refusal(body) == (
        f"not an envelope: the field 'message' is {kind}, not a string\n  value         {body!r}"
    )


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('{"code": NaN}', "the body holds NaN, which JSON does not know"),
        ("[-Infinity]", "the body holds -Infinity, which JSON does not know"),
        ("[1, 2]", "the JSON is a list, not an object"),
        ('"Success"', "the JSON is a string, not an object"),
        ("401009", "the JSON is a number, not an object"),
        ("1.5", "the JSON is a number, not an object"),
        ("true", "the JSON is true, not an object"),
        ("null", "the JSON is null, not an object"),
        ('{"code": 40', "the JSON is cut off after 11 characters"),
        ('{"code": 1, "mess', "the JSON is cut off after 17 characters"),
        ('{"code": nul', "the JSON is cut off after 12 characters"),
        ("Bad Gateway", "the body is not JSON: Expecting value at line 1, column 1"),
        ("<?xml?><error/>", "the body is XML, not JSON"),
        ('{"code": null}', "the field 'code' is null, not an integer or a string"),
        ('{"msg": "a"}', "the field 'code' is missing"),
    ],
)
def test_bodies(body, fault):
    """Each kind of body that is no envelope is told apart, and shown."""
    assert refusal(body) == f"not an envelope: {fault}\n  body          {body}"
    assert refusal(body.encode()) == refusal(body)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("", ["the body is empty"]),
        (b" \n", ["the body is empty", "  body           \\n"]),
        (
            b"\xff\xfe{",
            ["the body is not UTF-8: byte 0xff at offset 0", "  body          \\xff\\xfe{"],
        ),
        (
            '{"code": null, "token": "abc"}',
            [
                "the field 'code' is null, not an integer or a string",
                '  body          {"code": null, "token": "<secret>"}',
            ],
        ),
        (
            "\n<!DOCTYPE html>\x1b[31m",
            [
                "the body is an HTML page, not JSON",
                "  body          \\n<!DOCTYPE html>\\x1b[31m",
                HTML_HINT,
            ],
        ),
    ],
)
def test_bodies_are_shown_without_secrets_and_control_characters(body, lines):
    """What is shown of a body can be printed anywhere."""
    assert refusal(body) == "not an envelope: " + "\n".join(lines)


@pytest.mark.parametrize(
    ("make", "fault", "size"),
    [
        (lambda: "[" * 200_000, "the JSON is nested too deep to read", "200,000 characters"),
        (
            lambda: '{"code": 1' + "0" * 5_000 + "}",
            "the JSON holds an integer with more digits than Python reads",
            "5,011 characters",
        ),
        (
            lambda: b"x" * 50_000_000,
            "the body is not JSON: Expecting value at line 1, column 1",
            "50,000,000 bytes",
        ),
        (
            lambda: "x" * 201,
            "the body is not JSON: Expecting value at line 1, column 1",
            "201 characters",
        ),
    ],
    ids=["deep", "huge integer", "50 MB", "one too long"],
)
def test_large_bodies(make, fault, size):
    """A body of any size is shown by its first 200 characters."""
    body = make()
    beginning = body[:200] if isinstance(body, str) else body[:200].decode()

    assert refusal(body) == f"not an envelope: {fault}\n  body          {beginning}… ({size})"


def test_secret_that_is_cut_off():
    """A secret of which the first 200 characters hold a part is masked."""
    body = f"{' ' * 180}token={'s' * 5000}"

    assert refusal(body) == (
        "not an envelope: the body is not JSON: Expecting value at line 1, column 181\n"
        f"  body          {' ' * 180}token=<secret>… (5,186 characters)"
    )


class Status:
    """The error of a gRPC call, as far as it matters."""

    message = "a"

    def code(self):
        """Return the status of the call."""
        return 5


def http_error():
    """Return urllib's error for an answer with HTTP status 502."""
    return urllib.error.HTTPError("http://x", 502, "Bad", email.message.Message(), io.BytesIO())


def http_response():
    """Return http.client's response; urllib adds ``code`` and ``msg`` to it."""
    response = http.client.HTTPResponse(types.SimpleNamespace(makefile=lambda mode: io.BytesIO()))
    response.code, response.status, response.msg = 200, 200, "OK"
    return response


def aiohttp_error():
    """Return aiohttp's error for HTTP status 400; its ``code`` warns when it is read."""
    info = aiohttp.RequestInfo(URL("http://x"), "GET", {}, URL("http://x"))
    return aiohttp.ClientResponseError(info, (), status=400, message="Bad Request")


def test_exit_status():
    """The exit status of SystemExit is no business code."""
    assert refusal(SystemExit(3)) == (
        "not an envelope: the code of SystemExit is the exit status\n  value         SystemExit(3)"
    )


def test_error_of_urllib():
    """The HTTP status of urllib's error is no business code, and its body is pointed to."""
    with http_error() as error:
        assert refusal(error) == (
            "not an envelope: the code of urllib.error.HTTPError is the HTTP status\n"
            "  HTTP status   502\n"
            "  value         <HTTPError 502: 'Bad'>\n"
            "hint: the envelope is in its body: pass error.read() instead"
        )


def test_error_of_aiohttp():
    """The HTTP status of aiohttp's error is no business code, and is not asked for as one."""
    error = aiohttp_error()

    assert refusal(error) == (
        "not an envelope: the code of aiohttp.ClientResponseError is the HTTP status\n"
        "  HTTP status   400\n"
        f"  value         {error!r}\n"
        "hint: it has no body: read the response before raise_for_status()"
    )


@pytest.mark.parametrize(
    ("module", "name", "fault"),
    [
        ("werkzeug.exceptions", "HTTPException", "the HTTP status\n  HTTP status   404"),
        ("tornado.httpclient", "HTTPClientError", "the HTTP status\n  HTTP status   404"),
        ("websockets.exceptions", "ConnectionClosed", "the close code of the WebSocket"),
    ],
)
def test_code_that_is_something_else(module, name, fault):
    """Where a library means something else by ``code``, that is said, for its subclasses too."""
    base = type(name, (Exception,), {"__module__": module, "code": 404, "message": "a"})
    text = refusal(type("Derived", (base,), {})()).partition("\nhint: ")[0]

    assert text == (
        f"not an envelope: the code of {module}.{name} is {fault}\n  value         Derived()"
    )


def test_response_of_urllib_is_not_taken_for_a_success():
    """The HTTP status that urllib keeps in ``code`` is no business code 200."""
    lines = refusal(http_response()).splitlines()

    assert lines[:2] == [
        "not an envelope: the code of http.client.HTTPResponse is the HTTP status",
        "  HTTP status   200",
    ]
    assert lines[-1] == "hint: the envelope is in its body: pass response.read() instead"


def test_code_that_is_a_method():
    """A method ``code``, as errors of gRPC have, is said to be one."""
    assert refusal(Status()).splitlines()[0] == (
        f"not an envelope: the 'code' of {PACKAGE}.Status is a method, as in gRPC errors"
    )


@pytest.mark.parametrize(
    ("obj", "lines"),
    [
        (
            None,
            ["it is None", "hint: if the client returned it, it may have swallowed the error"],
        ),
        (
            7,
            [
                "int has no attribute 'code'",
                "  value         7",
                (
                    "hint: where it is what the client returned, name its parts: "
                    "SimpleNamespace(code=result)"
                ),
            ],
        ),
        ([1, 2], ["list has no attribute 'code'", "  value         [1, 2]"]),
        (
            ValueError("token=abc"),
            [
                "ValueError has no attribute 'code'",
                "  value         ValueError('token=<secret>')",
                "hint: give it an attribute 'code', 'envelope' or 'response'",
            ],
        ),
        (
            types.SimpleNamespace(exit_code=401009),
            [
                "types.SimpleNamespace has no attribute 'code'",
                "  value         namespace(exit_code=401009)",
                (
                    "hint: if 'exit_code' holds the code, the catalog must say so: "
                    '[envelope] attributes = ["exit_code"]'
                ),
            ],
        ),
        (
            types.SimpleNamespace(code=None, message="a"),
            [
                "the attribute 'code' is null, not an integer or a string",
                "  value         namespace(code=None, message='a')",
            ],
        ),
        (
            types.SimpleNamespace(code=401009, message=7),
            [
                "the attribute 'message' is a number (7), not a string",
                "  value         namespace(code=401009, message=7)",
            ],
        ),
    ],
)
def test_objects(obj, lines):
    """An object without a code is named, with what it would need."""
    assert refusal(obj) == "not an envelope: " + "\n".join(lines)


def test_what_an_exception_carries_is_shown_rather_than_the_exception():
    """Of an exception whose response is no envelope, the response is shown."""
    error = ValueError("boom")
    error.response = "<html>"

    assert refusal(error) == (
        "not an envelope: the body is an HTML page, not JSON (in the .response of ValueError)\n"
        "  body          <html>\n"
        f"{HTML_HINT}"
    )


def test_coroutine_that_was_not_awaited():
    """Who passes a coroutine is told to await it."""

    async def place_order():
        await asyncio.sleep(0)

    coroutine = place_order()

    assert refusal(coroutine).splitlines()[-1] == "hint: await it first"
    coroutine.close()


def test_error_of_a_reader(context):
    """What a reader of the user's raises is the error, and what an assertion tells."""
    error = NotAnEnvelopeError(
        "not-an-envelope", "not an envelope: a page\n  title  Login", "log in"
    )

    def read(obj):
        raise error

    context.readers.append(read)
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of("<html>")
    assert caught.value is error
    with pytest.raises(AssertionError) as failed:
        assert_code("<html>", 401009)
    assert str(failed.value) == (
        "expected 401009, came no envelope: a page\n"
        "  expected      401009  clientOrderId already exists\n"
        "  title  Login\n"
        "hint: log in"
    )


def test_an_error_can_be_pickled():
    """The error survives the way between processes of a parallel run."""
    error = NotAnEnvelopeError("not-an-envelope", "not an envelope: a", "b")

    assert str(pickle.loads(pickle.dumps(error))) == "not an envelope: a\nhint: b"


@pytest.mark.filterwarnings("error")
def test_error_of_aiohttp_where_the_status_is_the_code():
    """Where the HTTP status is the code, aiohttp's error has it."""
    text = '[envelope]\ncode = "http_status"\n[sections.a.codes]\n400 = "a"\n'
    catalog = parse_catalog(text)
    assert read(aiohttp_error(), catalog).code == 400
    assert isinstance(read(aiohttp_error(), parse_catalog(text.replace("400", "404"))), Refusal)
