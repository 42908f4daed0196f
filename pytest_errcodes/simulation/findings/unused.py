"""Routes that somebody forgot: to call them, or to say what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respx.patterns import Lookup

from pytest_errcodes.simulation.filing import conjunction, identity
from pytest_errcodes.simulation.route import CodeRoute, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from respx.models import Route
    from respx.patterns import Pattern

#: Beyond so many, one look for what kept requests away would be many.
_EXPLAINED = 20


def unused(routes: Iterable[Route]) -> list[str]:
    """Return a text for each route that nobody called; it names what answered before, if it can."""
    texts: list[str] = []
    called: list[Route] = []
    for route in routes:
        if route.called:
            called.append(route)
        elif not (isinstance(route, CodeRoute) and route.refused):
            # "any request" is what a route without a pattern is called
            text = f"no request reached {'the route for ' * (not route.pattern)}{describe(route)}"
            if len(texts) < _EXPLAINED and (before := _covering(called, route)) is not None:
                text += (
                    "\nhint: a route before it answers these requests too; register that one last: "
                    f"{describe(before)}"
                )
            texts.append(text)
    return texts


def unanswering(routes: Iterable[Route]) -> list[str]:
    """Return a text for each route that was called and has no answer of its own."""
    return [
        f"the route for {describe(route)} has no reply, and answered an empty HTTP 200\n"
        "hint: say what it answers, as with .reply(...)"
        for route in routes
        if route.called and not _answers(route)
    ]


def _answers(route: Route) -> bool:
    """Return whether a route was told what to answer."""
    if isinstance(route, CodeRoute) and route.script is not None:
        return True
    told = route.return_value is not None or route.side_effect is not None
    return told or route.is_pass_through


def _covering(called: list[Route], route: Route) -> Route | None:
    parts = list(conjunction(route.pattern))
    for before in called:
        if all(_is_implied(part, parts) for part in conjunction(before.pattern)):
            return before
    return None


def _is_implied(part: Pattern, others: list[Pattern]) -> bool:
    """Return whether a request that fits the other parts always fits this one."""
    return any(
        (_same(part, other) and _same(part.base, other.base))
        or (part.lookup is Lookup.STARTS_WITH and _same(part, other.base))
        for other in others
    )


def _same(one: Pattern | None, other: Pattern | None) -> bool:
    if one is None or other is None:
        return one is other
    # respx leaves the path out of what makes two JSON patterns equal.
    paths = getattr(one, "path", None), getattr(other, "path", None)
    return identity(one) is not None and identity(one) == identity(other) and paths[0] == paths[1]
