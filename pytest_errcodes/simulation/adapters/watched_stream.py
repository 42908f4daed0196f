"""The stream of a response that is read by its client, and looked at by us when that is done.

Whatever way a client reads (``read``, ``iter_lines``, ``iter_raw`` …), the parts come through here.
They are handed on one by one as they come: nothing is read that the client does not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# Each is bound here: a test may have put something else in its place by the time of a response.
from httpx import AsyncByteStream, SyncByteStream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    #: Takes the bytes that were read; None where nobody began to read.
    Look = Callable[[bytes | None], object]


class _Watched:
    """What streams of both kinds share: the parts so far, and one look at them."""

    def __init__(self, stream: Any, look: Look) -> None:
        self._stream = stream
        self._look: Look | None = look
        self._parts: list[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _begin(self) -> list[bytes]:
        self._parts = parts = list[bytes]()  # who reads a stream again begins anew
        return parts

    def _end(self) -> None:
        look, self._look = self._look, None
        if look is not None:
            look(None if self._parts is None else b"".join(self._parts))
        self._parts = None


class _SyncStream(_Watched, SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        parts = self._begin()
        for part in self._stream:
            parts.append(part)
            yield part
        self._end()

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._end()


class _AsyncStream(_Watched, AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = self._begin()
        async for part in self._stream:
            parts.append(part)
            yield part
        self._end()

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._end()


class _EitherStream(_SyncStream, _AsyncStream):
    """For a stream that both kinds of clients can read."""


def watch_stream(stream: object, look: Look) -> Any:
    """Return a stream of the same kind that hands on what comes, and looks when it has ended.

    Args:
        stream: The stream of a response.
        look: Called once: when the stream was read to its end, or is closed.
    """
    is_sync, is_async = (isinstance(stream, kind) for kind in (SyncByteStream, AsyncByteStream))
    if is_sync and is_async:
        return _EitherStream(stream, look)
    return (_SyncStream if is_sync else _AsyncStream)(stream, look)
