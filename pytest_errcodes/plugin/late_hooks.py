"""Hooks of runs in which a test needs them: all others have none of ours in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_errcodes.plugin.owned_threads import Ownership
    from pytest_errcodes.plugin.running_test import RunningTest


class RunsTests(Protocol):
    """What the hooks ask of a run."""

    test: RunningTest | None

    def test_of(self, item: pytest.Item) -> RunningTest | None:
        """Return what judges an item, if it is the one that runs now."""


class FixtureHooks:
    """Tells of fixtures that are set up, and of tests that are over.

    It has no wrappers: they would stand in the tracebacks of all tests.
    """

    def __init__(self, run: RunsTests, ownership: Ownership) -> None:
        self._run = run
        self._ownership = ownership

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let what a fixture starts belong to the test, if the fixture does.

        Before the first fixture of the test's own scope is set up, the test asks pytest to close it
        when all of them are torn down: its routes answer until then.
        """
        scope = fixturedef.scope
        self._ownership.begin_fixture(scope)
        test = self._run.test
        if test is not None and test.awaits_fixtures and scope == "function":
            test.begin_fixtures()

    def pytest_runtest_logfinish(self) -> None:
        """End a test for the threads and tasks that it has started."""
        self._ownership.end()


class TeardownHook:
    """Asks at the end of each test what its fixtures' teardown did."""

    def __init__(self, run: RunsTests) -> None:
        self._run = run

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Report what a fixture's teardown sent and no route matched."""
        __tracebackhide__ = True
        test = self._run.test_of(item)
        try:
            result = yield
        finally:
            if test is not None:
                test.close()
        if test is not None:
            test.fail_for_findings()
        return result
