"""How often a code came: by the wire, and to the client's caller."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.envelope.code_values import are_same_code
from pytest_errcodes.judging.expectation import is_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Code


class Endpoint(NamedTuple):
    """What requests of one kind have in common, whatever stands in their bodies.

    Attributes:
        method: The HTTP method, in capitals.
        address: The URL without query and fragment.
    """

    method: str
    address: str


class HiddenRetry(NamedTuple):
    """A code that was received more often from one endpoint than it surfaced.

    Attributes:
        endpoint: Where it was received from.
        received: How often.
        surfaced: How often the client's caller could see it.
    """

    endpoint: Endpoint
    received: int
    surfaced: int


def pick(seen: Sequence[Observation], code: Code) -> list[Observation]:
    """Return the observations of one code."""
    return [one for one in seen if is_code(one.code, code)]


def pick_received(seen: Sequence[Observation], code: Code) -> list[Observation]:
    """Return what the wire carried of one code, in either type: a client may turn "1" into 1."""
    return [one for one in seen if not one.surfaced and are_same_code(one.code, code)]


def count_surfaced(seen: Sequence[Observation]) -> int:
    """Return how many errors reached the client's caller at least.

    An exception that is caught and then asserted is one error, and so is a response whose body
    is asserted as well. So exceptions are counted, and the objects of each other class; the
    largest number is what came.
    """
    numbers: dict[object, set[object]] = {}
    for place, one in enumerate(seen):
        if not one.surfaced:
            continue
        carrier = one.carrier
        if carrier is None:
            numbers.setdefault(one.source, set()).add(("unknown", place))
        else:
            kind = "exception" if issubclass(carrier.kind, BaseException) else carrier.kind
            numbers.setdefault(kind, set()).add(carrier.number)
    return max(map(len, numbers.values()), default=0)


def find_endpoint(one: Observation) -> Endpoint | None:
    """Return where an answer was received from, or None if that is not known."""
    if one.method is None or one.url is None:
        return None
    return Endpoint(one.method, one.url.partition("?")[0].partition("#")[0])


def find_hidden_retry(seen: Sequence[Observation], code: Code) -> HiddenRetry | None:
    """Return how a code was received more often from one endpoint than it surfaced, or None."""
    found = map(find_endpoint, pick_received(seen, code))
    endpoints = Counter(endpoint for endpoint in found if endpoint is not None)
    surfaced = count_surfaced(pick(seen, code))
    for endpoint, received in endpoints.most_common(1):
        if received > surfaced:
            return HiddenRetry(endpoint, received, surfaced)
    return None


def find_uncarried(seen: Sequence[Observation], code: Code) -> tuple[Observation, ...]:
    """Return what was answered before a code surfaced that the wire never carried.

    What routes answered; and where nothing but the class of an exception told the code, an error
    that was the last answer, whoever sent it: the class would stand for that one as well.
    Nothing where the wire did carry the code, or where the client raised it before any request.
    """
    if pick_received(seen, code):
        return ()
    for place, one in enumerate(seen):
        if one.surfaced and is_code(one.code, code):
            answered = [before for before in seen[:place] if not before.surfaced]
            sent = [before for before in answered if before.source == "route"]
            if not sent and one.evidence.kind == "class":
                sent = [last for last in answered[-1:] if not last.shape.is_success(last.code)]
            return tuple(sent)
    return ()
