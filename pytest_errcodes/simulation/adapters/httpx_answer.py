"""What one of httpx's transports answered, or its client returned: observed once.

One that comes as a stream is looked at when its client has read it. Whatever way it reads
(``read``, ``iter_lines``, ``iter_raw`` …), the parts come through here. They are handed on one by
one as they come: nothing is read that the client does not read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from pytest_errcodes.simulation.adapters.patching import is_class_of
from pytest_errcodes.simulation.adapters.received_answer import Call, ReceivedAnswer
from pytest_errcodes.simulation.marked_stream import find_mark

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    #: Takes the bytes that were read; None where nobody began to read.
    Look = Callable[[bytes | None], object]

#: The libraries whose responses these are: one took over the other's code.
_LIBRARIES = ("httpx", "httpx2")
#: The responses that were seen, while they live: nothing of ours stands in one of them.
_SEEN: WeakSet[Any] = WeakSet()


class HttpxCall(Call):
    """One layer of httpx: its client, or one of its transports."""

    __slots__ = ()

    def make_answer(self, response: Any) -> ReceivedAnswer:
        """Return the answer that a response of httpx's is."""
        return HttpxAnswer(response, self)

    def receive_refused(self, error: Exception) -> None:
        """Take a response that an error carries, unless it was seen, now or long before."""
        response: Any = vars(error).get("response")
        if _is_made_from(response, "Response") and response not in _SEEN:
            self.receive(response)


class HttpxAnswer(ReceivedAnswer):
    """One answer of httpx's, whose stream tells what is known of it."""

    __slots__ = ("_headers", "_http_status", "_stream")

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call)
        self._stream: Any = None
        self._http_status, self._headers = response.status_code, response.headers
        mark = find_mark(response)
        if mark is not None and mark.is_observed:  # our route has observed it as it sent it
            self.body = mark.body
            return
        _SEEN.add(response)
        if mark is not None:
            self._look_at_bytes(mark.body)
        elif response.is_closed:
            _let_know_request(response, self._request)
            self.look(response)
        elif _is_made_from(response.stream, "ByteStream"):  # it may be read more than once
            self._look_at_bytes(b"".join(response.stream))
        else:
            response.stream = self._stream = watch_stream(response.stream, self._look_at_bytes)
            self.let_go()

    def is_of(self, response: Any) -> bool:
        """Return whether a response is this answer, or hands on what it streams."""
        return response is self.find_response() or (
            self._stream is not None and response.stream is self._stream
        )

    def _look_at_bytes(self, body: bytes | None) -> None:
        self.look_at(body, self._http_status, self._headers.raw)


def _is_made_from(found: object, name: str) -> bool:
    """Return whether something is of a class of these libraries, or made from one."""
    return any(
        kind.__name__ == name and any(is_class_of(kind, library) for library in _LIBRARIES)
        for kind in type(found).__mro__
    )


def _let_know_request(response: Any, request: Any) -> None:
    """Let a reader of the user's find the request that a response answers, as its client will."""
    try:
        response.request  # noqa: B018  # it raises where there is none
    except RuntimeError:
        response.request = request


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
