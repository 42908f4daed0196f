"""The stream of a response that is read by its client, and looked at by us when that is done.

Whatever way a client reads (``read``, ``iter_lines``, ``iter_raw`` …), the parts come through here.
They are handed on one by one as they come: nothing is read that the client does not read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

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


class _SyncStream(_Watched):
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


class _AsyncStream(_Watched):
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


#: What is watched of a stream, by the class of its library that it is made from.
_KINDS: dict[str, type] = {"SyncByteStream": _SyncStream, "AsyncByteStream": _AsyncStream}


@lru_cache(maxsize=16)
def _find_kind(bases: tuple[type, ...]) -> type:
    """Return the class of a watched stream that is made from its library's own classes."""
    kinds = [_KINDS[base.__name__] for base in bases] or [_AsyncStream]
    return type("WatchedStream", (*kinds, *bases), {})


def watch_stream(stream: object, look: Look) -> Any:
    """Return a stream of the same kind that hands on what comes, and looks when it has ended.

    Args:
        stream: The stream of a response.
        look: Called once: when the stream was read to its end, or is closed.
    """
    bases = tuple(kind for kind in type(stream).__mro__ if kind.__name__ in _KINDS)
    return _find_kind(bases)(stream, look)
