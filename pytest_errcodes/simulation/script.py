"""The script of a route: which reply the next request gets."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.calls import Exchange
from pytest_errcodes.simulation.reply import Reply
from pytest_errcodes.text.true_kinds import read_times
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code
    from pytest_errcodes.simulation.calls import CallLog
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.other_answers import OtherAnswer


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
