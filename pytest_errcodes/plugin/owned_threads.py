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
    """Lets threads and tasks belong to the test that runs; made where a test of the run is ours.

    Args:
        plugins: Where it is registered, to be told of fixtures.
    """

    def __init__(self, plugins: pytest.PytestPluginManager) -> None:
        self._threads = StartedThreads()
        self._threads.bind()
        self._item: Any = None
        self._owner: Owner | None = None
        plugins.register(self, "errcodes-ownership")

    def close(self) -> None:
        """Give back what was patched."""
        self.end()
        self._threads.unbind()

    def bind(self) -> None:
        """Let work belong to a test too that it hands to a pool, from the first test of ours on."""
        self._threads.bind(pools=True)

    def begin(self, item: pytest.Item) -> None:
        """Begin a test, or one more attempt of it; the one before has ended."""
        self.end()
        self._item = item

    def begin_call(self) -> None:
        """Let what is started from now on belong to the test."""
        set_owner(self._own())

    def end(self) -> None:
        """End the test that ran; nobody is accused for what its own thread does afterwards."""
        if self._owner is not None:
            self._owner.ended = True
            self._owner = None
        set_owner(None)

    @pytest.hookimpl(tryfirst=True)  # no wrapper, which would stand in the tracebacks of fixtures
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let what a fixture starts belong to the test, if the fixture does."""
        set_owner(self._own() if fixturedef.scope == "function" else None)

    def _own(self) -> Owner | None:
        if self._owner is None and self._item is not None:
            self._owner = Owner(self._item.nodeid)
        return self._owner
