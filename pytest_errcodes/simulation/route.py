"""A respx route with one more verb: ``reply``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn, Unpack, cast, overload

from httpx import Response  # bound here: a test may have put something else in its place by then
from respx.patterns import M

from pytest_errcodes.catalog.answer_headers import check_headers
from pytest_errcodes.catalog.foreign_arguments import blame_argument
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.adapters.respx_privates import BareRoute
from pytest_errcodes.simulation.calls import CallLog
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.reply import Reply, ReplyOptions, make_reply
from pytest_errcodes.simulation.reply_headers import check_status
from pytest_errcodes.simulation.script import (
    OtherAnswer,
    Script,
    check_lone,
    find_other_answer,
    give_back_declined,
    show_answer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx
    from respx.models import CallList, Route
    from respx.patterns import Pattern
    from respx.types import RouteResultTypes, SideEffectListTypes, SideEffectTypes

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.simulation.script import RespxAnswer


#: A route's script, its scripts that were broken off, and whether it gave nothing.
_State = tuple[Script | None, tuple[Script, ...], bool]
_NEW: _State = (None, (), False)


class CodeRoute(BareRoute):
    """A route that answers with documented codes; all of ``respx.Route`` works too.

    Attributes:
        script: What the route answers; None where respx has the answer.
        log: The calls so far.
        refused: Whether ``reply`` or ``then`` refused what it was given: such a route was never
            finished, so that nobody called it says nothing.
        is_optional: Whether nobody has to call it, and its script may end early.
        is_forbidden: Whether nobody may call it.
        broken_off: Scripts that another answer replaced before they were sent to their end.
        gave_nothing: Whether it was called when it had been told no answer.
        is_shared: Whether other attempts of the test may call it, or one has: that nobody called
            it in this one says nothing.
        was_called: Whether an attempt called it whose calls are forgotten.
    """

    # Defaults on the class, which a route need not set: nearly none ever changes them.
    is_optional = False
    is_forbidden = False
    broken_off: tuple[Script, ...] = ()
    gave_nothing = False
    refused = False
    is_shared = False
    was_called = False

    def __init__(
        self, *patterns: Pattern, catalog: Catalog, shape: str | None = None, **lookups: Any
    ) -> None:
        alone = len(patterns) == 1 and bool(patterns[0]) and not lookups  # nothing to combine
        super().__init__(patterns[0] if alone else M(*patterns, **lookups))
        self._catalog = catalog
        self._shape = shape
        self.log = CallLog()
        self.script: Script | None = None
        self._states: list[_State] = [_NEW]  # what each snapshot kept, the latest last

    @overload
    def reply(
        self, code: Code | ErrorCode | None = None, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute: ...
    @overload
    def reply(self, code: RespxAnswer, *, times: int | None = None) -> CodeRoute: ...
    def reply(self, code: Any = None, *params: object, **options: Any) -> CodeRoute:
        """Answer with an envelope of this code; a script of one reply, which repeats.

        Args:
            code: A code the catalog documents, or a success code of its envelope; None for a
                success, with the first code that means it where the shape has any; or what
                ``mock`` takes: a response, an exception or its class, or a function.
            params: One value for each placeholder of the code's message template.
            options: As in ``ReplyOptions``: data, message, fields, code_type, alternative, shape,
                http_status, headers, undocumented, items, times; beside what is neither a code
                nor None, times alone.

        Returns:
            The route, so that ``.then(...)`` can follow.

        Raises:
            UnknownCodeError: The catalog lacks the code.
            ErrcodesUsageError: Parameters or options are not usable.
        """
        __tracebackhide__ = True
        script = Script()
        self._refuse_answer()
        self._extend(script, "reply", code, params, options)
        self.pass_through(value=False)
        self.script = script
        return self

    @overload
    def then(
        self, code: Code | ErrorCode | None = None, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute: ...
    @overload
    def then(self, code: RespxAnswer, *, times: int | None = None) -> CodeRoute: ...
    def then(self, code: Any = None, *params: object, **options: Any) -> CodeRoute:
        """Add the next reply of the script; takes what ``reply`` takes.

        After one of respx's verbs, such as ``respond``, its answer is the first of the script.

        Raises:
            ErrcodesUsageError: The route has no first reply, or as in ``reply``.
        """
        __tracebackhide__ = True
        script = self.script or self._begin_script()
        if script is None:
            shown = show_answer(code)
            self.refused = True
            raise ErrcodesUsageError(
                "then-before-reply",
                f"then({shown}) on a route with no reply yet: {_describe(self)}",
                "begin the script with reply(...)",
            )
        self._extend(script, "then", code, params, options)
        if self.script is None:
            self.pass_through(value=False)
            self.script = script
        return self

    def _begin_script(self) -> Script | None:
        """Return a script that begins with the answer of respx's that the route has, if any."""
        effect, response = self.side_effect, self.return_value
        first = find_other_answer(response if effect is None else effect)
        if first is None or isinstance(effect, Iterator) or self.is_pass_through:
            return None
        script = Script(served=self.call_count)
        script.extend(first)
        return script

    def optional(self) -> CodeRoute:
        """Allow that nobody calls the route, and that its script is not sent to its end.

        Returns:
            The route, so that ``.reply(...)`` or one of respx's verbs can follow.
        """
        self.is_optional = True
        return self

    def never(self) -> CodeRoute:
        """Forbid the requests that the route matches: each fails its client, and the test.

        Returns:
            The route.

        Raises:
            ErrcodesUsageError: The route has been told what to answer.
        """
        __tracebackhide__ = True
        told = self.script is not None or self.side_effect is not None
        if told or self.return_value is not None or self.is_pass_through:
            self._refuse("never() on a route that has been told what to answer")
        self.is_forbidden = True
        return self

    def _refuse_answer(self) -> None:
        """Refuse an answer to requests that are forbidden."""
        __tracebackhide__ = True
        if self.is_forbidden:
            self._refuse("an answer for a route that nobody may call")

    def _refuse(self, fault: str) -> NoReturn:
        """Refuse an answer, or that there be none, where the other was said."""
        __tracebackhide__ = True
        self.refused = True
        raise ErrcodesUsageError(
            "never-and-reply",
            f"{fault}: {_describe(self)}",
            "leave out .never(), or the answer",
        )

    def _extend(
        self,
        script: Script,
        verb: str,
        code: Any,
        params: tuple[object, ...],
        options: dict[str, Any],
    ) -> None:
        __tracebackhide__ = True
        self.refused = True
        try:
            answer: Reply | OtherAnswer | None = find_other_answer(code)
            if isinstance(answer, OtherAnswer):
                check_lone(answer, verb, params, options)
            else:
                if self._shape is not None and options.get("shape") is None:
                    options = {**options, "shape": self._shape}
                answer = make_reply(self._catalog, code, params, cast("ReplyOptions", options))
            script.extend(answer, options.get("times"))
        except ErrcodesUsageError as error:  # without our frames, which tell the user nothing
            raise error.with_traceback(None) from None
        except Exception as error:  # noqa: BLE001  # an argument of others may raise anything
            raise blame_argument(verb, (code, *params, *options.values()), error) from None
        self.refused = False

    def resolve(self, request: httpx.Request, **kwargs: Any) -> RouteResultTypes:
        """Answer a request that matched, as respx does."""
        script = self.script
        if script is not None:
            answer = script.next()
            if isinstance(answer, OtherAnswer):
                result = answer.resolve(self, request, **kwargs)
                return cast("RouteResultTypes", give_back_declined(result, script.give_back))
            return answer.answer(Incoming.of(request)).response(request)
        if self.return_value is None and self.side_effect is None:
            self.gave_nothing = True
        return super().resolve(request, **kwargs)

    def mock(
        self,
        return_value: Response | None = None,
        *,
        side_effect: SideEffectTypes | Sequence[SideEffectListTypes] | None = None,
    ) -> CodeRoute:
        """Answer as respx does; without arguments, with the empty HTTP 200 that it stands for."""
        __tracebackhide__ = True
        self._refuse_answer()
        if return_value is None and side_effect is None:
            return_value = Response(200)
        elif isinstance(return_value, Response):
            self.refused = True
            check_status(return_value.status_code)
            check_headers(return_value.headers.raw)
            self.refused = False
        super().mock(return_value, side_effect=side_effect)
        return self

    def pass_through(self, value: bool = True) -> CodeRoute:  # noqa: FBT001, FBT002  # respx's own signature
        """Let requests through; every other way to answer resets this, and drops the script."""
        script, self.script = self.script, None
        if script is not None and script.find_unsent():
            self.broken_off += (script,)
        super().pass_through(value)
        return self

    @property
    def calls(self) -> CallList:  # type: ignore[override]  # made when looked at: see CallLog
        """The calls so far, with respx's assertions."""
        return self.log.as_list(self)

    @property
    def called(self) -> bool:
        """Whether a request reached the route."""
        return bool(self.log)

    @property
    def call_count(self) -> int:
        """How many requests reached the route."""
        return len(self.log)

    def reset(self) -> None:
        """Forget the calls."""
        self.log.clear()

    def snapshot(self) -> None:
        """Keep the route's answer and calls for ``rollback``."""
        script = self.script.copy() if self.script else None
        self._states.append((script, self.broken_off, self.gave_nothing))
        super().snapshot()

    def rollback(self) -> None:
        """Take back what changed since the last ``snapshot``."""
        if self.has_snapshot:
            self.script = None  # or the setters below would count it as broken off
            super().rollback()
            self.script, self.broken_off, self.gave_nothing = self._states.pop()

    def __repr__(self) -> str:
        return f"<CodeRoute {_describe(self)}>"


def _describe(route: Route) -> str:
    from pytest_errcodes.simulation.findings.descriptions import describe_route

    return describe_route(route)
