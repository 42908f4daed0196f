"""What was wrong with requests and routes, as facts; ``finding_texts`` writes their texts.

A request or a route is kept as the short text that describes it, without secrets: the object may
change later, and findings outlive it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pytest_errcodes.simulation.script import Unsent

Slug = Literal[
    "unmatched-request",
    "forbidden-request",
    "refused-connection",
    "unused-route",
    "unfinished-script",
    "route-without-reply",
]


class Difference(NamedTuple):
    """The first thing in which a request differs from what a route asks for.

    Attributes:
        kind: How: another ``value`` came; one is ``missing``, or is ``unexpected``; the two are
            ``hidden``, since they are secrets or look alike; ``without`` what it should hold;
            ``unreadable``, ``empty`` or ``not-json``, so that nothing can be compared; ``unfit``
            for alternatives and negations; ``declined`` by the side effect of the route; or the
            route ``forbids`` it.
        part: What was compared: ``method``, ``query field``, ``JSON field``.
        name: Which one of several: the name of a header, the path of a JSON field; or None.
        came: What came, as text; empty where that is not told.
        asked: What the route asks for, as text; empty where that is not told.
    """

    kind: Literal[
        "value",
        "missing",
        "unexpected",
        "hidden",
        "without",
        "unreadable",
        "empty",
        "not-json",
        "unfit",
        "declined",
        "forbids",
    ]
    part: str = ""
    name: str | None = None
    came: str = ""
    asked: str = ""


class NearRoute(NamedTuple):
    """A route that nearly matched a request.

    Attributes:
        route: What it asks for, in one line.
        difference: The first thing in which the request differs.
    """

    route: str
    difference: Difference


class Finding(NamedTuple):
    """One thing that was wrong with the requests or the routes of a test. Equal ones are the same.

    Attributes:
        slug: The kind of finding.
        subject: The request, the route, or what would have left this machine, in one line.
        hint: What to do about it; empty when there is nothing to advise.
        nearest: Of a request without a route, the routes that came nearest, the nearest first; of
            one that is forbidden, the route that forbids it.
        others: How many more routes there were.
        unsent: Of a script, what was not sent; else None.
    """

    slug: Slug
    subject: str
    hint: str = ""
    nearest: tuple[NearRoute, ...] = ()
    others: int = 0
    unsent: Unsent | None = None

    def explain(self, senders: str) -> Finding:
        """Return the same, with the hint that requests may have gone past a route.

        Args:
            senders: What may have sent requests that nothing saw.
        """
        if self.slug != "unused-route" or self.hint:
            return self
        past = f"requests of {senders} go past the routes"
        return self._replace(hint=f"{past}: let a server on 127.0.0.1 answer them instead")
