"""Answers in HTTP/1.1, and where each ends."""

from __future__ import annotations

import asyncio

import pytest

from pytest_errcodes.simulation.adapters.answer_bytes import (
    encode_answer,
    encode_parts,
    ends_connection,
)
from pytest_errcodes.simulation.wire_answer import WireAnswer

LENGTH = (b"Content-Length", b"2")
LONGER = (b"Content-Length", b"3")
CHUNKED = (b"Transfer-Encoding", b"chunked")


def encode(status, headers, body, method="GET"):
    """Return the whole of an answer in bytes, and whether its connection ends with it."""
    answer = WireAnswer(status, headers, body)

    async def join():
        parts = [pair async for pair in encode_parts(answer, method)]
        return sum(size for size, _ in parts), b"".join(part for _, part in parts)

    if isinstance(body, bytes):
        return encode_answer(answer, body, method)
    size, sent = asyncio.run(join())
    return sent, ends_connection(answer, method, size)


@pytest.mark.parametrize("body", [b"ok", [b"o", b"", b"k"]])
@pytest.mark.parametrize(
    ("status", "headers", "method", "expected"),
    [
        (200, [LENGTH], "GET", (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", False)),
        (200, [LENGTH], "HEAD", (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", False)),
        (200, [], "GET", (b"HTTP/1.1 200 OK\r\n\r\nok", True)),
        (200, [LONGER], "GET", (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", True)),
        (204, [], "GET", (b"HTTP/1.1 204 No Content\r\n\r\n", False)),
        (304, [LENGTH], "GET", (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", False)),
        (102, [], "GET", (b"HTTP/1.1 102 Processing\r\n\r\n", True)),
        (299, [LENGTH], "GET", (b"HTTP/1.1 299 \r\nContent-Length: 2\r\n\r\nok", False)),
    ],
)
def test_framing(body, status, headers, method, expected):
    """Status, method and headers say where an answer ends; a bodiless one has none."""
    assert encode(status, headers, body, method) == expected


def test_chunks():
    """A body in chunks is framed as such; an empty part would end it."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert encode(200, [CHUNKED], b"ok") == (head + b"2\r\nok\r\n0\r\n\r\n", False)
    parts = head + b"1\r\no\r\n1\r\nk\r\n0\r\n\r\n"
    assert encode(200, [CHUNKED], [b"o", b"", b"k"]) == (parts, False)


def test_asynchronous_parts():
    """A body may come from an asynchronous iterator."""

    async def parts():
        yield b"o"
        yield b"k"

    expected = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    assert encode(200, [LENGTH], parts()) == (expected, False)
