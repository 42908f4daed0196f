"""Routes that somebody forgot: to call them, or to say what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respx.patterns import Lookup

from pytest_errcodes.simulation.filing import conjunction, identity
from pytest_errcodes.simulation.findings.finding import Finding
from pytest_errcodes.simulation.route import CodeRoute, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from respx.models import Route
    from respx.patterns import Pattern

#: Beyond so many, one look for what kept requests away would be many.
_EXPLAINED = 20


def find_unused(routes: Iterable[Route]) -> list[Finding]:
    """Return a finding for each route that nobody called; its hint names what answered before."""
    findings: list[Finding] = []
    called: list[Route] = []
    for route in routes:
        if route.called:
            called.append(route)
        elif not (isinstance(route, CodeRoute) and (route.refused or route.is_shared)):
            hint = _advise(called, route) if len(findings) < _EXPLAINED else ""
            findings.append(Finding("unused-route", describe(route), hint))
    return findings


def find_unanswering(routes: Iterable[Route]) -> list[Finding]:
    """Return a finding for each route that was called and has no answer of its own."""
    hint = "say what it answers, as with .reply(...)"
    return [
        Finding("route-without-reply", describe(route), hint)
        for route in routes
        if route.called and not _has_answer(route)
    ]


def _advise(called: list[Route], route: Route) -> str:
    """Return a hint if a route before this one answers all that it asks for."""
    before = _find_covering(called, route)
    if before is None:
        return ""
    advice = "a route before it answers these requests too; register that one last"
    return f"{advice}: {describe(before)}"


def _has_answer(route: Route) -> bool:
    """Return whether a route was told what to answer."""
    if isinstance(route, CodeRoute) and route.script is not None:
        return True
    told = route.return_value is not None or route.side_effect is not None
    return told or route.is_pass_through


def _find_covering(called: list[Route], route: Route) -> Route | None:
    parts = list(conjunction(route.pattern))
    for before in called:
        if all(_is_implied(part, parts) for part in conjunction(before.pattern)):
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
    return identity(one) is not None and identity(one) == identity(other) and paths[0] == paths[1]
