"""What a route answers, in one of respx's ways or by a reply of ours, observed where it is sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import NoEnvelope, RawAnswer
from pytest_errcodes.active.observers import observe_batch, observe_no_envelope
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.marked_stream import Mark, MarkedStream

if TYPE_CHECKING:
    import httpx
    from httpx import ByteStream

    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply

#: Whose responses these are.
_OURS = "pytest_errcodes"


def observe_answer(request: httpx.Request, response: httpx.Response) -> None:
    """Observe an answer whose body is at hand, and mark it, so that it is observed once."""
    body = response.content
    raw = b"".join(cast("ByteStream", response.stream))
    response.stream = MarkedStream(raw, Mark(body, is_observed=True))
    take = current().take_answer
    if take is not None:
        kind, status = response.headers.get("content-type", ""), response.status_code
        take(RawAnswer(request.method, str(request.url), status, kind, body, _OURS))
    from pytest_errcodes.envelope.envelope import Envelope
    from pytest_errcodes.envelope.reading import read

    found = read(response, current().catalog)
    place = partial(_describe, request)
    if isinstance(found, Refusal):
        observe_no_envelope(NoEnvelope(place, found, is_of_route=True))
    else:
        envelope = Envelope.of_reading(found)
        seen = envelope.observation("route", place, request.method, str(request.url))
        observe_batch(seen, envelope.items)


def observe_reply(reply: Reply, incoming: Incoming) -> None:
    """Observe a reply of ours."""
    reply.observe(incoming)
    take = current().take_answer
    if take is not None:
        url, status = incoming.address.text, reply.http_status
        take(RawAnswer(incoming.method, url, status, "application/json", reply.body, _OURS))


def _describe(request: httpx.Request) -> str:
    from pytest_errcodes.simulation.findings.descriptions import describe_request

    return describe_request(request)
