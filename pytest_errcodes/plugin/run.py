"""One run of pytest: its settings, what is installed for it, and the test that runs now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.active import context
from pytest_errcodes.plugin.options import is_anything_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.plugin.block_watch import BlockWatch
    from pytest_errcodes.plugin.catalogs import Catalogs
    from pytest_errcodes.plugin.catching import Catching
    from pytest_errcodes.plugin.judgement import Judgement
    from pytest_errcodes.plugin.marker_reader import MarkerReader
    from pytest_errcodes.plugin.owned_threads import Ownership
    from pytest_errcodes.plugin.running_test import RunningTest
    from pytest_errcodes.plugin.settings import Settings
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.network import Network

RUN: pytest.StashKey[Run] = pytest.StashKey()


class Run:
    """What lives from pytest's start to its end.

    Attributes:
        context: What assertion helpers ask; the innermost one while the run lasts.
        test: The test that runs now, or ran last; None before the first.
        markers: Checks the markers of all tests.
        ownership: Tells whom threads and tasks belong to; None where no test of the run is ours.
        has_watched: Whether a block in a test without routes and markers has watched the wire.
        overlap: What is wrong where tests run at once in this process; else None.

    Raises:
        pytest.UsageError: A setting cannot be used.
    """

    def __init__(self, config: pytest.Config) -> None:
        from pytest_errcodes.plugin.marker_check import MarkerCheck

        self.context = context.Context(self._find_catalog)
        self.context.readers.append(self._read_by_hook)
        self.context.start_router = self._start_router
        self.context.watch_wire = self._watch_wire
        self.context.take_failed_answer = _note_failed_answer
        self.test: RunningTest | None = None
        self.ownership: Ownership | None = None
        self.markers = MarkerCheck(config, lambda: self.catalogs)
        self._config = config
        self._settings: Settings | None = None
        self._catalogs: Catalogs | None = None
        self._reader: MarkerReader | None = None
        self._network: Network | None = None
        self._catching: Catching | None = None
        self._has_late_hooks = False
        self.overlap: ErrcodesUsageError | None = None
        self.has_watched = False  # whether a raises_code block of an unmarked test ever did
        self._blocks: BlockWatch | None = None
        # What each test asks for: to import it there would take longer than what it does.
        self._begin_test: Callable[[Run, pytest.Item], None] | None = None
        self._judgement_type: type[Judgement] | None = None
        self._router_type: type[CodeRouter] | None = None
        if is_anything_set(config):
            from pytest_errcodes.plugin.settings import Settings, read_settings

            self._settings = settings = Settings(config, read_settings(config))
            self.context.message_policy = settings.message
            self.context.secret_names = settings.secret_names
        context.push(self.context)

    def start_harvest(self) -> None:
        """Watch all tests, if a draft of what they see is asked for.

        Raises:
            pytest.UsageError: The draft cannot be written.
        """
        if self._config.getoption("--errcodes-harvest") is not None:
            from pytest_errcodes.plugin.harvest import start_harvest

            start_harvest(self, self._config)

    def close(self) -> None:
        """Give back what was installed, and leave the context."""
        if self._network is not None:
            self._network.close()
        if self._catching is not None:
            self._catching.close()
        if self.ownership is not None:
            self.ownership.close()
        context.pop(self.context)

    # -- what is made when it is first needed ------------------------------------------------

    @property
    def settings(self) -> Settings:
        """What options, environment and files set when the run began."""
        if self._settings is None:
            from pytest_errcodes.plugin.settings import Settings

            self._settings = Settings(self._config, {})
        return self._settings

    @property
    def catalogs(self) -> Catalogs:
        """The catalogs of the run."""
        if self._catalogs is None:
            from pytest_errcodes.plugin.catalogs import Catalogs, has_summary

            self._catalogs = Catalogs(self.settings, tells_once=has_summary(self._config))
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

    def make_router(self, catalog: Catalog, options: dict[str, Any]) -> CodeRouter:
        """Return a new router for the test that runs now; it is not started."""
        if self._router_type is None:
            from pytest_errcodes.simulation.router import CodeRouter

            self._router_type = CodeRouter
        options = {"base_url": self.settings.base_url or None, **options}
        return self._router_type(catalog=catalog, network=self.network, **options)

    def make_judgement(self, item: pytest.Item) -> Judgement:
        """Return what judges a test by its markers."""
        if self._judgement_type is None:
            from pytest_errcodes.plugin.judgement import Judgement

            self._judgement_type = Judgement
        return self._judgement_type(self.context, item)

    # -- the markers of all tests ------------------------------------------------------------

    def check(self, items: list[pytest.Item]) -> None:
        """Check the markers of all tests, and see whether any test is ours."""
        self.markers.check(items, self.reader)
        if self.ownership is None:
            from pytest_errcodes.plugin.marker_reader import is_ours

            if not any(map(is_ours, items)):
                return
            if self._config.getoption("parallel_threads", None) is not None:
                from pytest_errcodes.plugin.collection import run_once

                run_once(filter(is_ours, items))
            from pytest_errcodes.plugin.owned_threads import Ownership

            self.ownership = Ownership()
            self.judge_at_teardown()

    # -- what is told ------------------------------------------------------------------------

    def prepare_report(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Fail a test with a helper that checked nothing; cut what no failure needs to show."""
        if call.excinfo is None and call.when != "call":  # so for two of three reports
            return
        test = self.test_of(item)
        if test is None or test.awaits_call:
            from pytest_errcodes.plugin.foreign_runners import fail_unjudged

            fail_unjudged(item, call, self.overlap)
        if test is None or (call.excinfo is None and not self.context.unchecked):
            return
        if test.is_judged_now:  # it goes on: this is the report of a subtest
            if call.excinfo is not None:
                from pytest_errcodes.plugin.caught_exceptions import note_left_subtest

                note_left_subtest(test, call.excinfo.value)
        elif self.context.unchecked and call.when == "call":
            from pytest_errcodes.plugin.reports import fail_for_unchecked

            fail_for_unchecked(test, call)
        if call.excinfo is not None:
            from pytest_errcodes.plugin.reports import cut_traceback

            cut_traceback(test, call.excinfo)

    def complete_report(
        self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> None:
        """Put findings beside the test's own failure, and drift into the report."""
        if call.excinfo is not None:
            from pytest_errcodes.plugin.reports import put_beside, put_beside_unjudged

            if (test := self.test_of(item)) is not None:
                put_beside(report, test, call.excinfo)
            elif call.when == "call":
                put_beside_unjudged(report, item, call.excinfo, self.overlap)
        context, catalogs = self.context, self._catalogs
        if context.drift or context.strays or (catalogs is not None and catalogs.refused):
            from pytest_errcodes.plugin.reports import attach

            refused = [] if catalogs is None else catalogs.take_untold()
            attach(report, context.drift, context.strays, refused)

    def summarize(self, terminalreporter: Any) -> None:
        """Tell at the end what reports carry beside their test, if any ran."""
        unfit = {} if self._network is None else self._network.unfit
        if terminalreporter.stats or unfit:
            from pytest_errcodes.plugin.reports import summarize

            summarize(terminalreporter, self.context.strays, unfit)

    # -- the test that runs now --------------------------------------------------------------

    def begin(self, item: pytest.Item) -> None:
        """Begin an attempt of a test, with nothing left of others; fail one for a wrong marker."""
        __tracebackhide__ = True
        if self._begin_test is None:
            from pytest_errcodes.plugin.setup_phase import begin_test

            self._begin_test = begin_test
        if self.ownership is not None:
            self.ownership.begin(item)
        if self.test is not None:
            if self._has_late_hooks and not (self.test.is_torn_down or self.test.item is item):
                from pytest_errcodes.plugin.foreign_runners import explain_overlap

                self.overlap = explain_overlap(self.test.item, item)
            self.test.close()
        self._begin_test(self, item)

    def begin_call(self, item: pytest.Item) -> None:
        """Let what an item does be judged from now on."""
        __tracebackhide__ = True
        if self.ownership is not None:
            self.ownership.begin_call()
        test = self.test_of(item)
        if test is not None:
            test.begin_call()

    def bind(self) -> None:
        """Bind to libraries and files while no fixture of a test can have replaced them."""
        self.catalogs.bind()
        self.network.bind_imported()

    def stand_back(self) -> None:
        """Leave libraries as they were where others look, for a test that is not ours."""
        if self._network is not None:
            self._network.stand_back()

    def bind_catching(self) -> None:
        """Be told of what ``pytest.raises`` and the like catch from now on."""
        if self._catching is None:
            from pytest_errcodes.plugin.catching import Catching
            from pytest_errcodes.plugin.caught_exceptions import CaughtExceptions

            self._catching = Catching(CaughtExceptions(self.context, lambda: self.test))
        self._catching.bind()

    def test_of(self, item: pytest.Item) -> RunningTest | None:
        """Return what judges an item, if it is the one that runs now."""
        return self.test if self.test is not None and self.test.item is item else None

    def judge_at_teardown(self) -> None:
        """Ask at the end of each test from now on what its fixtures' teardown did."""
        if not self._has_late_hooks:
            from pytest_errcodes.plugin.late_hooks import LateHooks

            self._has_late_hooks = True
            self._config.pluginmanager.register(LateHooks(self))

    def _start_router(self) -> CodeRouter:
        if self.test is None:
            raise LookupError("no test runs now")
        return self.test.start_router()

    def _watch_wire(self) -> Callable[[], object]:
        """Let what clients receive be observed, for a block in a test that has no marker."""
        __tracebackhide__ = True
        if self._blocks is None:
            from pytest_errcodes.plugin.block_watch import BlockWatch

            self._blocks = BlockWatch(self)
        return self._blocks.begin()

    def _read_by_hook(self, obj: object) -> Any:
        """Ask the hooks of the running test's folder for an envelope; between tests, all."""
        hooks = self._config.hook
        if not hooks.pytest_errcodes_envelope.get_hookimpls():  # nearly no run has any
            return None
        if self.test is not None:
            hooks = self.test.item.ihook
        return hooks.pytest_errcodes_envelope(obj=obj)

    def _find_catalog(self) -> Catalog:
        return self.catalogs.own() if self.test is None else self.test.catalog


def _note_failed_answer(error: BaseException, request: str) -> None:
    from pytest_errcodes.plugin.failed_answers import note_failed_answer

    note_failed_answer(error, request)
