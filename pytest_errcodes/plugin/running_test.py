"""One attempt of one test: what it expects, what was found, and how it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import ref

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.attempt_end import judge_end
from pytest_errcodes.plugin.early_blocks import await_entries
from pytest_errcodes.plugin.examples import Examples, find_examples
from pytest_errcodes.plugin.failures import FailableTest, drop_traceback, fail_in_words, skips
from pytest_errcodes.plugin.marker_reader import find_marks
from pytest_errcodes.plugin.route_loading import load_routes
from pytest_errcodes.plugin.surroundings import Phase
from pytest_errcodes.plugin.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType, TracebackType

    from pytest_errcodes.assertions.raising_block import RaisesCode
    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.judging.own_handlers import Keeper
    from pytest_errcodes.plugin.judgement import Judgement
    from pytest_errcodes.plugin.surroundings import Surroundings
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.adapters.unwatched import UnwatchedRequests
    from pytest_errcodes.simulation.findings.finding import Finding


#: In these a route that nobody called, or a script that ended early, is a finding.
_COMPLETE = (Phase.UNJUDGED, Phase.ENDED)


class RunningTest(FailableTest):
    """Judges the call phase of one test that has expectations or a router.

    Used as a context manager around it: an exception that carries an expected code ends there,
    a verdict leaves as ``pytest.fail`` without a traceback, and anything else goes through.

    Attributes:
        item: The test.
        phase: How far it has come.
        awaits_fixtures: Whether ``begin_fixtures`` is to be called.
        is_torn_down: Whether its fixtures are gone.
    """

    def __init__(self, run: Surroundings, item: Any) -> None:
        self.item = item
        self.phase = Phase.SETUP
        self.awaits_fixtures = False
        self.is_torn_down = False
        self._run = run
        self._catalog: Catalog | None = None
        self._told: set[Finding] = set()
        self._judgement: Judgement | None = None  # None without a marker
        self._unwatched: UnwatchedRequests | None = None
        self._router: CodeRouter | None = None
        self._closes_itself = False
        self._blocks: Sequence[RaisesCode[Any]] = ()  # that it is to enter
        #: Undo what was set up for the test; to be called in reverse order.
        self._releases: list[Callable[[], object]] = []
        run.context.begin_test(item.name)

    @property
    def catalog(self) -> Catalog:
        """The catalog in force for the test, loaded when it is first asked for.

        Raises:
            ErrcodesUsageError: It cannot be used.
        """
        if self._catalog is None:
            self._catalog = self._run.reader.catalog(self.item, find_marks(self.item, "errcodes"))
        return self._catalog

    # -- its phases --------------------------------------------------------------------------

    def expect_routes(self) -> None:
        """Get ready for routes, in fixtures too that come before ``errcodes``."""
        try:
            load_routes()  # imports them before fixtures fake the file system
        except ErrcodesUsageError as mistake:
            fail_in_words(mistake)
        self._run.bind()
        self._run.network.prepare()
        self._releases.append(self._run.network.release)
        self.awaits_fixtures = True
        self._run.judge_at_teardown()

    def begin_fixtures(self) -> None:
        """Be closed when all fixtures of the test's own scope are gone, and before any wider one.

        To be called before the first of them is set up: the finalizer that is added first is
        called last.
        """
        self.awaits_fixtures = False
        self._closes_itself = True
        self.item.addfinalizer(self.close)

    def expect_codes(self) -> Judgement:
        """Take in what is seen from now on, to be judged by the markers; return what does."""
        if self._judgement is None:
            context = self._run.context
            self._judgement = self._run.make_judgement(self.item)
            context.subscribe(self._judgement.observe)
            self._releases.append(partial(context.unsubscribe, self._judgement.observe))
        return self._judgement

    def begin_call(self) -> None:
        """Let the test be judged, if it has expectations or a router."""
        __tracebackhide__ = True
        run = self._run
        if run.context.unchecked or run.context.has_early_blocks:
            self._blocks = await_entries(self.item, run.context)
        # Read here, not at setup: a fixture may have added a marker.
        try:
            expectations = run.reader.expectations(self.item)
            if expectations is not None:
                self.expect_codes().expect(expectations)
        except ErrcodesUsageError as mistake:
            fail_in_words(mistake)
        if expectations is not None and (judgement := self._judgement) is not None:
            judgement.watch_handlers()
            self._releases.append(judgement.unwatch_handlers)
            run.bind_catching()
            network = run.network
            network.watch()
            self._releases.append(network.unwatch)
            run.context.sees_wire = True
            run.judge_at_teardown()
        elif self._router is not None:
            run.network.look_again()
        if self._judgement is not None or self._router is not None:
            examples = find_examples(self.item)
            judge = self if examples is None else Examples(examples, self)
            self._releases.append(wrap(self.item, judge))
        else:
            self.phase = Phase.UNJUDGED

    def __enter__(self) -> None:
        if self.phase is Phase.JUDGED:  # another thread is in it
            from pytest_errcodes.plugin.foreign_runners import explain_overlap

            self._run.overlap = explain_overlap(self.item, self.item)
        self._unwatched = self._run.network.begin_unwatched()
        if self._judgement is None:
            self._run.context.forget_seen()
        else:
            self._judgement.begin(self._unwatched)
        self.phase = Phase.JUDGED

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self.phase = Phase.SKIPPED if error is not None and skips(error) else Phase.ENDED
        if self._run.overlap is not None:
            self.fail_anew(str(self._run.overlap))
        if error is not None and not issubclass(type(error), Exception):  # skip, fail, Ctrl-C
            return False
        if error is not None and self._run.context.take_raised is not None:
            self._run.context.take_raised(error)
        judgement = self._judgement
        failure: str | None = None if error is not None else ""
        if judgement is not None and judgement.expectations:
            failure = judge_end(judgement, error, traceback)
        if failure is None:  # the test's own error is its verdict
            return False
        self._fail(failure, self.take_findings(), traceback)
        if error is not None:
            # A frame of pytest's holds the exception, and its traceback that frame: each test would
            # leave its frames, with all that is in them, until they are collected as garbage.
            drop_traceback(error)
        return True

    def observe_caught(
        self, error: BaseException, traceback: TracebackType | None, caller: FrameType | None
    ) -> None:
        """Observe what surfaced with an exception that the test caught in a block."""
        if self._judgement is not None and self.is_judged_now:
            raised = self._judgement.observe_raised(error, traceback, is_caught=True)
            if raised and caller is not None:
                self._judgement.look_into_block(error, raised, traceback, caller)

    def note_passed(self, error: BaseException, awaited: str) -> None:
        """Note an exception that a block of the test let pass, which waits for another."""
        if self._judgement is not None and self.is_judged_now:
            self._judgement.passed.append((error, awaited))

    def note_unasserted(self, keeper: Keeper, line: int, error: BaseException) -> None:
        """Note an exception that the test itself swallowed in another way than by ``except``."""
        if self._judgement is not None and self.is_judged_now:
            self._judgement.swallowed.append((keeper, line, error))

    def explain_failure(self) -> str:
        """Return how the test's own exception lost an expected code; empty if it did not."""
        return "" if self._judgement is None else self._judgement.explain_failure()

    def begin_example(self) -> Callable[[], None]:
        """Begin anew, for one of many examples.

        Returns:
            What takes back what the example does to the router.
        """
        self._run.context.unchecked = {}
        for block in self._blocks:
            block.await_entry(self._run.context.unchecked)
        self._told.clear()
        return (lambda: None) if self._router is None else self._router.begin_attempt()

    def end_examples(self) -> None:
        """Fail for what no example did, such as to call a route that a fixture has added."""
        if self._router is not None:
            self._router.end_attempts()
        self.fail_for_findings()

    def close(self) -> None:
        """Judge, route and observe no more."""
        context = self._run.context
        if context.open_blocks:
            context.leave_blocks()
        releases = self._releases
        if not releases:  # closed before, or nothing was set up
            return
        while releases:
            releases.pop()()
        context.end_test()

    # -- its verdict -------------------------------------------------------------------------

    def start_router(self) -> CodeRouter:
        """Return the test's router, started; fail where the catalog or a setting cannot be used."""
        if self._router is None:
            try:
                load_routes()
                self._router = router = self._make_router()
                router.start()
                self._releases.append(router.close)
            except ErrcodesUsageError as mistake:
                fail_in_words(mistake)
            if not self._closes_itself:  # asked for in the test, by request.getfixturevalue
                for node in self.item.listchain()[:-1]:
                    # Weakly: a module lives much longer than its test.
                    node.addfinalizer(partial(_close, ref(self)))
            self._run.context.sees_wire = True
            self._run.judge_at_teardown()
        return self._router

    def _make_router(self) -> CodeRouter:
        reader, marks = self._run.reader, find_marks(self.item, "errcodes")
        options = reader.routing(marks)
        if self._catalog is None:
            self._catalog = reader.catalog(self.item, marks)
        return self._run.make_router(self._catalog, options)

    def tell_unchecked(self) -> list[str]:
        """Return the text of each helper that was made in the test and checked nothing."""
        return [str(tell()) for tell in self._run.context.unchecked.values()]

    def fail_for_unchecked(self) -> None:
        """Fail for the helpers that checked nothing, if any."""
        self.fail_anew("\n\n".join(self.tell_unchecked()))

    def fail_for_findings(self) -> None:
        """Fail with what the router found since it was last asked, if anything."""
        self._fail("", self.take_findings())

    @property
    def awaits_call(self) -> bool:
        """Whether it was not called yet, in the way that is judged."""
        return self.phase is Phase.SETUP

    @property
    def is_judged_now(self) -> bool:
        """Whether it runs, and its end is still to come."""
        return self.phase is Phase.JUDGED

    @property
    def has_unmatched(self) -> bool:
        """Whether a request came that no route matches."""
        return self._router is not None and self._router.has_unmatched

    def take_findings(self) -> list[Finding]:
        """Return what the router found since it was last asked."""
        if self._router is None:
            return []
        found = self._router.findings(at_end=self.phase in _COMPLETE)
        if not found:
            return found
        new = [one for one in dict.fromkeys(found) if one not in self._told]
        self._told.update(new)
        senders = self._unwatched.find_senders() if self._unwatched else ""
        return [one.explain(senders) for one in new] if senders else new


def _close(test: ref[RunningTest]) -> None:
    """Close a test, if it is still there."""
    found = test()
    if found is not None:
        found.close()
