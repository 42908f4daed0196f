"""What one of httpx's transports answered, or its client returned: observed once."""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from pytest_errcodes.simulation.adapters.patching import is_class_of
from pytest_errcodes.simulation.adapters.received_answer import Call, ReceivedAnswer
from pytest_errcodes.simulation.adapters.watched_stream import watch_stream
from pytest_errcodes.simulation.marked_stream import find_mark

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
