"""Which test runs, for the threads and tasks that are started meanwhile.

They belong to it if they are started by the test itself or by a fixture of its own. What a fixture
of a wider scope starts belongs to nobody, and works for every test.
"""

from __future__ import annotations

from typing import Any

import pytest

from pytest_errcodes.active.ownership import Owner, set_owner
from pytest_errcodes.simulation.adapters.started_threads import StartedThreads


class Ownership:
    """A plugin that is registered where a test of the run has routes or expectations.

    It has no wrappers: they would stand in the tracebacks of all tests.
    """

    def __init__(self) -> None:
        self._threads = StartedThreads()
        self._threads.bind()
        self._item: pytest.Item | None = None
        self._owner: Owner | None = None

    def pytest_unconfigure(self) -> None:
        """Give back what was patched."""
        self._end()
        self._threads.unbind()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a test, or one more attempt of it, which is another one."""
        self._end()
        self._item = item

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let what a fixture starts belong to the test, if the fixture does."""
        set_owner(self._own() if fixturedef.scope == "function" else None)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        """Let what is started from now on belong to the test."""
        set_owner(self._own())

    def pytest_runtest_logfinish(self) -> None:
        """End a test: what it has started and not stopped sends no request any more."""
        self._end()

    def _own(self) -> Owner | None:
        """Return what owns that which the test starts; None where a marker says nobody."""
        if self._owner is None and self._item is not None and _owns(self._item):
            self._owner = Owner(self._item.nodeid)
        return self._owner

    def _end(self) -> None:
        if self._owner is not None:
            self._owner.ended = True
            self._owner = None
        set_owner(None)


def _owns(item: pytest.Item) -> bool:
    said = (mark.kwargs.get("owns_threads") for mark in item.iter_markers("errcodes"))
    return next((one for one in said if one is not None), True) is not False
