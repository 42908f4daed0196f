"""The script of a route: which reply the next request gets."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.simulation.reply import Reply


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
            self._last_from = self._until[-1] if self._until else 0
            self._until.append(self._last_from + count)
            self._replies.append(reply)

    def next(self) -> Reply:
        """Return the reply to the next request."""
        with self._lock:
            number = self._served
            self._served = number + 1
            if number >= self._last_from:
                return self._replies[-1]
            return self._replies[bisect_right(self._until, number)]

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
