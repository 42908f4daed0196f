"""Answers as the bytes that a server would send in HTTP/1.1, for a library's own parser."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytest_errcodes.simulation.wire_answer import WireAnswer


class Head(NamedTuple):
    """What stands before the body of an answer.

    Attributes:
        data: The first line and the headers, in bytes.
        is_chunked: Whether the body is sent in chunks.
        lengths: What is said of its length, mostly once.
    """

    data: bytes
    is_chunked: bool
    lengths: tuple[bytes, ...]


def encode_head(answer: WireAnswer) -> Head:
    """Return what stands before the body of an answer."""
    return _encode_head(answer.http_status, answer.reason, tuple(answer.headers))


@lru_cache(maxsize=256)
def _encode_head(http_status: int, reason: str, headers: tuple[tuple[bytes, bytes], ...]) -> Head:
    lines = b"".join([b"%b: %b\r\n" % pair for pair in headers])
    data = b"HTTP/1.1 %d %b\r\n%b\r\n" % (http_status, reason.encode("ascii"), lines)
    told = [(name.lower(), value) for name, value in headers]
    is_chunked = any(
        name == b"transfer-encoding" and value.lower() == b"chunked" for name, value in told
    )
    lengths = tuple(value for name, value in told if name == b"content-length")
    return Head(data, is_chunked, lengths)


def encode_answer(answer: WireAnswer, body: bytes, method: str) -> tuple[bytes, bool]:
    """Return an answer to a request of this method in bytes, and whether the connection ends.

    Args:
        answer: The answer.
        body: Its body, which is at hand.
        method: The method of the request.
    """
    head = encode_head(answer)
    ends = _ends_connection(head, answer, method, len(body))
    if not answer.has_body(method):
        return head.data, ends
    if head.is_chunked:
        return b"%b%b0\r\n\r\n" % (head.data, _encode_chunk(body)), ends
    return head.data + body, ends


async def encode_parts(answer: WireAnswer, method: str) -> AsyncIterator[tuple[int, bytes]]:
    """Yield an answer in bytes, as the parts of its body come; before each the size of the part."""
    head = encode_head(answer)
    yield 0, head.data
    if not answer.has_body(method):
        return
    async for part in _iterate(answer.body):
        yield len(part), _encode_chunk(part) if head.is_chunked else part
    if head.is_chunked:
        yield 0, b"0\r\n\r\n"


async def _iterate(body: Any) -> AsyncIterator[bytes]:
    if hasattr(body, "__aiter__"):
        async for part in body:
            yield part
    else:
        for part in body:
            yield part


def ends_connection(answer: WireAnswer, method: str, size: int) -> bool:
    """Return whether the connection is to end with an answer: its client waits for more, else.

    So it does for the end of a body whose length nobody has told, or that is shorter than was
    told, and after a status of 1xx, which is no answer yet.

    Args:
        answer: The answer.
        method: The method of the request.
        size: How many bytes of the body there were.
    """
    return _ends_connection(encode_head(answer), answer, method, size)


def _ends_connection(head: Head, answer: WireAnswer, method: str, size: int) -> bool:
    if answer.http_status < 200:
        return True
    if not answer.has_body(method) or head.is_chunked:
        return False
    return head.lengths != (b"%d" % size,)


def _encode_chunk(part: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(part), part) if part else b""
