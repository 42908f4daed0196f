"""Hooks of runs in which a test needs them: all others have none of ours in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Protocol

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.plugin.owned_threads import Ownership
    from pytest_errcodes.plugin.running_test import RunningTest

    class RunsTests(Protocol):
        """What the hooks ask of a run."""

        context: Context
        test: RunningTest | None
        ownership: Ownership | None

        def test_of(self, item: pytest.Item) -> RunningTest | None:
            """Return what judges an item, if it is the one that runs now."""


class LateHooks:
    """Tells of fixtures that are set up, and asks at the end of a test what their teardown did."""

    def __init__(self, run: RunsTests) -> None:
        self._run = run

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let what a fixture starts belong to the test, if the fixture does.

        Before the first fixture of the test's own scope is set up, the test asks pytest to close it
        when all of them are torn down: its routes answer until then.
        """
        scope, run = fixturedef.scope, self._run
        if run.ownership is not None:
            run.ownership.begin_fixture(scope)
        test = run.test
        if test is not None and test.awaits_fixtures and scope == "function":
            test.begin_fixtures()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Report what a fixture's teardown sent and no route matched, and what failed in it unseen.

        The test is over then for the threads and tasks that it has started too.
        """
        __tracebackhide__ = True
        run = self._run
        test = run.test_of(item)
        run.context.unchecked = {}
        try:
            result = yield
        finally:
            if test is not None:
                test.is_torn_down = True
                test.close()
            if run.ownership is not None:
                run.ownership.end()
        if test is not None:
            if run.context.unchecked:
                from pytest_errcodes.plugin.reports import fail_for_unseen

                fail_for_unseen(test)
            test.fail_for_findings()
        return result
