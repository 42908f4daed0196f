"""Adding routes to a router: with one more verb than respx has, and by the address at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast, overload

from httpx import InvalidURL
from respx.models import Route

from pytest_errcodes.catalog.answer_making import find_shape
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.adapters.respx_privates import BareRouter, set_pattern
from pytest_errcodes.simulation.filing import copy_pattern, file_address, list_base_patterns
from pytest_errcodes.simulation.route import CodeRoute
from pytest_errcodes.simulation.route_index import IndexedRoutes
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from respx.patterns import Pattern
    from respx.types import URLPatternTypes

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.simulation.reply import ReplyOptions
    from pytest_errcodes.simulation.script import RespxAnswer

    class Settings(TypedDict):
        """What a router is told once.

        Keys:
            catalog: The catalog whose codes the routes answer with.
            base_url: Put in front of the routes' paths.
            assert_all_called: Whether a route that nobody called is a finding.
            assert_all_mocked: Whether a request that no route matches is a finding.
        """

        catalog: Catalog
        base_url: str | None
        assert_all_called: bool
        assert_all_mocked: bool


class RouteBuilder(BareRouter):
    """The part of a router by which its user adds routes; it answers nothing by itself."""

    def __init__(self, **settings: Unpack[Settings]) -> None:
        base_url = settings["base_url"]
        super().__init__(
            {} if base_url is None else _read_bases(base_url),
            assert_all_called=settings["assert_all_called"],
            assert_all_mocked=settings["assert_all_mocked"],
        )
        self._base_url = base_url
        self.routes: IndexedRoutes = IndexedRoutes()
        self.catalog = settings["catalog"]

    @overload
    def reply(
        self, code: Code | ErrorCode | None = None, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute: ...
    @overload
    def reply(self, code: RespxAnswer, *, times: int | None = None) -> CodeRoute: ...
    def reply(self, code: Any = None, *params: object, **options: Any) -> CodeRoute:
        """Answer any request with this code; takes and returns what a route's ``reply`` does."""
        __tracebackhide__ = True
        return self.route().reply(code, *params, **options)

    def route(
        self,
        *patterns: Pattern,
        name: str | None = None,
        shape: str | None = None,
        **lookups: Any,
    ) -> CodeRoute:
        """Add a route for the requests that fit all patterns and lookups, as respx does.

        Args:
            patterns: Patterns of respx.
            name: A name of the route.
            shape: The name of the envelope shape in which the route replies; None for that of a
                code's section.
            lookups: As in respx.

        Raises:
            ErrcodesUsageError: The catalog has no such shape (``unknown-shape``).
        """
        __tracebackhide__ = True
        if shape is not None:
            find_shape(self.catalog.shapes, shape, f"catalog {self.catalog.name!r}")
        # A route of respx's own that stands in the way is replaced, not reused.
        route = CodeRoute(*patterns, catalog=self.catalog, shape=shape, **lookups)
        return cast("CodeRoute", self.add(route, name=name))

    def add(self, route: Route, *, name: str | None = None) -> Route:
        """Add a route; one with the same name or pattern is replaced, as respx does."""
        if self.has_base and isinstance(route, Route):
            set_pattern(route, copy_pattern(route.pattern))  # respx writes the base URL into it
        return super().add(route, name=name)

    def request(
        self,
        method: str,
        url: URLPatternTypes | None = None,
        *,
        name: str | None = None,
        **lookups: Any,
    ) -> CodeRoute:
        """Add a route for a method and a URL, as respx does; ``shape`` as in ``route``."""
        if lookups or not (url is None or isinstance(url, str)):
            return cast("CodeRoute", super().request(method, url, name=name, **lookups))
        pattern, filing = file_address(method, url, self._base_url)
        route = CodeRoute(pattern, catalog=self.catalog)
        return cast("CodeRoute", self.routes.add(route, name, filing))

    if TYPE_CHECKING:  # at run time they are respx's, which call request(); only the types differ
        # fmt: off
        def get(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def post(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def put(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def patch(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def delete(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def head(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        def options(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: D102, E501  # respx documents them; reads as a table
        # fmt: on


def _read_bases(base_url: str) -> dict[str, Pattern]:
    try:
        return list_base_patterns(base_url)
    except InvalidURL:
        raise ErrcodesUsageError(
            "base-url",
            f"base_url={show_value(base_url)} is no URL",
            "check its host and port; https://api.example.com:8443/v1 is one",
        ) from None
