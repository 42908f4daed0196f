"""What we use of respx that it does not promise: each name, who needs it, and why.

Our routes are respx's routes, made without the mock objects that its constructors make: those cost
more than a request does. That takes some of its private names. They stand here and nowhere else:
the rest of the package calls them by the names that are given here, and a respx that lacks one is
refused with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import respx
from respx import mocks, models, patterns

from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType


class Private(Facts):
    """One name that respx may take away.

    Attributes:
        owner: What has it, as a key of ``list_owners()``.
        name: The name.
        needed_by: Who needs it.
        because: What for.
    """

    owner: str
    name: str
    needed_by: str
    because: str


_INDEX = "the index of routes"
_COPY = "a route that is added to a router with a base URL"
_ROUTE = "a route with reply()"
_ROUTER = "the fixture errcodes"
_BESIDE = "the adapter of respx's mocks"
_SKIPS = "its constructor does without respx's, which makes mock objects"

PRIVATES = (
    Private("respx.patterns", "_And", _INDEX, "a route is found by the parts that must all match"),
    Private("respx.patterns", "_Or", _COPY, "respx writes the base into the parts of its pattern"),
    Private("respx.patterns", "_Invert", _COPY, "respx writes the base into the part it negates"),
    Private("Route", "_pattern", _INDEX, "a route that takes another's place takes its pattern"),
    Private("Route", "_name", _INDEX, "the list of routes gives a route its name, and takes it"),
    Private("Route", "_return_value", _ROUTE, _SKIPS),
    Private("Route", "_side_effect", _ROUTE, _SKIPS),
    Private("Route", "_pass_through", _ROUTE, _SKIPS),
    Private("Route", "_snapshots", _ROUTE, _SKIPS),
    Private("RouteList", "_routes", _INDEX, "a route in the list is replaced in its place"),
    Private("RouteList", "_names", _INDEX, "a route keeps its name until another one takes it"),
    Private("MockRouter", "_assert_all_called", _ROUTER, _SKIPS),
    Private("MockRouter", "_assert_all_mocked", _ROUTER, _SKIPS),
    Private("MockRouter", "_bases", _ROUTER, _SKIPS),
    Private("MockRouter", "_snapshots", _ROUTER, _SKIPS),
    Private("MockRouter", "_using", _ROUTER, _SKIPS),
    Private("MockRouter", "Mocker", _ROUTER, _SKIPS),
    Private("HTTPCoreMocker", "routers", _BESIDE, "they tell whether a mock is active"),
    Private("HTTPCoreMocker", "handler", _BESIDE, "it is asked for what the mock does not know"),
    Private("HTTPCoreMocker", "async_handler", _BESIDE, "it is asked for what it does not know"),
    Private("HTTPCoreMocker", "stop", _BESIDE, "respx may put back what it found without us"),
    Private("CallList", "record", _BESIDE, "what it keeps is no response that a client returned"),
)


def list_owners() -> dict[str, object]:
    """Return what has the names, as respx's own constructors leave it."""
    return {
        "respx.patterns": patterns,
        "Route": respx.Route(),
        "RouteList": models.RouteList(),
        "MockRouter": respx.MockRouter(),
        "HTTPCoreMocker": getattr(mocks, "HTTPCoreMocker", None),
        "CallList": models.CallList,
    }


def find_missing(version: str, owners: Mapping[str, object]) -> list[str]:
    """Return a sentence for each name that a respx lacks."""
    return [
        f"respx {version} has no {one.owner}.{one.name}, which {one.needed_by} needs because "
        f"{one.because}"
        for one in PRIVATES
        if not hasattr(owners[one.owner], one.name)
    ]


def find_unknown(version: str, owners: Mapping[str, object]) -> list[str]:
    """Return a sentence for each attribute that respx's constructors set and ours do not."""
    ours = {
        "Route": BareRoute(patterns.Noop()),
        "MockRouter": BareRouter({}, assert_all_called=True, assert_all_mocked=True),
    }
    known = {name: {*vars(one), "calls", "routes"} for name, one in ours.items()}
    return [
        f"respx {version} gives a {owner} the attribute {name}, which ours is made without"
        for owner in ours
        for name in vars(owners[owner])
        if name not in known[owner]
    ]


def _take(module: ModuleType, name: str) -> Any:
    try:
        return getattr(module, name)
    except AttributeError:
        version = str(respx.__version__)
        raise ImportError("\n".join(find_missing(version, list_owners()))) from None


# -- patterns ----------------------------------------------------------------------------------

And: type[patterns.Pattern] = _take(patterns, "_And")
Or: type[patterns.Pattern] = _take(patterns, "_Or")
Invert: type[patterns.Pattern] = _take(patterns, "_Invert")


# -- routes ------------------------------------------------------------------------------------


class BareRoute(respx.Route):
    """A route as respx's constructor leaves it, but for its calls, which the subclass has."""

    def __init__(self, pattern: patterns.Pattern) -> None:
        self._pattern = pattern
        self._return_value = None
        self._side_effect = None
        self._pass_through = False
        self._name = None
        # As respx's, a route can be rolled back to what it was when it was made.
        self._snapshots = [(pattern, None, None, None, False, ())]

    @property
    def has_snapshot(self) -> bool:
        """Whether a rollback would take something back."""
        return bool(self._snapshots)


def set_pattern(route: respx.Route, pattern: patterns.Pattern) -> None:
    """Let a route answer what fits another pattern."""
    route._pattern = pattern  # noqa: SLF001  # see PRIVATES


def set_name(route: respx.Route, name: str | None) -> None:
    """Give a route a name, or take it away."""
    route._name = name  # noqa: SLF001  # see PRIVATES


class BareRoutes(models.RouteList):
    """respx's list of routes, open to a subclass."""

    @property
    def in_order(self) -> list[respx.Route]:
        """The routes, in the order in which they are asked."""
        return self._routes

    @in_order.setter
    def in_order(self, routes: list[respx.Route]) -> None:
        self._routes = routes

    @property
    def by_name(self) -> dict[str, respx.Route]:
        """The routes that have a name."""
        return self._names


# -- routers -----------------------------------------------------------------------------------

#: The snapshot of a router without routes and calls; a rollback only reads it.
_NOTHING: tuple[Any, ...] = (models.RouteList(), ())


class BareRouter(respx.MockRouter):
    """A router as respx's constructor leaves it, but for routes and calls, which the subclass has.

    Args:
        bases: respx's patterns for what is put in front of the routes' paths.
        assert_all_called: Whether a route that nobody called is wrong.
        assert_all_mocked: Whether a request that no route matches is wrong.
    """

    def __init__(
        self,
        bases: dict[str, patterns.Pattern],
        *,
        assert_all_called: bool,
        assert_all_mocked: bool,
    ) -> None:
        self._assert_all_called = assert_all_called
        self._assert_all_mocked = assert_all_mocked
        self._bases = bases
        self._using = None
        self.Mocker = None
        # As respx's, a router can be rolled back to what it was when it was made.
        self._snapshots = [_NOTHING]

    @property
    def has_base(self) -> bool:
        """Whether something is put in front of the routes' paths."""
        return bool(self._bases)

    @property
    def answers_anything(self) -> bool:
        """Whether a request that no route matches gets an empty HTTP 200."""
        return not self._assert_all_mocked

    def snapshot_nothing(self) -> None:
        """Keep for ``rollback`` that there are no routes and no calls."""
        self._snapshots.append(_NOTHING)


# -- mocks -------------------------------------------------------------------------------------

HTTPCoreMocker: type[mocks.Mocker] = _take(mocks, "HTTPCoreMocker")
