"""Several attempts of a test with one router, each of which begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.route import CodeRoute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from respx import Router
    from respx.models import Route


def begin_attempt(router: Router, found: tuple[list[Any], ...]) -> Callable[[], None]:
    """Begin an attempt.

    Args:
        router: The router.
        found: Lists to which the attempt adds what it found.

    Returns:
        What takes back all that the attempt did to the router and the lists.
    """
    before = [
        (route, route.broken_off, route.gave_nothing, route.is_optional, route.is_forbidden)
        for route in router.routes
        if isinstance(route, CodeRoute)
    ]
    for route, *_ in before:
        route.is_shared = True
    counts = [len(one) for one in found]
    router.snapshot()

    def take_back() -> None:
        for route, broken_off, gave_nothing, is_optional, is_forbidden in before:
            route.was_called = route.was_called or route.called
            route.broken_off, route.gave_nothing = broken_off, gave_nothing
            route.is_optional, route.is_forbidden = is_optional, is_forbidden
        router.rollback()
        for one, count in zip(found, counts, strict=True):
            del one[count:]

    return take_back


def end_attempts(routes: Iterable[Route]) -> None:
    """Let routes be judged that no attempt has added: those that none of them called."""
    for route in routes:
        if isinstance(route, CodeRoute):
            route.is_shared = route.was_called
