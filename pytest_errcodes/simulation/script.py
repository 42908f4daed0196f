"""The script of a route: what the next request gets, a reply of ours or an answer of respx's."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from functools import partial
from inspect import getfullargspec, isawaitable
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from httpx import Response  # bound here: a test may have put something else in its place by then
from respx.models import SideEffectError

from pytest_errcodes.catalog.answer_headers import check_headers
from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.adapters.respx_privates import BareRoute
from pytest_errcodes.simulation.calls import Exchange
from pytest_errcodes.simulation.reply import Reply
from pytest_errcodes.simulation.reply_headers import check_status
from pytest_errcodes.text.true_kinds import read_times
from pytest_errcodes.text.wording import show_argument, show_value

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from respx.models import Route
    from respx.types import RouteResultTypes

    from pytest_errcodes.catalog import Code
    from pytest_errcodes.simulation.calls import CallLog
    from pytest_errcodes.simulation.incoming import Incoming

    #: What a script takes beside codes: what ``mock`` of respx does, one answer at a time.
    RespxAnswer = httpx.Response | Exception | type[Exception] | Callable[..., RouteResultTypes]


class Unsent(NamedTuple):
    """What of a script was not sent.

    Attributes:
        sent: How many replies were sent.
        total: How many the script has; the last one counts as often as ``times`` says, else once.
        next: The code of the reply that the next request would have got; what it would have got
            instead, where that is an answer of respx's own.
    """

    sent: int
    total: int
    next: Code | OtherAnswer | None


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
_CODES = (int, str, ErrorCode, Enum)


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


class Script:
    """Replies in order; the last one repeats. Safe to use from several threads.

    Args:
        served: How many requests were answered with what comes first, before it was a script's.
    """

    def __init__(self, served: int = 0) -> None:
        self._replies: list[Reply | OtherAnswer] = []
        self._until: list[int] = []  # before which request each reply ends
        self._last_from = 0  # from which request on the last reply is sent
        self._served = served
        self._lock = Lock()

    def extend(self, reply: Reply | OtherAnswer, times: int | None = None) -> None:
        """Add a reply that is sent ``times`` times (once if None) before the next one.

        Raises:
            ErrcodesUsageError: ``times`` is not a positive whole number.
        """
        count = _check_times(times)
        with self._lock:
            if self._until:  # the last reply repeats: how often it was sent is how often it counts
                self._until[-1] = max(self._until[-1], self._served)
                self._last_from = self._until[-1]
            self._until.append(self._last_from + count)
            self._replies.append(reply)

    def next(self) -> Reply | OtherAnswer:
        """Return the answer to the next request."""
        with self._lock:
            answer = self._find_due()
            self._served += 1
            return answer

    def next_reply(self, incoming: Incoming, *logs: CallLog) -> Reply | None:
        """Return the next reply, for a request; None, and nothing is sent, if it is none.

        Args:
            incoming: The request.
            logs: Where the exchange is kept before another request gets a reply: so they have the
                order of the script, in whatever threads the requests are.
        """
        with self._lock:
            answer = self._find_due()
            if not isinstance(answer, Reply):
                return None
            self._served += 1
            reply = answer.answer(incoming) if answer.shape.echo else answer
            exchange = Exchange(incoming, reply)
            for log in logs:
                log.add(exchange)
            return reply

    def give_back(self) -> None:
        """Let the next request have the answer that the last one declined."""
        with self._lock:
            self._served -= 1

    def _find_due(self) -> Reply | OtherAnswer:
        number = self._served
        if number >= self._last_from:
            return self._replies[-1]
        return self._replies[bisect_right(self._until, number)]

    @property
    def is_sent(self) -> bool:
        """Whether all replies were sent, each as often as it is to be."""
        return self._served >= (self._until[-1] if self._until else 0)  # no lock: each test asks

    def find_unsent(self) -> Unsent | None:
        """Return what was not sent; None if all was, or nothing was asked for."""
        with self._lock:
            sent, total = self._served, self._total
            if not 0 < sent < total:
                return None
            following = self._replies[bisect_right(self._until, sent)]
            return Unsent(
                sent, total, following.code if isinstance(following, Reply) else following
            )

    @property
    def _total(self) -> int:
        return self._until[-1] if self._until else 0

    def copy(self) -> Script:
        """Return a script that goes on where this one is now."""
        twin = Script()
        with self._lock:
            twin._replies, twin._until = self._replies[:], self._until[:]
            twin._last_from, twin._served = self._last_from, self._served
        return twin


def _check_times(times: object) -> int:
    if times is None:
        return 1
    number = read_times(times)
    if number is None:
        raise ErrcodesUsageError(
            "times",
            f"times={show_value(times)} is not a number of replies",
            "give a whole number from 1, or leave it out: the last reply repeats",
        )
    return number
