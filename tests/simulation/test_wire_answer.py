"""What the network answers, in the terms of the wire, for libraries that are not httpx."""

from __future__ import annotations

import aiohttp
import httpx
import pytest
import requests

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import make_reply
from pytest_errcodes.simulation.wire_answer import WireAnswer, find_fault, write_answer


def test_reply(ltp):
    """A reply of ours is its status, its headers and its bytes."""
    reply = make_reply(ltp, 401009, (), {})
    assert write_answer(reply) == WireAnswer(200, reply.headers, reply.body, reply.body)


def test_compressed(ltp):
    """What respx answers goes as it is: what is compressed stays so."""
    response = httpx.Response(404, content=b"\x1f\x8b", headers={"content-encoding": "br"})
    headers = [(b"content-encoding", b"br"), (b"Content-Length", b"2")]
    answer = WireAnswer(404, headers, b"\x1f\x8b")
    assert write_answer(response) == answer
    assert answer.reason == "Not Found"


def test_read_response():
    """A response that somebody has read goes as what was read, and says nothing of its way here."""
    stream = httpx.Response(200, headers={"transfer-encoding": "chunked"}, content=iter([b"a"]))
    stream.read()
    assert write_answer(stream) == WireAnswer(200, [(b"content-length", b"1")], b"a")


@pytest.mark.parametrize(
    ("method", "status", "has_body"),
    [("GET", 200, True), ("HEAD", 200, False), ("GET", 204, False), ("POST", 304, False)],
)
def test_no_body(method, status, has_body):
    """Some answers have no body, whatever a route says."""
    assert WireAnswer(status, [], b"").has_body(method) is has_body


NO_STATUS = """\
status_code=0 is not an HTTP status
hint: give a number from 100 to 599; no answer at all is .mock(side_effect=httpx.ReadTimeout)"""
TWO_LINES = """\
headers={'x-a': '1\\r\\nx-b: 2'} cannot be sent: a header is one line, and its name one word
hint: leave line breaks out, and send two headers as two pairs"""


@pytest.mark.parametrize(
    ("response", "told"),
    [
        (httpx.Response(0), NO_STATUS),
        (httpx.Response(200, headers={"x-a": "1\r\nx-b: 2"}), TWO_LINES),
    ],
)
def test_refused(response, told):
    """What cannot go over the wire is refused."""
    with pytest.raises(ErrcodesUsageError) as caught:
        write_answer(response)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectTimeout(""), "connect-timeout"),
        (httpx.ReadTimeout(""), "read-timeout"),
        (httpx.ConnectError(""), "connect"),
        (httpx.RemoteProtocolError(""), "closed"),
        (httpx.ReadError(""), "broken"),
        (requests.ConnectTimeout(), "connect-timeout"),
        (requests.Timeout(), "read-timeout"),
        (requests.exceptions.SSLError(), "connect"),
        (aiohttp.ServerDisconnectedError(), "closed"),
        (TimeoutError(), "read-timeout"),
        (ConnectionResetError(), None),
        (ValueError(), None),
    ],
)
def test_fault(error, kind):
    """A test may name an error of any library; Python's and the client's own go as they are."""
    assert find_fault(error) == kind
