"""Which test runs, for the threads and tasks that are started meanwhile.

They belong to it if they are started by the test itself or by a fixture of its own. What a fixture
of a wider scope starts belongs to nobody, and works for every test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet, ref

from pytest_errcodes.active.ownership import Owner, set_owner
from pytest_errcodes.plugin.marker_reader import find_marks, is_ours
from pytest_errcodes.simulation.adapters.started_threads import StartedThreads

if TYPE_CHECKING:
    import pytest


class Ownership:
    """Knows the test that runs, in a run where one has routes or expectations."""

    def __init__(self) -> None:
        #: Tests without routes and expectations that have ended. What they left running may go on
        #: for other such tests, but not beside a test of ours. None while empty, since a WeakSet is
        #: slow to ask.
        self._others: WeakSet[Owner] | None = None
        self._threads = StartedThreads()
        self._threads.bind()
        self._item: pytest.Item | None = None
        self._owner: Owner | None = None  # None between tests

    def close(self) -> None:
        """Give back what was patched."""
        self.end()
        self._threads.unbind()

    def begin(self, item: pytest.Item) -> None:
        """Begin a test, or one more attempt of it, which is another one."""
        if self._owner is not None:  # else the last test has ended
            self.end()
        self._item, self._owner = item, Owner(item.nodeid)
        if self._others is not None:
            ends_others = is_ours(item)
            for other in self._others:
                other.ended = ends_others

    def begin_fixture(self, scope: str) -> None:
        """Let what a fixture starts belong to the test, if the fixture does."""
        set_owner(self._owner if scope == "function" else None)

    def begin_call(self) -> None:
        """Let what is started from now on belong to the test."""
        set_owner(self._owner)

    def end(self) -> None:
        """End a test: what it has started and not stopped sends no request any more."""
        known, self._owner = None if self._owner is None else ref(self._owner), None
        set_owner(None)
        # Only what a test left running still holds its owner, and nearly every test leaves nothing.
        owner = None if known is None else known()
        if owner is None or self._item is None or not _owns(self._item):
            return
        owner.ended = is_ours(self._item)
        if not owner.ended:
            if self._others is None:
                self._others = WeakSet()
            self._others.add(owner)


def _owns(item: pytest.Item) -> bool:
    """Return whether no marker says that what a test leaves running is for those after it."""
    said = (mark.kwargs.get("owns_threads") for mark in find_marks(item, "errcodes"))
    return next((one for one in said if one is not None), True) is not False
