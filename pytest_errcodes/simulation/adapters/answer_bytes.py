"""Answers as the bytes that a server would send in HTTP/1.1, for a library's own parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytest_errcodes.simulation.wire_answer import WireAnswer


def encode_answer(answer: WireAnswer, body: bytes, method: str) -> bytes:
    """Return an answer to a request of this method in bytes; its body is at hand."""
    if not answer.has_body(method):
        return _encode_head(answer)
    if is_chunked(answer):
        return b"%b%b0\r\n\r\n" % (_encode_head(answer), _encode_chunk(body))
    return _encode_head(answer) + body


async def encode_parts(answer: WireAnswer, method: str) -> AsyncIterator[tuple[int, bytes]]:
    """Yield an answer in bytes, as the parts of its body come; before each the size of the part."""
    yield 0, _encode_head(answer)
    if not answer.has_body(method):
        return
    chunked = is_chunked(answer)
    async for part in _iterate(answer.body):
        yield len(part), _encode_chunk(part) if chunked else part
    if chunked:
        yield 0, b"0\r\n\r\n"


async def _iterate(body: Any) -> AsyncIterator[bytes]:
    if hasattr(body, "__aiter__"):
        async for part in body:
            yield part
    else:
        for part in body:
            yield part


def is_chunked(answer: WireAnswer) -> bool:
    """Return whether a body is sent in chunks."""
    return any(
        name.lower() == b"transfer-encoding" and value.lower() == b"chunked"
        for name, value in answer.headers
    )


def ends_connection(answer: WireAnswer, method: str, size: int) -> bool:
    """Return whether the connection is to end with an answer: its client waits for more, else.

    So it does for the end of a body whose length nobody has told, or that is shorter than was
    told, and after a status of 1xx, which is no answer yet.

    Args:
        answer: The answer.
        method: The method of the request.
        size: How many bytes of the body there were.
    """
    if answer.http_status < 200:
        return True
    if not answer.has_body(method) or is_chunked(answer):
        return False
    told = [value for name, value in answer.headers if name.lower() == b"content-length"]
    return told != [b"%d" % size]


def _encode_head(answer: WireAnswer) -> bytes:
    lines = b"".join([b"%b: %b\r\n" % pair for pair in answer.headers])
    reason = answer.reason.encode("ascii")
    return b"HTTP/1.1 %d %b\r\n%b\r\n" % (answer.http_status, reason, lines)


def _encode_chunk(part: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(part), part) if part else b""
