"""One answer that a client got, whatever layers it came through: it is observed once.

A retrying transport asks another one several times and returns the last response, perhaps made
anew; the client returns it to its caller. Each layer that answers is a ``Call``, and knows what the
calls inside of it have answered.
"""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any, Self

# Bound here: a test may have put something else in their place by the time of a response.
from httpx import ByteStream, Response

from pytest_errcodes.active.context import current, observe, refuse
from pytest_errcodes.active.observation import NoEnvelope
from pytest_errcodes.active.ownership import find_owner
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.adapters.watched_stream import watch_stream
from pytest_errcodes.simulation.reply import BODY, EXTENSION, OF_ROUTE, Reply

if TYPE_CHECKING:
    from contextvars import Token
    from types import TracebackType

    import httpx

_UNREAD = "it was closed before its body was read"
_BROKEN = "its body cannot be decoded ({})"


class Call:
    """One layer that answers a request, while it does; used as a context manager.

    Attributes:
        request: The request.
        is_stream: Whether the client's caller reads the answer as a stream.
        answers: What the layers below have answered.
        has_ended: Whether it has answered, or failed.
    """

    __slots__ = ("_above", "_token", "answers", "has_ended", "is_stream", "request")

    def __init__(self, request: httpx.Request, *, is_stream: bool = False) -> None:
        self.request = request
        self.is_stream = is_stream
        self.answers: list[Answer] = []
        self.has_ended = False
        self._above: Call | None = None
        self._token: Token[Call | None] | None = None

    def __enter__(self) -> Self:
        above = _CALL.get()
        # A task that was started inside a layer may go on when that has answered.
        if above is not None and not above.has_ended:
            self._above = above
            self.is_stream = self.is_stream or above.is_stream
        self._token = _CALL.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.has_ended = True
        if self._token is not None:
            with suppress(ValueError):  # a coroutine that is closed elsewhere has left its context
                _CALL.reset(self._token)
        if isinstance(error, Exception):
            self._receive_refused(vars(error).get("response"))

    def receive(self, response: httpx.Response) -> None:
        """Take what this layer answers; an answer of a layer below is no other one."""
        for answer in self.answers:
            if answer.is_of(response):
                break
        else:
            answer = Answer(response, self)
        if self._above is not None:
            self._above.answers.append(answer)

    def _receive_refused(self, response: Any) -> None:
        """Take a response that an exception carries, unless it was seen, now or long before."""
        if isinstance(response, Response) and _SEEN not in response.extensions:
            self.receive(response)


#: Marks a response that was seen.
_SEEN = "pytest_errcodes_seen"

#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_CALL: ContextVar[Call | None] = ContextVar("pytest_errcodes_call", default=None)


class Answer:
    """One answer: looked at where its bytes are at hand, else when its client has read them.

    Args:
        response: The response, of any layer.
        call: The layer that answered.

    Attributes:
        body: Its bytes, decoded, once they were looked at.
    """

    __slots__ = ("_below", "_is_stream", "_owner", "_request", "_response", "_stream", "body")

    def __init__(self, response: httpx.Response, call: Call) -> None:
        self._request, self._below = call.request, call.answers
        self._is_stream = call.is_stream
        self._owner = find_owner()
        self._response = response
        self._stream: Any = None
        self.body: bytes | None = None
        known = response.extensions
        response.extensions = {**known, _SEEN: True}
        reply, body = known.get(EXTENSION), known.get(BODY)
        if isinstance(reply, Reply):  # our route has observed it
            self.body = reply.body
        elif OF_ROUTE in known:
            self.body = known[OF_ROUTE]
        elif body is not None:
            self._look_at(body)
        elif response.is_closed:
            self._look(response)
        elif type(response.stream) is ByteStream:  # whose parts can be had again
            self._look_at(b"".join(response.stream))
        else:
            response.stream = self._stream = watch_stream(response.stream, self._look_at)

    def is_of(self, response: httpx.Response) -> bool:
        """Return whether a response is this answer, or hands on what it streams."""
        return response is self._response or (
            self._stream is not None and response.stream is self._stream
        )

    def _look_at(self, body: bytes | None) -> None:
        """Look at the bytes that came over the wire; None for a body that nobody read."""
        response = self._response
        if body is None:
            self._refuse(Refusal(_UNREAD, http_status=response.status_code))
            return
        try:
            # The response itself is its client's, who has not all of it yet.
            copy = type(response)(
                response.status_code,
                headers=response.headers,
                content=body,
                request=self._request,
            )
        except Exception as error:  # noqa: BLE001  # decoders raise what they like
            self._refuse(
                Refusal(
                    _BROKEN.format(type(error).__name__),
                    came=body,
                    http_status=response.status_code,
                )
            )
            return
        self._look(copy)

    def _look(self, response: httpx.Response) -> None:
        """Look at a response that is read or closed."""
        if self._owner is not None and self._owner.ended:  # it was sent in another test
            return
        with suppress(Exception):  # closed, and not read
            self.body = response.content
        if self.body is not None and any(one.body == self.body for one in self._below):
            return  # a layer below had it, and this one made it anew
        _let_know_request(response, self._request)
        found = read(response, current().catalog)
        if isinstance(found, Refusal):
            self._refuse(found)
            return
        request, envelope = self._request, Envelope.of_reading(found)
        place = partial(_describe, request, is_stream=self._is_stream)
        observe(envelope.observation("client", place, request.method, str(request.url)))

    def _refuse(self, refusal: Refusal) -> None:
        refuse(NoEnvelope(partial(_describe, self._request), refusal))


def _let_know_request(response: httpx.Response, request: httpx.Request) -> None:
    """Let a reader of the user's find the request that a response answers, as its client will."""
    try:
        response.request  # noqa: B018  # it raises where there is none
    except RuntimeError:
        response.request = request


def _describe(request: httpx.Request, *, is_stream: bool = False) -> str:
    from pytest_errcodes.simulation.findings.describe import describe_request

    return describe_request(request) + (", as a stream" if is_stream else "")
