"""One envelope seen during one test, with all that is known of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pytest_errcodes.active.evidence import ENVELOPE, Evidence
from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from pytest_errcodes.active.carriers import Carrier
    from pytest_errcodes.catalog import Code, EnvelopeShape

Source = Literal["route", "client", "exception", "assertion", "returned"]


class Observation(NamedTuple):
    """One envelope seen during one test.

    Attributes:
        code: The business code, as it came; None for a success that has none.
        message: The message that came with it, or None.
        data: The data that came with it, any JSON value; None when there was none.
        shape: The envelope shape it was read by.
        http_status: The HTTP status it came with, or None when that is not known.
        source: ``route`` and ``client`` saw it on the wire; ``exception`` and ``assertion``
            saw it where the client's caller can; ``returned`` says that an HTTP client gave it to
            the test's own function, which is that client's caller.
        seen_at: Where, for a reader, or what tells it when it is asked for: most observations
            are never shown.
        method: The HTTP method of the request it answers, in capitals; None without a request.
        url: The URL of that request, secrets included; None without a request.
        carrier: The object that carried it to the client's caller; None for what came by the wire.
        evidence: How the code was read.
        succeeded: Whether it is a success, where more than the code tells; None where that does.
        repeats: Whether the same answer had the code before: in itself, or in another item.
        meanwhile: How many envelopes were received while this answer was awaited, if an application
            that runs in this process may have made it of them; else 0. They come right before it.
    """

    code: Code | None
    message: str | None
    data: Any
    shape: EnvelopeShape
    http_status: int | None
    source: Source
    seen_at: str | Callable[[], str]
    method: str | None = None
    url: str | None = None
    carrier: Carrier | None = None
    evidence: Evidence = ENVELOPE
    succeeded: bool | None = None
    repeats: bool = False
    meanwhile: int = 0

    @property
    def is_success(self) -> bool:
        """Whether the answer, or the item of it, is a success."""
        return self.shape.judge(self.code, self.succeeded)

    @property
    def place(self) -> str:
        """Where it was seen: ``POST https://api.example.com/order``."""
        return self.seen_at if isinstance(self.seen_at, str) else self.seen_at()

    @property
    def surfaced(self) -> bool:
        """Whether the client's caller could see the code."""
        return self.source in ("exception", "assertion", "returned")


class NoEnvelope(Facts):
    """One answer that a client got, in which no envelope can be read.

    Attributes:
        seen_at: Tells the request that it answers, for a reader.
        refusal: Why it is none: a ``Refusal``, which a room above this one makes.
        is_of_route: Whether one of our routes sent it.
    """

    seen_at: Callable[[], str]
    refusal: Any
    is_of_route: bool = False


class RawAnswer(Facts):
    """One answer as it came, for whoever does not know yet what an envelope is.

    Attributes:
        method: The HTTP method of the request.
        url: Its URL, secrets included.
        http_status: The HTTP status.
        content_type: The content type; may be empty.
        body: The body, decoded; None if nobody read it.
        library: Whose response it is: ``requests``.
    """

    method: str
    url: str
    http_status: int
    content_type: str
    body: bytes | None
    library: str


class Stray(Facts):
    """One request that a thread or a task has sent after the end of the test it belongs to.

    Attributes:
        owner: The node id of that test.
        sender: The thread or the task, for a reader.
        request: The request, or what else would have left, for a reader.
        verb: What was not done with it.
    """

    owner: str
    sender: str
    request: str
    verb: str = "sent"


def place_of_caller(helper: str) -> str:
    """Return where the caller of the calling function stands: ``assert_code at test_x.py:12``."""
    # inspect.stack() reads source files and takes milliseconds; this takes none, and every
    # supported interpreter has it.
    return place_of_frame(helper, sys._getframe(2))  # noqa: SLF001  # the only cheap way to it


def place_of_frame(helper: str, frame: FrameType) -> str:
    """Return where a frame stands: ``assert_code at test_x.py:12``."""
    name = frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{helper} at {name}:{frame.f_lineno}"
