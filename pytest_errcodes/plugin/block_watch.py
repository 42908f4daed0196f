"""What blocks of ``raises_code`` see in a test that has neither marker nor routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.simulation.network import Network

    class WatchedRun(Protocol):
        """What it needs of its run."""

        context: Context
        has_watched: bool
        overlap: ErrcodesUsageError | None

        @property
        def network(self) -> Network:
            """Where requests are caught."""

        def bind(self) -> None:
            """Bind to libraries and files."""

        def judge_at_teardown(self) -> None:
            """Ask at the end of each test from now on what its fixtures' teardown did."""


class BlockWatch:
    """Lets what clients receive be observed while such a block is open.

    Args:
        run: The run.
    """

    def __init__(self, run: WatchedRun) -> None:
        self._run = run
        self._open: set[object] = set()

    def begin(self) -> Callable[[], object]:
        """Observe from now on; return what ends that.

        Raises:
            ErrcodesUsageError: Tests run at once in this process (``overlapping-tests``).
        """
        __tracebackhide__ = True
        run = self._run
        if run.overlap is not None:
            raise run.overlap
        if run.network.watched and not self._open:
            return lambda: None  # the test itself watches until it ends
        run.judge_at_teardown()  # by which it is told where tests overlap
        block = object()
        self._open.add(block)
        run.has_watched = True
        run.bind()
        run.network.bind()
        run.network.watch()
        run.context.sees_wire = True
        return lambda: self._end(block)

    def _end(self, block: object) -> None:
        self._open.discard(block)
        if self._open:  # one may be left while another, of a thread or task, goes on
            return
        run = self._run
        run.network.unwatch()
        run.context.forget_seen()  # a test that has neither routes nor markers never does
        run.context.sees_wire = bool(run.network.routers)  # one may have started in the block
