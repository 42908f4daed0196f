"""An answer as it goes over the wire: what every library's adapter makes its own response of.

What the network answers is one of several things; an adapter of a library that is not httpx needs
status, headers and bytes alone, or the kind of error that its client is to get.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, NamedTuple

# Bound here: a test may have put something else in its place by the time of an answer.
from httpx import ByteStream, Response

from pytest_errcodes.catalog.answer_headers import check_headers
from pytest_errcodes.simulation.marked_stream import find_mark
from pytest_errcodes.simulation.reply import Reply
from pytest_errcodes.simulation.reply_headers import check_status

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

    from pytest_errcodes.catalog.answer_headers import RawHeaders

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
#: Answers without a body, whatever is in them.
_BODILESS = frozenset([*range(100, 200), 204, 304])

FaultKind = Literal["connect", "connect-timeout", "read-timeout", "broken", "closed"]
"""What a client meets where there is no answer:

- ``connect``: no connection can be made;
- ``connect-timeout``: none is made in time;
- ``read-timeout``: the answer does not come in time, or the request cannot be sent in time;
- ``broken``: the connection breaks;
- ``closed``: the other end closes the connection and answers nothing.
"""
#: By the names of errors, as httpx, requests, urllib3 and aiohttp call them.
_FAULTS: dict[str, FaultKind] = {
    "ConnectTimeout": "connect-timeout",
    "ConnectTimeoutError": "connect-timeout",
    "ConnectionTimeoutError": "connect-timeout",
    "PoolTimeout": "connect-timeout",
    "ReadTimeout": "read-timeout",
    "ReadTimeoutError": "read-timeout",
    "WriteTimeout": "read-timeout",
    "TimeoutException": "read-timeout",
    "SocketTimeoutError": "read-timeout",
    "ServerTimeoutError": "read-timeout",
    "Timeout": "read-timeout",
    "ReadError": "broken",
    "WriteError": "broken",
    "CloseError": "broken",
    "RemoteProtocolError": "closed",
    "ServerDisconnectedError": "closed",
    "ConnectError": "connect",
    "NewConnectionError": "connect",
    "ClientConnectorError": "connect",
    "ConnectionError": "connect",
    "ProxyError": "connect",
    "NetworkError": "broken",
    "ClientConnectionError": "broken",
    "ProtocolError": "broken",
}
_LIBRARIES = frozenset(
    ["aiohttp", "httpcore", "httpcore2", "httpx", "httpx2", "requests", "urllib3"]
)


class WireAnswer(NamedTuple):
    """An answer as it goes over the wire.

    Attributes:
        http_status: The HTTP status, 100 to 599.
        headers: Name and value of each header, in order, without line breaks.
        body: The body as it is sent, compressed if the headers say so; its bytes, or what they
            are read from, which may be asynchronous.
        seen: The body as the route has observed it, decoded; None if the route has not.
    """

    http_status: int
    headers: RawHeaders
    body: bytes | Iterable[bytes] | AsyncIterable[bytes]
    seen: bytes | None = None

    @property
    def reason(self) -> str:
        """What stands behind the status in the first line; empty for an unknown one."""
        return _PHRASES.get(self.http_status, "")

    def has_body(self, method: str) -> bool:
        """Return whether a client reads a body at all, after a request of this method."""
        return method != "HEAD" and self.http_status not in _BODILESS


def write_answer(answer: Reply | Response) -> WireAnswer:
    """Return an answer of the network in the terms of the wire.

    Raises:
        ErrcodesUsageError: Its status or a header cannot be sent.
    """
    __tracebackhide__ = True
    if isinstance(answer, Reply):
        return WireAnswer(answer.http_status, answer.headers, answer.body, answer.body)
    headers = answer.headers.raw
    check_status(answer.status_code)
    check_headers(headers)
    stream, mark = answer.stream, find_mark(answer)
    seen = mark.body if mark is not None and mark.is_observed else None
    if isinstance(stream, ByteStream):  # it may be read more than once
        return WireAnswer(answer.status_code, headers, b"".join(stream), seen)
    if answer.is_closed or answer.is_stream_consumed:  # read by somebody: decoded bytes are left
        about_another = (b"content-encoding", b"content-length", b"transfer-encoding")
        kept = [pair for pair in headers if pair[0].lower() not in about_another]
        body = answer.content
        length = (b"content-length", b"%d" % len(body))
        return WireAnswer(answer.status_code, [*kept, length], body, seen)
    return WireAnswer(answer.status_code, headers, stream)


def find_fault(error: BaseException) -> FaultKind | None:
    """Return what a client is to meet for an error that a route raised, as its side effect.

    Args:
        error: The error, of whatever library: a test may name that of its own client, or httpx's.

    Returns:
        The kind; None for an error that is the client's or Python's own, and goes up as it is.
    """
    for cls in type(error).__mro__:
        if cls.__module__.partition(".")[0] in _LIBRARIES and cls.__name__ in _FAULTS:
            return _FAULTS[cls.__name__]
    return "read-timeout" if isinstance(error, TimeoutError) else None
