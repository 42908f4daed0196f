"""Reading envelopes out of the responses of real HTTP libraries, from a server on this machine."""

from __future__ import annotations

import asyncio
import email
import io
import json
import threading
import urllib.error
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp
import httpx
import httpx2
import pytest
import requests
import urllib3

from pytest_errcodes.catalog.files.loading import parse_catalog
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import Reading, read
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError

PACKAGE = __name__.partition(".")[0]  # the tests' own, however they are imported

BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
HINT = "hint: something before the API answered: look at the URL, the proxy, the gateway"


class Handler(BaseHTTPRequestHandler):
    """Answers ``/envelope`` with an envelope under HTTP 400, and the rest with a page."""

    def do_GET(self):
        """Answer one request."""
        is_envelope = self.path == "/envelope"
        body = json.dumps(BODY).encode() if is_envelope else b"<html>Bad Gateway</html>"
        self.send_response(400 if is_envelope else 502)
        self.send_header("Content-Type", "application/json" if is_envelope else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture(scope="module")
def server():
    """The URL of a server that runs for the tests of this file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


pytestmark = pytest.mark.usefixtures("context")


def with_httpx(url):
    with httpx.Client(trust_env=False) as client:
        return Envelope.of(client.get(url))


def with_httpx_async(url):
    async def get():
        async with httpx.AsyncClient(trust_env=False) as client:
            return Envelope.of(await client.get(url))

    return asyncio.run(get())


def with_httpx_exception(url):
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.HTTPStatusError) as caught:
        client.get(url).raise_for_status()
    return Envelope.of(caught.value)


def with_httpx2(url):
    with httpx2.Client(trust_env=False) as client:
        return Envelope.of(client.get(url))


def with_requests(url):
    with requests.Session() as client:
        client.trust_env = False
        return Envelope.of(client.get(url))


def with_requests_stream(url):
    with requests.Session() as client:
        client.trust_env = False
        with client.get(url, stream=True) as response:
            return Envelope.of(response)


def with_requests_exception(url):
    with requests.Session() as client, pytest.raises(requests.HTTPError) as caught:
        client.trust_env = False
        client.get(url).raise_for_status()
    return Envelope.of(caught.value)


def with_aiohttp(url, *, read=True):
    async def get():
        async with aiohttp.ClientSession() as client, client.get(url) as response:
            if read:
                await response.read()
            return Envelope.of(response)

    return asyncio.run(get())


CLIENTS = [
    with_httpx,
    with_httpx_async,
    with_httpx2,
    with_requests,
    with_requests_stream,
    with_aiohttp,
]
EXCEPTIONS = [with_httpx_exception, with_requests_exception]


@pytest.mark.parametrize("client", [*CLIENTS, *EXCEPTIONS])
def test_envelope(server, client):
    """The envelope is read, with the HTTP status it came with."""
    envelope = client(f"{server}/envelope")

    assert (envelope.code, envelope.message) == (401009, "clientOrderId already exists")
    assert envelope.http_status == 400


@pytest.mark.parametrize("client", CLIENTS)
def test_page(server, client):
    """A page is refused with HTTP status, content type and its beginning."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        client(f"{server}/page")

    assert str(caught.value) == (
        "not an envelope: the body is an HTML page, not JSON\n"
        "  HTTP status   502\n"
        "  content type  text/html\n"
        "  body          <html>Bad Gateway</html>\n" + HINT
    )


def test_page_in_an_exception(server):
    """Of an exception that carries a page, the page is shown."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        with_httpx_exception(f"{server}/page")

    assert str(caught.value) == (
        "not an envelope: the body is an HTML page, not JSON "
        "(in the .response of HTTPStatusError)\n"
        "  HTTP status   502\n"
        "  content type  text/html\n"
        "  body          <html>Bad Gateway</html>\n" + HINT
    )


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_httpx_response_that_is_not_read(server, library):
    """A streamed response is not read behind its reader's back, and the text says how to."""
    with (
        library.Client(trust_env=False) as client,
        client.stream("GET", server) as response,
        pytest.raises(NotAnEnvelopeError) as caught,
    ):
        Envelope.of(response)

    name = library.__name__
    assert str(caught.value) == (
        f"not an envelope: the body of {name}.Response cannot be had (ResponseNotRead)\n"
        "  HTTP status   502\n"
        "  content type  text/html\n"
        "hint: read it first: response.read(), or await response.aread()"
    )


def test_aiohttp_response_that_is_not_read(server):
    """Only a coroutine can read a response of aiohttp, and the text says so."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        with_aiohttp(f"{server}/envelope", read=False)

    assert str(caught.value) == (
        "not an envelope: the body of aiohttp.ClientResponse has not been read\n"
        "  HTTP status   400\n"
        "  content type  application/json\n"
        "hint: await response.read() first"
    )


class Answer:
    """A response of no library in particular."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def test_response_with_text():
    """A response may hold its body as text, and have no headers."""
    envelope = Envelope.of(Answer(status_code=200, content=json.dumps(BODY)))

    assert (envelope.code, envelope.http_status) == (401009, 200)


def test_response_with_other_content():
    """A content that is no body is named."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(Answer(status_code=200, content=[1], headers={"Content-Type": "a/b"}))

    assert str(caught.value) == (
        f"not an envelope: the content of {PACKAGE}.Answer is of type list, not bytes\n"
        "  HTTP status   200\n"
        "  content type  a/b"
    )


class Unfriendly:
    """Headers that cannot be asked."""

    def get(self, name):
        """Refuse."""
        raise RuntimeError(name)


@pytest.mark.parametrize("headers", [Unfriendly(), {"content-type": 7}, None])
def test_response_with_odd_headers(headers):
    """Headers that cannot be read, or hold no text, leave the content type out."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(Answer(status_code=200, content=b"", headers=headers))

    assert str(caught.value) == "not an envelope: the body is empty\n  HTTP status   200"


def test_object_with_a_status_and_no_body():
    """An object with an HTTP status and no body is read by its attributes."""
    envelope = Envelope.of(Answer(status_code=400, code=401009, message="a"))

    assert (envelope.code, envelope.http_status) == (401009, 400)


CODED_BY_STATUS = """
[envelope]
{fields}
success = [200]
[sections.orders.codes]
404 = "No such order"
4041 = "No such account"
"""


@pytest.mark.parametrize(
    ("fields", "response", "code"),
    [
        ('attributes = ["status_code"]', httpx.Response(404), 404),
        ('attributes = ["status_code"]', httpx.Response(404, text="<html>"), 404),
        ('attributes = ["status_code"]', httpx.Response(404, json={"detail": "no"}), 404),
        ('attributes = ["name", "response.status_code"]', httpx.Response(404), 404),
        ('attributes = ["status_code"]', httpx.Response(200, json=[]), 200),
        ('attributes = ["status_code"]', httpx.Response(404, json={"code": 4041}), 4041),
        ('attributes = ["status_code"]', httpx.Response(500), None),
        ('attributes = ["error.code"]', httpx.Response(404), None),
        ("", httpx.Response(404), None),
    ],
)
def test_status_that_is_the_code(fields, response, code):
    """An HTTP status is a code if the catalog has it, reads such an attribute, and no body says."""
    found = read(response, parse_catalog(CODED_BY_STATUS.format(fields=fields)))

    assert (found.code if isinstance(found, Reading) else None) == code


def test_status_of_an_answer_that_is_carried():
    """The status of what an exception carries says nothing against the code it says itself."""
    catalog = parse_catalog(CODED_BY_STATUS.format(fields='attributes = ["code", "status_code"]'))
    found = read(Answer(code=4041, response=httpx.Response(404)), catalog)

    assert isinstance(found, Reading)
    assert (found.code, found.evidence.contradiction) == (4041, None)


def http_error(body: bytes) -> urllib.error.HTTPError:
    """Return urllib's error for an answer with HTTP status 400."""
    headers = email.message_from_string("content-type: application/json")
    return urllib.error.HTTPError("http://x", 400, "Bad", headers, io.BytesIO(body))


def test_error_of_urllib() -> None:
    """The body of urllib's error is read, and is there to be read by its client."""
    body = b'{"code": 401009, "message": "clientOrderId already exists", "data": null}'
    with http_error(body) as error:
        envelope = Envelope.of(error)
        assert (envelope.code, envelope.http_status) == (401009, 400)
        assert error.read(9) + error.read() == body


def test_response_of_urllib3() -> None:
    """A response of urllib3's is read where it has its body, and says how to read it."""
    body = b'{"code": 401009, "message": "clientOrderId already exists", "data": null}'
    response = urllib3.HTTPResponse(io.BytesIO(body), status=400, preload_content=False)
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(response)
    assert str(caught.value) == (
        "not an envelope: the body of urllib3.HTTPResponse has not been read\n"
        "  HTTP status   400\n"
        "hint: read it first: response.data"
    )
    assert response.data == body
    assert Envelope.of(response).code == 401009
