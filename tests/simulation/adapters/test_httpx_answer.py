"""A watched stream hands on what comes, part by part, and is looked at once."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from pytest_errcodes.simulation.adapters.httpx_answer import watch_stream


class Both(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A stream of both kinds that notes what is done with it."""

    name = "both"

    def __init__(self, *parts):
        self.parts, self.log = parts, []

    def __iter__(self):
        for part in self.parts:
            self.log.append(part)
            yield part

    async def __aiter__(self):
        for part in self:
            yield part

    def close(self):
        """Note it."""
        self.log.append("closed")

    async def aclose(self):
        """Note it."""
        self.close()


@pytest.fixture
def looks():
    """Return what was looked at."""
    return []


def test_parts_are_handed_on_as_they_come(looks):
    """No part is asked for before its reader asks, and the look comes with the end."""
    inner = Both(b"a", b"b")
    stream = iter(watch_stream(inner, looks.append))
    assert (next(stream), inner.log, looks) == (b"a", [b"a"], [])
    assert list(stream) == [b"b"]
    assert looks == [b"ab"]


def test_closing_after_the_end(looks):
    """What was looked at is not looked at again, and the stream is closed."""
    inner = Both(b"a")
    stream = watch_stream(inner, looks.append)
    list(stream)
    stream.close()
    assert (looks, inner.log) == ([b"a"], [b"a", "closed"])


@pytest.mark.parametrize(("read", "looked"), [(0, None), (1, b"a")])
def test_closing_before_the_end(looks, read, looked):
    """What was read by then is looked at; None where nobody began."""
    stream = watch_stream(Both(b"a", b"b"), looks.append)
    parts = iter(stream)
    for _ in range(read):
        next(parts)
    stream.close()
    assert looks == [looked]


def test_reading_again(looks):
    """A stream that can be read again is what it was the second time."""
    stream = watch_stream(Both(b"a", b"b"), looks.append)
    next(iter(stream))
    assert list(stream) == [b"a", b"b"]
    assert looks == [b"ab"]


def test_stream_that_breaks(looks):
    """An error reaches the reader, and what came before is looked at when it is closed."""

    class Broken(httpx.SyncByteStream):
        def __iter__(self):
            yield b"a"
            raise httpx.ReadError("lost")

    stream = watch_stream(Broken(), looks.append)
    with pytest.raises(httpx.ReadError, match="lost"):
        list(stream)
    assert looks == []
    stream.close()
    assert looks == [b"a"]


def test_stream_whose_end_breaks(looks):
    """Nor does an error in closing get lost."""

    class Broken(Both):
        def close(self):
            raise httpx.CloseError("lost")

    with pytest.raises(httpx.CloseError, match="lost"):
        watch_stream(Broken(), looks.append).close()
    assert looks == [None]


def test_asynchronous_reader(looks):
    """The same for those who await."""

    async def scenario():
        inner = Both(b"a", b"b")
        stream = watch_stream(inner, looks.append)
        assert [part async for part in stream] == [b"a", b"b"]
        await stream.aclose()
        assert inner.log == [b"a", b"b", "closed"]

    asyncio.run(scenario())
    assert looks == [b"ab"]


class Sync(httpx.SyncByteStream):
    """A stream for synchronous clients."""


class Async(httpx.AsyncByteStream):
    """A stream for asynchronous clients."""


@pytest.mark.parametrize("kind", [Sync, Async, Both])
def test_kind_is_kept(looks, kind):
    """Clients ask what kind of stream it is, and others what else it has."""
    stream = watch_stream(kind(), looks.append)
    kinds = (httpx.SyncByteStream, httpx.AsyncByteStream)
    assert [isinstance(stream, one) for one in kinds] == [issubclass(kind, one) for one in kinds]
    assert getattr(stream, "name", None) == getattr(kind, "name", None)
