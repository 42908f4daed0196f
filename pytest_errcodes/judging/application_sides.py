"""On which side of an application an answer was received, where a test's own application asks.

A test's client asks an application that runs in the same process, which asks another API and
passes on what that answers. The code is received twice then, and nothing was sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation


class Endpoint(NamedTuple):
    """What requests of one kind have in common, whatever stands in their bodies.

    Attributes:
        method: The HTTP method, in capitals.
        address: The URL without query and fragment.
    """

    method: str
    address: str

    @property
    def path(self) -> str:
        """The path alone: a client that tries another host sends the request again."""
        _, slashes, rest = self.address.partition("://")
        return f"/{rest.partition('/')[2]}" if slashes else self.address


def find_endpoint(one: Observation) -> Endpoint | None:
    """Return where an answer was received from, or None if that is not known."""
    if one.method is None or one.url is None:
        return None
    return Endpoint(one.method, one.url.partition("?")[0].partition("#")[0])


def split_sides(
    answers: Sequence[Observation], seen: Sequence[Observation]
) -> list[list[Observation]]:
    """Split answers by who received them: what each application answered, and all others.

    Args:
        answers: Some of what was seen.
        seen: All that was seen, in order.
    """
    if not any(one.meanwhile for one in answers):
        return [list(answers)]
    applications = _find_applications(answers, seen)
    sides: dict[Endpoint | None, list[Observation]] = {}
    for one in answers:
        endpoint = find_endpoint(one)
        side = endpoint if endpoint in applications else None
        sides.setdefault(side, []).append(one)
    return list(sides.values())


def _find_applications(
    answers: Sequence[Observation], seen: Sequence[Observation]
) -> set[Endpoint | None]:
    """Return from where an answer came that was awaited while another of them came in."""
    received = [one for one in seen if not one.surfaced]
    wanted = set(map(id, answers))
    found: set[Endpoint | None] = set()
    for place, one in enumerate(received):
        if id(one) not in wanted or not one.meanwhile:
            continue
        inside = received[max(0, place - one.meanwhile) : place]
        own = find_endpoint(one)
        if any(id(other) in wanted and find_endpoint(other) != own for other in inside):
            found.add(own)
    return found
