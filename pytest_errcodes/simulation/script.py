"""The script of a route: which reply the next request gets."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog import Code
    from pytest_errcodes.simulation.reply import Reply


class Unsent(NamedTuple):
    """What of a script was not sent.

    Attributes:
        sent: How many replies were sent.
        total: How many the script has; the last one counts as often as ``times`` says, else once.
        next: The code of the reply that the next request would have got.
    """

    sent: int
    total: int
    next: Code | None


class Script:
    """Replies in order; the last one repeats. Safe to use from several threads."""

    def __init__(self) -> None:
        self._replies: list[Reply] = []
        self._until: list[int] = []  # before which request each reply ends
        self._last_from = 0  # from which request on the last reply is sent
        self._served = 0
        self._lock = Lock()

    def extend(self, reply: Reply, times: int | None = None) -> None:
        """Add a reply that is sent ``times`` times (once if None) before the next one.

        Raises:
            ErrcodesUsageError: ``times`` is not a positive whole number.
        """
        count = _checked_times(times)
        with self._lock:
            if self._until:  # what the last reply was sent beyond its number, it was sent
                self._until[-1] = max(self._until[-1], self._served)
                self._last_from = self._until[-1]
            self._until.append(self._last_from + count)
            self._replies.append(reply)

    def next(self, note: Callable[[Reply], Reply] | None = None) -> Reply:
        """Return the reply to the next request, or what ``note`` makes of it.

        Args:
            note: Called with the reply before another request gets one: what is noted by it has
                the order of the script, in whatever threads the requests are.
        """
        with self._lock:
            number = self._served
            self._served = number + 1
            if number >= self._last_from:
                reply = self._replies[-1]
            else:
                reply = self._replies[bisect_right(self._until, number)]
            return reply if note is None else note(reply)

    @property
    def is_sent(self) -> bool:
        """Whether all replies were sent, each as often as it is to be."""
        return self._served >= self._total

    def find_unsent(self) -> Unsent | None:
        """Return what was not sent; None if all was, or nothing was asked for."""
        with self._lock:
            sent, total = self._served, self._total
            if not 0 < sent < total:
                return None
            return Unsent(sent, total, self._replies[bisect_right(self._until, sent)].code)

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


def _checked_times(times: object) -> int:
    if times is None:
        return 1
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise ErrcodesUsageError(
            "times",
            f"times={show_value(times)} is not a number of replies",
            "give a whole number from 1, or leave it out: the last reply repeats",
        )
    return times
