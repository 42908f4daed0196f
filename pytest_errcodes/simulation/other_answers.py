"""Answers of respx's own in a script: a response, or a side effect."""

from __future__ import annotations

from enum import Enum
from functools import partial
from inspect import getfullargspec, isawaitable
from typing import TYPE_CHECKING, Any

from httpx import Response  # bound here: a test may have put something else in its place by then
from respx.models import SideEffectError

from pytest_errcodes.catalog.answer_headers import check_headers
from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.adapters.respx_privates import BareRoute
from pytest_errcodes.simulation.reply_headers import check_status
from pytest_errcodes.text.wording import show_argument, show_value

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from respx.models import Route
    from respx.types import RouteResultTypes

    #: What a script takes beside codes: what ``mock`` of respx does, one answer at a time.
    RespxAnswer = httpx.Response | Exception | type[Exception] | Callable[..., RouteResultTypes]


class OtherAnswer(Facts):
    """One answer of a script that is no reply of ours.

    Attributes:
        response: The response; None for a side effect.
        effect: An exception, its class, or a function; None for a response.
    """

    response: httpx.Response | None
    effect: Exception | type[Exception] | Callable[..., RouteResultTypes] | None

    @property
    def shown(self) -> str:
        """The answer in a few words: ``HTTP 503``, ``ReadTimeout``."""
        if self.response is not None:
            return f"HTTP {self.response.status_code}"
        if isinstance(self.effect, Exception):
            return type(self.effect).__name__
        return getattr(self.effect, "__name__", "a side effect")

    def resolve(self, route: Route, request: httpx.Request, **kwargs: Any) -> RouteResultTypes:
        """Answer a request as respx would, were this all that the route had been told.

        Args:
            route: The route, for a function that asks for it and for what is recorded.
            request: The request.
            kwargs: What the route's pattern found in it.

        Raises:
            SideEffectError: The side effect is, or raised, an exception.
        """
        lone = BareRoute(route.pattern)
        effect: Any = self.effect
        if effect is None:
            lone.return_value = self.response
        elif isinstance(effect, Exception | type) or "route" not in getfullargspec(effect).args:
            lone.side_effect = effect
        else:
            lone.side_effect = partial(effect, route=route)
        try:
            return lone.resolve(request, **kwargs)
        except SideEffectError as error:
            raise SideEffectError(route, origin=error.origin) from error.__cause__


#: What can only be a code. A tuple, as a union is made anew each time.
_CODES = (int, str, Enum)


def find_other_answer(answer: object) -> OtherAnswer | None:
    """Return what respx would answer; None for what can only be a code.

    Raises:
        ErrcodesUsageError: A response has a status or a header that cannot be sent.
    """
    __tracebackhide__ = True
    if isinstance(answer, _CODES):
        return None
    if isinstance(answer, Response):
        check_status(answer.status_code)
        check_headers(answer.headers.raw)
        return OtherAnswer(answer, None)
    if isinstance(answer, type):
        return OtherAnswer(None, answer) if issubclass(answer, Exception) else None
    if isinstance(answer, Exception) or callable(answer):
        return OtherAnswer(None, answer)
    return None


def show_answer(code: Any) -> str:
    """Return an answer as a text tells it; what raises when it is looked at as an argument."""
    try:
        return getattr(find_other_answer(code), "shown", None) or show_argument(code)
    except Exception:  # noqa: BLE001  # an argument of others may raise anything
        return show_argument(code)


def check_lone(
    answer: OtherAnswer, verb: str, params: tuple[object, ...], options: dict[str, Any]
) -> None:
    """Refuse what only a code can have beside it.

    Raises:
        ErrcodesUsageError: There are parameters, or other options than ``times``.
    """
    __tracebackhide__ = True
    others = [*(show_value(one) for one in params), *(f"{name}=" for name in options)]
    beside = [one for one in others if one != "times="]
    if beside:
        raise ErrcodesUsageError(
            "reply-option",
            f"{verb}({answer.shown}, {', '.join(beside)}): what is no code takes times= alone",
            "say all of it in the response, or give a code",
        )


def give_back_declined(result: Any, give_back: Any) -> Any:
    """Return what an answer came to; one that declines, at once or when awaited, is given back."""
    if isawaitable(result):
        return _await_result(result, give_back)
    if result is None:
        give_back()
    return result


async def _await_result(result: Any, give_back: Any) -> Any:
    awaited = await result
    if awaited is None:
        give_back()
    return awaited
