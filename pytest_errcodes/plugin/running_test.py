"""One test while it runs: what it expects, what was found, and how it ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.active.context import observe
from pytest_errcodes.plugin.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.judging.expectation import Expectation
    from pytest_errcodes.plugin.run import Run
    from pytest_errcodes.simulation import CodeRouter


class RunningTest:
    """Judges the call phase of one test that has expectations or a router.

    Used as a context manager around it: an exception that carries an expected code ends there,
    a verdict leaves as ``pytest.fail`` without a traceback, and anything else goes through.

    Attributes:
        verdict: The failure that was raised here, or None.
        runs: Whether the test itself has begun and not ended.
    """

    def __init__(self, run: Run, item: Any) -> None:
        self._run = run
        self._item = item
        self._expectations: list[Expectation] = []
        # A router that the test itself asks for is judged when all is over.
        self._ended = run.called
        self._told: set[str] = set()
        self._seen: list[Observation] = []
        self._router: CodeRouter | None = None
        self._prepared = False
        self._unwrap: Callable[[], None] | None = None
        self.verdict: BaseException | None = None
        self.runs = False
        run.context.subscribe(self._seen.append)

    def expect(self, expectations: list[Expectation]) -> None:
        """Judge by these, and let httpx tell what it receives from now on."""
        self._expectations = expectations
        self._run.network.watch()
        self._run.context.sees_wire = True

    def judge_call(self) -> None:
        """Judge what the test runs from now on, until it is closed."""
        self._unwrap = wrap(self._item, self)

    def prepare(self) -> None:
        """Let clients be cheap to build, in fixtures too that come before ``errcodes``."""
        self._run.network.prepare()
        self._prepared = True

    def start_router(self) -> CodeRouter:
        """Return the test's router, started.

        Raises:
            ErrcodesUsageError: The catalog or a setting of it cannot be used.
        """
        if self._router is None:
            settings = self._run.reader.routing(self._item)
            self._router = self._run.router(self._run.context.catalog, settings)
            self._router.start()
            self._run.context.sees_wire = True
        return self._router

    def close(self) -> None:
        """Judge, route and observe no more."""
        if self._unwrap is not None:
            self._unwrap()
        if self._router is not None:
            self._router.stop()
        if self._prepared:
            self._run.network.release()
        if self._expectations:
            self._run.network.unwatch()
        self._run.context.unsubscribe(self._seen.append)
        self._run.context.sees_wire = False

    def __enter__(self) -> None:
        # What fixtures did before is not what the test did.
        self._seen.clear()
        self._ended = False
        self.runs = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        self.runs = False
        self._ended = not _skips(error)  # who skips itself had no time to call its routes
        if error is not None and not isinstance(error, Exception):  # skip, fail, Ctrl-C
            return False
        failure, untouched = self._judge(error)
        if untouched:
            return False
        self._fail(([failure] if failure else []) + self.new_findings(), traceback)
        return True

    def fail_for_findings(self) -> None:
        """Fail with what the router found since it was last asked, if anything."""
        self._fail(self.new_findings())

    def _fail(self, texts: list[str], traceback: TracebackType | None = None) -> None:
        # This frame is not hidden: pytest has a word to say where all frames of a failure are.
        if texts:
            self.verdict = pytest.fail.Exception("\n\n".join(texts), pytrace=False)
            # A debugger opens where the test went wrong, and nobody is shown a traceback.
            raise self.verdict.with_traceback(traceback) from None

    def _judge(self, error: Exception | None) -> tuple[str | None, bool]:
        if not self._expectations:
            return None, error is not None
        from pytest_errcodes.judging.verdict import carried_by, judge

        raised = [] if error is None else carried_by(error, str(self._item.path))
        if error is not None and not raised:
            return None, True
        for one in raised:
            observe(one)
        return judge(self._expectations, self._seen, raised), False

    @property
    def unmatched(self) -> bool:
        """Whether a request came that no route matches."""
        return self._router is not None and self._router.has_unmatched

    def notes(self) -> list[str]:
        """Return what may explain a failure of the test, and is none by itself."""
        return [] if self._router is None else self._router.notes()

    def new_findings(self) -> list[str]:
        """Return what the router found since it was last asked."""
        if self._router is None:
            return []
        # Until the test has run to its end, a route that nobody called says nothing.
        found = self._router.findings(unused=self._ended)
        if not found:
            return found
        new = [text for text in dict.fromkeys(found) if text not in self._told]
        self._told.update(new)
        return new


def _skips(error: BaseException | None) -> bool:
    """Return whether an exception skips its test, in pytest's way or unittest's."""
    unittest = sys.modules.get("unittest")
    return isinstance(error, pytest.skip.Exception) or (
        unittest is not None and isinstance(error, unittest.SkipTest)
    )
