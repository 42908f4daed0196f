"""One answer of aiohttp's, and one layer that asks for it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pytest_errcodes.active.context import current
from pytest_errcodes.simulation.adapters.received_answer import Call, ReceivedAnswer, find_call
from pytest_errcodes.simulation.incoming import write_headers


class AiohttpCall(Call):
    """One layer of aiohttp: a session, or one connection of it."""

    __slots__ = ()

    def make_answer(self, response: Any) -> ReceivedAnswer:
        """Return the answer that a response of aiohttp's is."""
        return AiohttpAnswer(response, self)

    def knows(self, response: Any) -> bool:
        """Return whether a response came by a connection below."""
        return any(answer.is_of(response) for answer in self.answers)


class AiohttpAnswer(ReceivedAnswer):
    """One answer of aiohttp's: its bytes are looked at when the last of them has come."""

    __slots__ = ("_headers", "_http_status", "_parts")

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call)
        self._parts: list[bytes] = []
        self._http_status = response.status
        self._headers = response.raw_headers
        if self._headers is None:  # a mock's, as VCR.py's, may have the other kind alone
            self._headers = write_headers(response.headers.items())
        body, stream = response._body, response.content  # noqa: SLF001  # where it keeps what it has read
        if isinstance(body, bytes):
            self._look(body)
        elif not hasattr(type(stream), "feed_data"):
            return  # a mock, whose bytes nobody knows
        elif stream.is_eof():
            self._look(b"".join(getattr(stream, "_buffer", ())))
        else:
            self._parts += stream._buffer  # noqa: SLF001  # what came with the head
            kind: Any = type(stream)
            stream.__class__ = _watch(kind)
            stream.on_eof(self)
            self.let_go()

    def take(self, part: bytes) -> None:
        """Take a part of the body, as it comes."""
        self._parts.append(part)

    def __call__(self) -> None:
        """Look at the body, which is at its end."""
        self._look(b"".join(self._parts))

    def break_off(self) -> None:
        """Take that the rest of the body does not come any more."""
        self._look(None)

    def _look(self, body: bytes | None) -> None:
        self._parts = []
        headers = [
            pair
            for pair in self._headers
            # aiohttp has decompressed the body, unless the user has switched that off.
            if pair[0].lower() != b"content-encoding" or (body or b"").startswith(_COMPRESSED)
        ]
        self.look_at(body, self._http_status, headers)


def note_attempt() -> None:
    """Note that a session sends its request, perhaps not for the first time."""
    call = find_call()
    if isinstance(call, AiohttpCall):
        call.begun = current().received


#: How data begins that gzip, deflate and zstd have compressed.
_COMPRESSED = (b"\x1f\x8b", b"\x78", b"\x28\xb5\x2f\xfd")


@lru_cache(maxsize=16)
def _watch(kind: Any) -> Any:
    """Return a class of streams like another, that tells of what comes.

    The answer stands among the callbacks for the stream's end: so it lives as long as the stream.
    """

    class WatchedStream(kind):  # type: ignore[misc]  # a class of aiohttp's, or of a mock's
        __slots__ = ()

        def feed_data(self, data: bytes, *args: Any) -> Any:
            for answer in self._eof_callbacks:
                if isinstance(answer, AiohttpAnswer):
                    answer.take(data)
            return super().feed_data(data, *args)

        def set_exception(self, *args: Any) -> None:
            for answer in self._eof_callbacks:
                if isinstance(answer, AiohttpAnswer):
                    answer.break_off()
            super().set_exception(*args)

    WatchedStream.__name__ = WatchedStream.__qualname__ = kind.__name__
    WatchedStream.__module__ = kind.__module__
    return WatchedStream
