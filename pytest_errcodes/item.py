"""One test while it runs: what it expects, what was found, and how it ends."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.markers import catalog_source, read_routing
from pytest_errcodes.observation import Recorder

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.markers import MarkerReader
    from pytest_errcodes.run import Run
    from pytest_errcodes.simulation import CodeRouter


class RunningTest:
    """Judges the call phase of one test.

    Used as a context manager around it: an exception that carries an expected code ends there,
    a verdict leaves as ``pytest.fail`` without a traceback, and anything else goes through.
    """

    def __init__(self, run: Run, item: Any, reader: MarkerReader) -> None:
        self._run = run
        self._item = item
        self._marks = reader.marks(item)
        self._expectations = reader.expectations(item, self._marks)
        self._entered = False
        self._told: set[str] = set()
        self.recorder = Recorder()
        self.router: CodeRouter | None = None
        #: What the router found, where the test failed on its own account.
        self.beside: list[str] = []
        run.session.load = self.catalog
        run.session.recorder = self.recorder
        run.session.drift = []
        if self._expectations:
            run.watch().start()

    def catalog(self) -> Catalog:
        """Return the catalog in force for this test."""
        if not self._marks:
            return self._run.catalog()
        return self._run.catalog(catalog_source(self._marks), self._item.path)

    def start_router(self) -> CodeRouter:
        """Return the test's router, started; its settings are those of the markers."""
        if self.router is None:
            options: dict[str, Any] = {}
            for mark in reversed(self._marks):
                options |= read_routing(mark) if mark.name == "errcodes" else {}
            options.pop("catalog", None)
            self.router = self._run.router(self.catalog(), options)
            self.router.start()
        return self.router

    def close(self) -> None:
        """Route and observe no more."""
        if self.router is not None:
            self.router.stop()
        if self._expectations:
            self._run.watch().stop()
        self._run.session.recorder = None
        self._run.session.load = self._run.catalog

    def __enter__(self) -> None:
        # What fixtures did before is not what the test did.
        self.recorder.observations.clear()
        self._entered = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if error is not None and not isinstance(error, Exception):  # skip, fail, Ctrl-C
            self.beside += self.new_findings()
            return False
        failure, untouched = self._verdict(error)
        findings = self.new_findings()
        if untouched:
            self.beside += findings
            return False
        texts = ([failure] if failure else []) + findings
        if texts:
            raise pytest.fail.Exception("\n\n".join(texts), pytrace=False) from None
        return True

    def _verdict(self, error: Exception | None) -> tuple[str | None, bool]:
        if not self._expectations:
            return None, error is not None
        from pytest_errcodes.expectation import judge

        verdict = judge(self._expectations, self.recorder, error, str(self._item.path))
        return verdict.failure, verdict.untouched

    def new_findings(self) -> list[str]:
        """Return what the router found since it was last asked."""
        if self.router is None:
            return []
        # A test that never ran called no route, and that says nothing.
        found = dict.fromkeys(self.router.findings(unused=self._entered))
        new = [text for text in found if text not in self._told]
        self._told.update(new)
        return new


def wrap_unittest(item: Any, test: RunningTest) -> bool:
    """Judge inside a ``unittest`` method, whose exceptions never leave ``item.runtest``.

    Returns:
        Whether the test is one of unittest's.
    """
    unittest = sys.modules.get("unittest")
    cls = getattr(item, "cls", None)
    if unittest is None or cls is None or not issubclass(cls, unittest.TestCase):
        return False
    method = item.obj
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def judged_async(*args: Any, **kwargs: Any) -> None:
            __tracebackhide__ = True
            with test:
                await method(*args, **kwargs)

        # pytest leaves asynchronous methods to unittest, which takes them from the instance.
        setattr(method.__self__, item.name, judged_async)
    else:

        @functools.wraps(method)
        def judged(*args: Any, **kwargs: Any) -> None:
            __tracebackhide__ = True
            with test:
                method(*args, **kwargs)

        item.obj = judged
    return True
