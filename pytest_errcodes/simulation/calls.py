"""The calls a route or a router got, kept cheaply until somebody looks at them.

respx keeps its calls in mock objects, which cost more to make than a request does.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from httpx import Response  # bound here: a test may have put something else in its place by then
from respx.models import Call, CallList

from pytest_errcodes.envelope.parts import (
    Recorded,
    RecordedBytes,
    RecordedObject,
    RecordedText,
)

if TYPE_CHECKING:
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply


class RecordedResponse(Recorded, Response):
    """A response that a mock kept; a client that got the same one got another object."""

    @classmethod
    def of(cls, response: Response) -> Self:
        """Return what is to be kept of a response; what is read of it later is read here too."""
        record = cls.__new__(cls)
        record.__dict__ = response.__dict__
        return record

    @property
    def content(self) -> bytes:
        """The body."""
        return RecordedBytes(super().content)

    @property
    def text(self) -> str:
        """The body as text."""
        return RecordedText(super().text)

    def read(self) -> bytes:
        """Read the body, and return it."""
        super().read()
        return self.content

    def json(self, **options: Any) -> Any:
        """Return the JSON value in the body."""
        return super().json(**{"object_hook": RecordedObject, **options})


#: Held while calls are moved from one list to the other: two threads could move the same ones
#: twice. One lock for all logs, since most are never looked at.
_LOOKING = Lock()


class Exchange:
    """One request, and the reply of ours that it got."""

    __slots__ = ("_call", "_incoming", "reply")

    def __init__(self, incoming: Incoming, reply: Reply) -> None:
        self._incoming = incoming
        self.reply = reply
        self._call: Call | None = None

    @property
    def call(self) -> Call:
        """The exchange as respx's call; always the same one, as the route's and the router's."""
        if self._call is None:
            request = self._incoming.request
            self._call = Call(request, RecordedResponse.of(self.reply.response(request)))
        return self._call


class CallLog:
    """Calls in order."""

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        #: Adds a call; safe while other threads add and look.
        self.add = self._exchanges.append
        self._list: CallList | None = None

    def as_list(self, owner: Any = None) -> CallList:
        """Return the calls so far, with respx's assertions; always the same list.

        Args:
            owner: The route that got the calls, to be named by the assertions; None for a router.
                Given here and not kept from the start: route and log would refer to each other,
                and only the collector of garbage could free them.
        """
        with _LOOKING:
            if self._list is None:
                self._list = CallList() if owner is None else CallList(name=owner)
            if self._exchanges:
                new = self._exchanges[:]
                self._list.extend([exchange.call for exchange in new])
                del self._exchanges[: len(new)]
            return self._list

    def clear(self) -> None:
        """Forget all calls."""
        self._exchanges.clear()
        if self._list is not None:
            self._list.clear()

    def __bool__(self) -> bool:
        """Whether there was a call; without the lock, since one of the two lists always has it."""
        return bool(self._exchanges or self._list)

    def __len__(self) -> int:
        with _LOOKING:
            return len(self._exchanges) + len(self._list or ())
