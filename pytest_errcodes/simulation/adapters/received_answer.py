"""One answer that a client got, whatever layers it came through: it is observed once.

A retrying transport asks another one several times and returns the last response, perhaps made
anew; the client returns it to its caller. Each layer that answers is a ``Call``, and knows what the
calls inside of it have answered. What an answer is made of is its library's business: each has its
own kind of ``ReceivedAnswer``.
"""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from weakref import ref

# Bound here: a test may have put something else in their place by the time of a response.
from httpx import Request, Response

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import NoEnvelope, RawAnswer
from pytest_errcodes.active.observers import observe_batch, observe_no_envelope
from pytest_errcodes.active.ownership import find_owner
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.adapters.local_hosts import is_local, read_host
from pytest_errcodes.simulation.address import find_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextvars import Token
    from types import TracebackType
    from weakref import ReferenceType

    import httpx

_UNREAD = "it was closed before its body was read"
_BROKEN = "its body cannot be decoded ({})"


class Sent(NamedTuple):
    """A request, as far as what answers it is told by it; an ``httpx.Request`` will do too.

    Attributes:
        method: The HTTP method, in capitals.
        url: The URL, as it went over the wire.
    """

    method: str
    url: str


class Call:
    """One layer that answers a request, while it does; used as a context manager.

    Args:
        request: The request: has ``method`` and ``url``, as ``Sent``.
        is_stream: Whether the client's caller reads the answer as a stream.

    Attributes:
        request: The request.
        is_stream: Whether the client's caller reads the answer as a stream.
        answers: What the layers below have answered.
        has_ended: Whether it has answered, or failed.
        above: The layer that asked this one; None for the outermost.
        begun: How many envelopes had been received when it was asked.
        has_application: Whether it asks an application of this process, which may ask others.
    """

    __slots__ = (
        "_token", "above", "answers", "begun", "has_application", "has_ended", "is_stream",
        "request",
    )  # fmt: skip

    def __init__(self, request: Any, *, is_stream: bool = False) -> None:
        self.request = request
        self.is_stream = is_stream
        self.answers: list[ReceivedAnswer] = []
        self.has_ended = False
        self.above: Call | None = None
        self.begun = current().received
        self.has_application = False
        self._token: Token[Call | None] | None = None

    def __enter__(self) -> Self:
        above = find_call()
        if above is not None:
            self.above = above
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
            try:  # noqa: SIM105  # faster than suppress, for each layer of each request
                _CALL.reset(self._token)
            except ValueError:  # a coroutine that is closed elsewhere has left its context
                pass
        if isinstance(error, Exception):
            self.receive_refused(error)

    def receive(self, response: Any) -> None:
        """Take what this layer answers; an answer of a layer below is no other one."""
        for answer in self.answers:
            if answer.is_of(response):
                break
        else:
            answer = self.make_answer(response)
        if self.above is not None:
            self.above.answers.append(answer)

    def make_answer(self, response: Any) -> ReceivedAnswer:
        """Return the answer that a response is, which no layer below has answered.

        It observes the response: at once, or when its client has read it.
        """
        raise NotImplementedError

    def receive_refused(self, error: Exception) -> None:
        """Take a response that an error carries, which the layer raised instead of returning it."""


#: A context variable has to be a module's; what it holds belongs to a thread or a task.
_CALL: ContextVar[Call | None] = ContextVar("pytest_errcodes_call", default=None)


def find_call() -> Call | None:
    """Return the layer that is asked now, by the present thread or task; None outside of all."""
    call = _CALL.get()
    # A task that a layer has started inherits it, and may go on when the layer has answered.
    return None if call is None or call.has_ended else call


class ReceivedAnswer:
    """One answer: looked at where its bytes are at hand, else when its client has read them.

    Args:
        response: The response, of any layer.
        call: The layer that answered.

    Attributes:
        response: The response; None once it is not held any more.
        body: Its bytes, decoded, once they were looked at; or those that its route has sent.
    """

    __slots__ = (
        "_begun", "_below", "_has_application", "_is_stream", "_kind", "_owner", "_request",
        "_weak", "body", "response",
    )  # fmt: skip

    def __init__(self, response: Any, call: Call) -> None:
        self._request, self._below, self._begun = call.request, call.answers, call.begun
        self._has_application = call.has_application
        self._is_stream = call.is_stream
        self._owner = find_owner()
        self._kind = type(response)
        self._weak: ReferenceType[Any] | None = None
        self.response = response
        self.body: bytes | None = None

    def let_go(self) -> None:
        """Hold the response no longer, whose file or stream holds this one until it has ended.

        Else a response that its client drops unread would keep its socket until garbage is
        collected, and Python would warn of one that nobody has closed.
        """
        with suppress(TypeError):  # a mock's may have no place for it
            self._weak = ref(self.response)
            self.response = None

    def find_response(self) -> Any:
        """Return the response; None for one that its client has dropped."""
        return self.response if self._weak is None else self._weak()

    def is_of(self, response: Any) -> bool:
        """Return whether a response is this answer, or hands on what it streams."""
        return response is self.find_response()

    def look_at(
        self,
        body: bytes | None,
        http_status: int,
        headers: Sequence[tuple[str, str]] | Sequence[tuple[bytes, bytes]],
    ) -> None:
        """Look at the bytes that came over the wire.

        Args:
            body: The bytes, compressed if the headers say so; None for a body nobody read.
            http_status: The HTTP status.
            headers: Name and value of each header.
        """
        request = _as_request(self._request)
        if body is None:
            self.look(Response(http_status, request=request), is_head=True)
            return
        try:
            # A copy: the client is still reading the response itself.
            copy = Response(http_status, headers=headers, content=body, request=request)
        except Exception as error:  # noqa: BLE001  # decoders raise what they like
            reason = _BROKEN.format(type(error).__name__)
            self._refuse(Refusal(reason, came=body, http_status=http_status))
            return
        self.look(copy)

    def look(self, response: httpx.Response, *, is_head: bool = False) -> None:
        """Look at a response that is read or closed.

        Args:
            response: The response.
            is_head: Whether nobody read its body, so that its HTTP status alone may be a code.
        """
        if self._owner is not None and self._owner.ended:  # its request belongs to an earlier test
            return
        if not is_head:
            with suppress(Exception):  # one that was closed unread has no content
                self.body = response.content
        if self.body is not None and any(one.body == self.body for one in self._below):
            return  # a layer below had the same answer, and this one made its own response of it
        if current().take_answer is not None and not is_head:
            self._hand_raw(response)
        from pytest_errcodes.envelope.envelope import Envelope
        from pytest_errcodes.envelope.reading import read

        found, status = read(response, current().catalog), response.status_code
        if is_head and (isinstance(found, Refusal) or found.code != status):
            found = Refusal(_UNREAD, http_status=status)
        if isinstance(found, Refusal):
            self._refuse(found)
            return
        request, envelope = self._request, Envelope.of_reading(found)
        place = partial(_describe, request, is_stream=self._is_stream)
        seen = envelope.observation("client", place, request.method, str(request.url))
        observe_batch(seen._replace(meanwhile=self._count_meanwhile()), envelope.items)

    def _count_meanwhile(self) -> int:
        """Return how many envelopes were received of which this answer may have been made.

        It may where what answered is in this process: a transport that calls an application, which
        asks others, or a server on this machine.
        """
        since = current().received - self._begun
        if not since or self._below or self._has_application:
            return since
        try:
            host = find_address(str(self._request.url)).host
        except Exception:  # noqa: BLE001  # a library may take what httpx calls no URL
            return 0
        return since if is_local(read_host(host)) else 0

    def _hand_raw(self, response: httpx.Response) -> None:
        """Hand the answer to who takes answers of any form."""
        take, sent = current().take_answer, self._request
        if take is not None:
            library = self._kind.__module__.partition(".")[0]
            kind = response.headers.get("content-type", "")
            status = response.status_code
            take(RawAnswer(sent.method, str(sent.url), status, kind, self.body, library))

    def _refuse(self, refusal: Refusal) -> None:
        observe_no_envelope(NoEnvelope(partial(_describe, self._request), refusal))


class KnownAnswer(ReceivedAnswer):
    """An answer that was observed where it was sent: by our route, or by a mock's own record.

    Args:
        response: What the library makes of it: layers above may hand on that very object.
        body: Its bytes, decoded: or make it anew.
    """

    def __init__(self, response: Any, body: bytes | None) -> None:
        self._weak = None
        self.response = response
        self.body = body

    def tell_above(self) -> None:
        """Let the layers above know that there is nothing to observe."""
        call = find_call()
        if call is not None:
            call.answers.append(self)


def _as_request(request: Any) -> httpx.Request:
    if isinstance(request, Request):
        return request
    try:
        return Request(request.method, str(request.url))
    except Exception:  # noqa: BLE001  # a library may take what httpx calls no URL
        return Request(request.method, "")


def _describe(request: Any, *, is_stream: bool = False) -> str:
    from pytest_errcodes.simulation.findings.descriptions import describe_sent

    return describe_sent(request.method, str(request.url)) + (", as a stream" if is_stream else "")
