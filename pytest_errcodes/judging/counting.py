"""How often a code came: by the wire, and to the client's caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.active.context import current
from pytest_errcodes.catalog.model import other_spelling
from pytest_errcodes.envelope.code_values import are_same_code, has_code_within, spell_code
from pytest_errcodes.judging.application_sides import find_endpoint, split_sides
from pytest_errcodes.judging.expectation import is_code

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_errcodes.active.observation import NoEnvelope, Observation
    from pytest_errcodes.catalog import Code
    from pytest_errcodes.envelope.refusal import Refusal
    from pytest_errcodes.judging.application_sides import Endpoint


class HiddenRetry(NamedTuple):
    """A code that was received more often from one endpoint than it surfaced.

    Attributes:
        endpoint: Where it was received from.
        received: How often.
        surfaced: How often the client's caller could see it.
        accounted: How often it was received beside these, in blocks that said how often.
    """

    endpoint: Endpoint
    received: int
    surfaced: int
    accounted: int = 0


def pick(seen: Sequence[Observation], code: Code) -> list[Observation]:
    """Return the observations of one code."""
    return [one for one in seen if is_code(one.code, code)]


def pick_received(seen: Sequence[Observation], code: Code) -> list[Observation]:
    """Return what the wire carried of one code, in either type: a client may turn "1" into 1.

    Of one answer once, however many of its items have the code.
    """
    found = [one for one in seen if not one.surfaced and are_same_code(one.code, code)]
    return [one for one in found if not one.repeats]


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


def find_hidden_retry(
    seen: Sequence[Observation], code: Code, accounted: Sequence[Observation] = ()
) -> HiddenRetry | None:
    """Return how a code was received more often from one endpoint than it surfaced, or None.

    Args:
        seen: All that was seen, in order.
        code: The code.
        accounted: What of it was counted already, by a block that said how often.
    """
    left = _leave_out(accounted, seen) if accounted else seen
    requests = _group_by_endpoint(pick_received(left, code))
    surfaced = count_surfaced(pick(left, code))
    sides = [side for answers in requests.values() for side in split_sides(answers, seen)]
    most = max(sides, key=len, default=[])
    endpoint = find_endpoint(most[0]) if len(most) > surfaced else None
    if endpoint is None:
        return None
    before = _group_by_endpoint(pick_received(accounted, code))
    counted = before.get((endpoint.method, endpoint.path), ())
    return HiddenRetry(endpoint, len(most), surfaced, len(counted))


def _group_by_endpoint(
    answers: Sequence[Observation],
) -> dict[tuple[str, str], list[Observation]]:
    """Return answers by the method and path of the request, those without one left out."""
    requests: dict[tuple[str, str], list[Observation]] = {}
    for one in answers:
        endpoint = find_endpoint(one)
        if endpoint is not None:
            requests.setdefault((endpoint.method, endpoint.path), []).append(one)
    return requests


def _leave_out(accounted: Sequence[Observation], seen: Sequence[Observation]) -> list[Observation]:
    """Return what was seen without what is accounted for, and what was made of that afterwards."""
    known = {id(one) for one in accounted}  # two equal observations are two answers
    carriers = {one.carrier for one in accounted} - {None}
    return [one for one in seen if id(one) not in known and one.carrier not in carriers]


def count_received(answers: Sequence[Observation], seen: Sequence[Observation]) -> int:
    """Return how often answers were received: on one side of an application, if one passes them on.

    Args:
        answers: Some of what was seen.
        seen: All that was seen, in order.
    """
    return max(map(len, split_sides(answers, seen)), default=0)


def is_swallowed_later(seen: Sequence[Observation], code: Code) -> bool:
    """Return whether routes sent a code only after it had surfaced for the last time.

    Of other answers than our routes' the order is not known: they are observed when they are read,
    and the client may raise before that.
    """
    places = [place for place, one in enumerate(seen) if one.surfaced and is_code(one.code, code)]
    received = pick_received(seen, code)
    if not places or not received or any(one.source != "route" for one in received):
        return False
    return not pick_received(seen[: places[-1]], code)


def find_uncarried(seen: Sequence[Observation], code: Code) -> tuple[Observation, ...]:
    """Return what the client was answered before a code surfaced that the wire never carried.

    Nothing where it did carry it, or where the client raised it before any request. What routes
    sent is returned, and of what others did, the documented errors: whatever answers, a client
    that raises another code has changed it. Where nothing but the class of an exception told the
    code, any error that was the last answer: the class would stand for that one as well.
    """
    if pick_received(seen, code):
        return ()
    for place, one in enumerate(seen):
        if one.surfaced and is_code(one.code, code):
            before = [other for other in seen[:place] if not other.surfaced]
            break
    else:
        return ()
    if any(_carries(other, code) for other in before):
        return ()
    # A success that came last is one that the client got by dealing with the errors before it.
    is_over = bool(before) and before[-1].is_success
    errors = [] if is_over else [other for other in before if _is_documented_error(other)]
    routes = [other for other in before if other.source == "route"]
    last = before[-1:] if one.evidence.kind == "class" and not is_over else []
    return tuple(routes or errors or last)


def find_exchanged(seen: Sequence[Observation], expected: Collection[Code]) -> Observation | None:
    """Return an error that nobody expects, and that the client raised in place of a received one.

    It was never received, and the last answer before it was another error of our routes' that has
    not surfaced; None if there is no such one.

    Args:
        seen: All that was seen, in order.
        expected: The codes that are expected to surface, or not to.
    """
    for place, one in enumerate(seen):
        if one.source != "exception" or not _is_documented_error(one):
            continue
        if any(are_same_code(one.code, code) for code in expected) or one.code is None:
            continue
        before = [at for at in range(place) if not seen[at].surfaced]
        last = seen[before[-1]] if before else None
        if last is None or last.source != "route" or not _is_documented_error(last):
            continue
        after = seen[before[-1] : place]
        is_told = any(two.surfaced and are_same_code(two.code, last.code) for two in after)
        if not is_told and find_uncarried(seen, one.code):
            return one
    return None


def find_unreadable(
    seen: Sequence[Observation], answers: Sequence[NoEnvelope], code: Code
) -> tuple[NoEnvelope, ...]:
    """Return the answers of routes that are no envelopes, where nothing else carried a code.

    One that has the code in its body or as its HTTP status carried it.
    """
    if pick_received(seen, code) or not any(one.surfaced for one in pick(seen, code)):
        return ()
    found = tuple(one for one in answers if one.is_of_route)
    return () if any(_may_carry(one.refusal, code) for one in found) else found


def _may_carry(refusal: Refusal, code: Code) -> bool:
    body, text = refusal.came, spell_code(code)
    if isinstance(body, bytes | bytearray):
        body = body.decode("utf-8", "replace")
    return str(refusal.http_status) == text or text in str(body or "")


def _carries(one: Observation, code: Code) -> bool:
    """Return whether an answer has a code further down, or as its HTTP status."""
    is_status = one.http_status is not None and are_same_code(one.http_status, code)
    return is_status or has_code_within(one.data, code)


def _is_documented_error(one: Observation) -> bool:
    catalog = current().catalog
    return (
        not one.is_success
        and one.code is not None
        and (one.code in catalog or other_spelling(one.code) in catalog)
    )
