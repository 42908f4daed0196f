"""What a route answers in one of respx's ways, observed where it is sent, as a reply of ours is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current, observe_batch, refuse
from pytest_errcodes.active.observation import NoEnvelope
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.reply import OF_ROUTE

if TYPE_CHECKING:
    import httpx


def observe_answer(request: httpx.Request, response: httpx.Response) -> None:
    """Observe an answer whose body is at hand, and mark it, so that it is observed once."""
    response.extensions = {**response.extensions, OF_ROUTE: response.content}
    found = read(response, current().catalog)
    place = partial(_describe, request)
    if isinstance(found, Refusal):
        refuse(NoEnvelope(place, found, is_of_route=True))
    else:
        envelope = Envelope.of_reading(found)
        seen = envelope.observation("route", place, request.method, str(request.url))
        observe_batch(seen, envelope.items)


def _describe(request: httpx.Request) -> str:
    from pytest_errcodes.simulation.findings.describe import describe_request

    return describe_request(request)
