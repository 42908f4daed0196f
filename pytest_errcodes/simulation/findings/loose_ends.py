"""Routes that somebody forgot: to call them, as often as their script says, or to give a reply."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any

from respx.patterns import Lookup

from pytest_errcodes.simulation.filing import identify_pattern, list_parts
from pytest_errcodes.simulation.findings.descriptions import describe_request, describe_route
from pytest_errcodes.simulation.findings.finding import Finding
from pytest_errcodes.simulation.route import CodeRoute
from pytest_errcodes.simulation.script import Unsent, find_other_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from respx.models import Route
    from respx.patterns import Pattern

    from pytest_errcodes.simulation.network import Elsewhere

#: Of so many uncalled routes a hint is looked for, which means to compare each with all others.
_EXPLAINED = 20

_SAY_IT = "say what it answers, as with .reply(...); an empty HTTP 200 on purpose is .respond(200)"
#: What respx makes of a list, or a tuple, of side effects.
_LISTS: tuple[type, ...] = (type(iter([])), type(iter(())))
_SHORTEN = (
    "should the client send more requests, as a retry? If not, shorten the script, or put "
    ".optional() on the route"
)


def find_loose_ends(
    routes: Iterable[Route],
    *,
    uncalled: bool,
    unsent: bool,
    elsewhere: Sequence[Elsewhere],
    otherwise: str,
) -> list[Finding]:
    """Return a finding for each route that was not used as it was written.

    A route that nobody called is told as that alone, and its hint names what answered before. One
    that was called when it had no answer is always a finding.

    Args:
        routes: The routes, in their order.
        uncalled: Whether routes that nobody called are findings.
        unsent: Whether scripts that were not sent to their end are.
        elsewhere: What somebody else has answered while the router was active.
        otherwise: The hint for a route that nobody called, where there is none of its own.
    """
    findings: list[Finding] = []
    called: list[Route] = []
    for route in routes:
        ours = route if isinstance(route, CodeRoute) else None
        if route.called:
            called.append(route)
        if not _was_answered(route):
            findings.append(Finding("route-without-reply", describe_route(route), _SAY_IT))
        if ours is not None and _is_excused(ours):
            continue
        cut = list(_find_unsent(ours)) if ours is not None else []
        if cut:
            findings += cut if unsent else []
        elif uncalled and not route.called:
            explained = len(findings) < _EXPLAINED
            hint = (_advise(called, route) or _name_other(elsewhere, route)) if explained else ""
            findings.append(Finding("unused-route", describe_route(route), hint or otherwise))
    return findings


def _is_excused(route: CodeRoute) -> bool:
    """Return whether it says nothing that a route was not used, or not to its end."""
    return (
        route.is_optional
        or route.is_forbidden
        or route.refused
        or (route.is_shared and not route.called)
    )


def _was_answered(route: Route) -> bool:
    """Return whether a route had an answer of its own whenever it was called."""
    if isinstance(route, CodeRoute):
        return not route.gave_nothing
    told = route.return_value is not None or route.side_effect is not None
    return told or route.is_pass_through or not route.called


def _find_unsent(route: CodeRoute) -> Iterator[Finding]:
    scripts = (*route.broken_off, *((route.script,) if route.script else ()))
    for unsent in (*(script.find_unsent() for script in scripts), _find_effects_left(route)):
        if unsent is not None:
            yield Finding("unfinished-script", describe_route(route), _SHORTEN, unsent=unsent)


def _find_effects_left(route: CodeRoute) -> Unsent | None:
    """Return what was not sent of a list of side effects, which is a script of respx's own."""
    effects: Any = route.side_effect
    if type(effects) not in _LISTS or not route.called or route.script is not None:
        return None
    left = list(copy(effects))  # a copy of its own leaves it where it is
    if not left:
        return None
    return Unsent(route.call_count, route.call_count + len(left), find_other_answer(left[0]))


def _advise(called: list[Route], route: Route) -> str:
    """Return a hint if a route before this one answers all that it asks for."""
    before = _find_covering(called, route)
    if before is None:
        return ""
    advice = "a route before it answers these requests too; register that one last"
    return f"{advice}: {describe_route(before)}"


def _name_other(elsewhere: Sequence[Elsewhere], route: Route) -> str:
    """Return a hint if somebody else has answered a request that the route would have."""
    parts = list(list_parts(route.pattern))
    for other in elsewhere:
        with suppress(Exception):  # a pattern may be a function of the user's
            request = other.request
            if all(part.match(request) for part in parts):
                line = describe_request(request)
                answered = f"{other.name()} answered {line}, so it did not come here"
                return f"{answered}; leave one of the two out"
    return ""


def _find_covering(called: list[Route], route: Route) -> Route | None:
    parts = list(list_parts(route.pattern))
    for before in called:
        if all(_is_implied(part, parts) for part in list_parts(before.pattern)):
            return before
    return None


def _is_implied(part: Pattern, others: list[Pattern]) -> bool:
    """Return whether a request that fits the other parts always fits this one."""
    return any(
        (_is_same(part, other) and _is_same(part.base, other.base))
        or (part.lookup is Lookup.STARTS_WITH and _is_same(part, other.base))
        for other in others
    )


def _is_same(one: Pattern | None, other: Pattern | None) -> bool:
    if one is None or other is None:
        return one is other
    # respx leaves the path out of what makes two JSON patterns equal.
    paths = getattr(one, "path", None), getattr(other, "path", None)
    return (
        identify_pattern(one) is not None
        and identify_pattern(one) == identify_pattern(other)
        and paths[0] == paths[1]
    )
