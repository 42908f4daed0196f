"""One run of pytest: its settings, what is installed for it, and the test that runs now."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.active import context
from pytest_errcodes.plugin.options import Settings

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import TracebackType

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.plugin.catalogs import Catalogs
    from pytest_errcodes.plugin.catching import Catching
    from pytest_errcodes.plugin.marker_reader import MarkerReader
    from pytest_errcodes.plugin.running_test import RunningTest
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.network import Network

RUN: pytest.StashKey[Run] = pytest.StashKey()

#: The plugin that knows whom threads and tasks belong to.
OWNERSHIP = "errcodes-ownership"

#: Loaded where a test module uses one of the assertions.
_ASSERTIONS = "pytest_errcodes.judging.comparison"


class Run:
    """What lives from pytest's start to its end.

    Attributes:
        settings: What options and ini settings say.
        context: What assertion helpers ask; the innermost one while the run lasts.
        test: The test that runs now, or ran last; None before the first.

    Raises:
        pytest.UsageError: A setting cannot be used.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.settings = Settings(config)
        self.context = context.Context(self._catalog_in_force, self.settings.message)
        self.context.secret_names = self.settings.secret_names
        self.context.readers.append(partial(_read_by_hook, config, self))
        self.context.start_router = self._start_router
        self.test: RunningTest | None = None
        #: Items that stand for markers on what seems to be no test.
        self._misplaced: list[pytest.Item] = []
        self._mistaken: list[pytest.Item] = []
        self._config = config
        self._catalogs: Catalogs | None = None
        self._reader: MarkerReader | None = None
        self._network: Network | None = None
        self._catching: Catching | None = None
        context.push(self.context)

    def close(self) -> None:
        """Give back what was installed, and leave the context."""
        if self._network is not None:
            self._network.close()
        if self._catching is not None:
            self._catching.close()
        context.pop(self.context)

    # -- what is made when it is first needed ------------------------------------------------

    @property
    def catalogs(self) -> Catalogs:
        """The catalogs of the run."""
        if self._catalogs is None:
            from pytest_errcodes.plugin.catalogs import Catalogs

            self._catalogs = Catalogs(self.settings, tells_once=self._has_summary())
        return self._catalogs

    @property
    def reader(self) -> MarkerReader:
        """What reads the markers of the run's tests."""
        if self._reader is None:
            from pytest_errcodes.plugin.marker_reader import MarkerReader

            self._reader = MarkerReader(
                lambda source, item: self.catalogs.find(source, getattr(item, "path", None)),
                lambda: self._config.getini("markers"),
            )
        return self._reader

    @property
    def network(self) -> Network:
        """Where requests are caught, made when a test first has routes or expectations."""
        if self._network is None:
            from pytest_errcodes.simulation.network import Network

            found = self._config.hook.pytest_errcodes_adapters()
            rows = [row for rows in found for row in rows]
            self._network = Network(share_tls=self.settings.share_tls, rows=rows)
        return self._network

    def make_router(self, options: dict[str, Any]) -> CodeRouter:
        """Return a new router for the test that runs now; it is not started."""
        from pytest_errcodes.simulation.router import CodeRouter

        options = {"base_url": self.settings.base_url or None, **options}
        return CodeRouter(catalog=self.context.catalog, network=self.network, **options)

    # -- the markers of all tests ------------------------------------------------------------

    def collect_misplaced(self, collector: Any, name: str, obj: Any) -> pytest.Item | None:
        """Return a failing item for a marker on a function or class that holds no test."""
        from pytest_errcodes.plugin.collection import collect_misplaced

        item = collect_misplaced(collector, name, obj)
        if item is not None:
            self._misplaced.append(item)
        return item

    def check(self, items: list[pytest.Item]) -> None:
        """Note for each test what is wrong with the first marker of it that goes wrong."""
        if self._misplaced:
            from pytest_errcodes.plugin.collection import drop_tested

            items[:] = drop_tested(items)
        from pytest_errcodes.plugin.marker_reader import MISTAKE

        for item, mistake in self.reader.find_mistakes(items):
            item.stash.setdefault(MISTAKE, mistake)
            self._mistaken.append(item)
        if any(map(_is_ours, items)) and not self._config.pluginmanager.has_plugin(OWNERSHIP):
            from pytest_errcodes.plugin.owned_threads import Ownership

            self._config.pluginmanager.register(Ownership(_is_ours), OWNERSHIP)

    def tell_mistakes(self, items: list[pytest.Item]) -> list[str]:
        """Return the lines that tell of them before any test runs."""
        if not (self._mistaken or self._misplaced):  # a look at each of many costs milliseconds
            return []
        if hasattr(self._config, "workerinput"):  # nobody sees what a worker of xdist writes
            return []
        from pytest_errcodes.plugin.marker_reader import MISTAKE

        mistakes = [(item.nodeid, item.stash[MISTAKE]) for item in items if MISTAKE in item.stash]
        if not mistakes:
            return []
        from pytest_errcodes.plugin.collection import summarize

        self.catalogs.take_untold()  # told here
        return summarize([(nodeid, self.catalogs.unfold(error)) for nodeid, error in mistakes])

    # -- what is told ------------------------------------------------------------------------

    def fail_for_unchecked(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Let a test fail that passed with a helper in it that checked nothing."""
        test = self.test_of(item)
        if self.context.unchecked and test is not None and call.when == "call":
            from pytest_errcodes.plugin.reports import fail_for_unchecked

            fail_for_unchecked(test, call)

    def cut_traceback(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Take what says nothing of the client out of a failure, before pytest shows it."""
        test = self.test_of(item)
        if test is not None and call.excinfo is not None:
            from pytest_errcodes.plugin.reports import cut_traceback

            cut_traceback(test, call.excinfo)

    def complete_report(
        self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> None:
        """Put findings beside the test's own failure, and drift into the report."""
        drift, test = self.context.drift, self.test_of(item)
        if test is not None and call.excinfo is not None:
            from pytest_errcodes.plugin.reports import put_beside

            put_beside(report, test, call.excinfo)
        if drift:
            from pytest_errcodes.plugin.reports import attach_drift

            attach_drift(report, drift)
        if self.context.strays:
            from pytest_errcodes.plugin.reports import attach_strays

            attach_strays(report, self.context.strays)
        if self._catalogs is not None and (untold := self._catalogs.take_untold()):
            from pytest_errcodes.plugin.reports import attach_refused

            attach_refused(report, untold)

    def summarize(self, terminalreporter: Any) -> None:
        """Tell at the end what reports carry beside their test, if any ran."""
        if terminalreporter.stats:
            from pytest_errcodes.plugin.reports import (
                summarize_drift,
                summarize_refused,
                summarize_strays,
            )

            summarize_refused(terminalreporter)
            summarize_drift(terminalreporter)
            summarize_strays(terminalreporter, self.context.strays)
        if self._network is not None and self._network.unfit:
            from pytest_errcodes.plugin.reports import summarize_unfit

            summarize_unfit(terminalreporter, self._network.unfit)

    def _has_summary(self) -> bool:
        """Return whether the terminal shows at its end what reports carry, from workers too."""
        config = self._config
        # A worker of xdist has no terminal in some releases, and its controller's is what counts.
        has_terminal = hasattr(config, "workerinput") or config.pluginmanager.hasplugin(
            "terminalreporter"
        )
        return has_terminal and not config.getoption("no_summary", default=False)

    # -- the test that runs now --------------------------------------------------------------

    def begin(self, item: pytest.Item) -> None:
        """Begin a test, or one more attempt of it: nothing is left of what ran before.

        One whose marker goes wrong fails.
        """
        __tracebackhide__ = True
        from pytest_errcodes.plugin.marker_reader import MISTAKE
        from pytest_errcodes.plugin.running_test import RunningTest

        if self.test is not None:
            self.test.close()
        self.test = test = RunningTest(self, item)
        mistake = item.stash.get(MISTAKE, None)
        if mistake is not None:
            test.fail_for(mistake)
        judged = item.get_closest_marker("expects_code") is not None
        if judged:
            from pytest_errcodes.judging import verdict  # noqa: F401  # while it can be imported

            test.expect_codes()
        if "errcodes" in getattr(item, "fixturenames", ()):
            test.expect_routes()
        elif judged:
            self.bind()
        elif _ASSERTIONS in sys.modules:
            self.catalogs.bind()

    def begin_call(self, item: pytest.Item) -> None:
        """Let what an item does be judged from now on."""
        __tracebackhide__ = True
        test = self.test_of(item)
        if test is not None:
            test.begin_call()

    def bind(self) -> None:
        """Bind to libraries and files while no fixture of a test can have replaced them."""
        self.catalogs.bind()
        self.network.bind()

    def bind_catching(self) -> None:
        """Be told of what ``pytest.raises`` and the like catch from now on."""
        if self._catching is None:
            from pytest_errcodes.plugin.catching import Catching

            self._catching = Catching(self._tell_caught)
        self._catching.bind()

    def _tell_caught(self, error: BaseException, traceback: TracebackType | None) -> None:
        # A run inside this one has tests and a context of its own.
        if self.test is not None and context.current() is self.context:
            self.test.observe_caught(error, traceback)

    def test_of(self, item: pytest.Item) -> RunningTest | None:
        """Return what judges an item, if it is the one that runs now."""
        return self.test if self.test is not None and self.test.item is item else None

    def judge_at_teardown(self) -> None:
        """Ask at the end of each test from now on what its fixtures' teardown did."""
        plugins = self._config.pluginmanager
        if not plugins.has_plugin("errcodes-teardown"):
            plugins.register(_Teardown(self), "errcodes-teardown")

    def _start_router(self) -> CodeRouter:
        if self.test is None:
            raise LookupError("no test runs now")
        from pytest_errcodes.plugin.failures import FailInWords

        with FailInWords():
            return self.test.start_router()

    def _catalog_in_force(self) -> Catalog:
        return self.catalogs.own() if self.test is None else self.test.catalog


class _Teardown:
    """Registered with the first test that needs it, so that others have no wrapper of ours."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Let routes end when the first fixture of a test's own scope is torn down, as the last."""
        test = self._run.test
        if test is not None and test.awaits_fixtures and fixturedef.scope == "function":
            test.begin_fixtures()

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


def _is_ours(item: Any) -> bool:
    """Return whether a test has routes or expectations."""
    return "errcodes" in getattr(item, "fixturenames", ()) or (
        item.get_closest_marker("expects_code") is not None
    )


def _read_by_hook(config: pytest.Config, run: Run, obj: object) -> Any:
    """Ask the hooks of the running test's folder, outside of tests all, for an envelope."""
    if not config.hook.pytest_errcodes_envelope.get_hookimpls():  # as in nearly every run
        return None
    hook = (config.hook if run.test is None else run.test.item.ihook).pytest_errcodes_envelope
    return hook(obj=obj)
