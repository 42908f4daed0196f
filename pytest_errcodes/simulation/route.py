"""A respx route with one more verb: ``reply``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import respx
from respx.models import Call, CallList
from respx.patterns import M

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.reply import Reply, ReplyOptions, Script, make_reply

if TYPE_CHECKING:
    import httpx
    from respx.patterns import Pattern
    from respx.types import RouteResultTypes

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

Exchange = tuple["httpx.Request", Reply]


class CodeRoute(respx.Route):
    """A route that answers with documented codes; all of ``respx.Route`` works too.

    respx gives each route mock objects for its calls when it is made, which costs more than a
    request does; here they are made when somebody looks at them.
    """

    def __init__(self, *patterns: Pattern, catalog: Catalog, **lookups: Any) -> None:
        self._pattern = M(*patterns, **lookups)
        self._return_value = None
        self._side_effect = None
        self._pass_through = False
        self._name = None
        self._snapshots = []
        self._catalog = catalog
        self._call_list: CallList | None = None
        self._exchanges: list[Exchange] = []
        self._scripts: list[Script | None] = []  # what the snapshots hold
        self.script: Script | None = None

    def reply(
        self, code: Code | ErrorCode, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute:
        """Answer with an envelope of this code; a script of one reply, which repeats.

        Args:
            code: A code the catalog documents, or a success code of its envelope.
            params: One value for each placeholder of the code's message template.
            options: As in ``ReplyOptions``: data, http_status, headers, times, message,
                undocumented.

        Returns:
            The route, so that ``.then(...)`` can follow.

        Raises:
            UnknownCodeError: The catalog lacks the code.
            ErrcodesUsageError: Parameters or options are not usable.
        """
        __tracebackhide__ = True
        reply = make_reply(self._catalog, code, params, options)
        script = Script(reply, options.get("times"))
        self.pass_through(False)
        self.script = script
        return self

    def then(
        self, code: Code | ErrorCode, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute:
        """Add the next reply of the script; takes what ``reply`` takes.

        Raises:
            ErrcodesUsageError: The route has no first reply, or as in ``reply``.
        """
        __tracebackhide__ = True
        if self.script is None:
            raise ErrcodesUsageError(
                "then-before-reply",
                f"then({code!r}) on a route with no reply yet: {describe(self)}",
                "begin the script with reply(...)",
            )
        self.script.extend(make_reply(self._catalog, code, params, options), options.get("times"))
        return self

    def serve(self, request: httpx.Request) -> Reply | None:
        """Return the script's next reply; None where respx has the route's answer."""
        if self.script is None:
            return None
        reply = self.script.next()
        self._exchanges.append((request, reply))
        return reply

    def resolve(self, request: httpx.Request, **kwargs: Any) -> RouteResultTypes:
        """Answer a request that matched, as respx does."""
        if self.script is not None:
            return self.script.next().response(request)
        return super().resolve(request, **kwargs)

    def pass_through(self, value: bool = True) -> CodeRoute:  # noqa: FBT001, FBT002  # respx's own signature
        """Let requests through; every other way to answer resets this, and drops the script."""
        self.script = None
        super().pass_through(value)
        return self

    @property
    def calls(self) -> CallList:
        """The calls so far, with respx's assertions."""
        if self._call_list is None:
            self._call_list = CallList(name=self)
        if self._exchanges:
            exchanges, self._exchanges = self._exchanges, []
            self._call_list.extend(Call(request, reply.response(request)) for request, reply in exchanges)
        return self._call_list

    @property
    def called(self) -> bool:
        """Whether a request reached the route."""
        return bool(self._exchanges) or bool(self._call_list)

    @property
    def call_count(self) -> int:
        """How many requests reached the route."""
        return len(self._exchanges) + len(self._call_list or ())

    def reset(self) -> None:
        """Forget the calls."""
        self._exchanges.clear()
        if self._call_list is not None:
            self._call_list.clear()

    def snapshot(self) -> None:
        """Keep the route's answer and calls for ``rollback``."""
        self._scripts.append(self.script)
        super().snapshot()

    def rollback(self) -> None:
        """Take back what changed since the last ``snapshot``."""
        script = self._scripts.pop() if self._scripts else self.script
        super().rollback()
        self.script = script

    def __repr__(self) -> str:
        return f"<CodeRoute {describe(self)}>"


def describe(route: respx.Route) -> str:
    """Return a route in one line, the way its user wrote it: ``POST /api/v1/order json=...``."""
    from pytest_errcodes.simulation.nearest import describe_pattern

    return describe_pattern(route.pattern)
