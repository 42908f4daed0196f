"""The check of all markers of a run, before any of its tests runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pytest_errcodes.plugin.marker_reader import MISTAKE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from pytest_errcodes.plugin.catalogs import Catalogs
    from pytest_errcodes.plugin.marker_reader import MarkerReader


class MarkerCheck:
    """Finds the markers of a run that go wrong, and tells of them.

    Args:
        config: The configuration of the run.
        find_catalogs: Returns the catalogs of the run, which few runs need so early.
    """

    def __init__(self, config: pytest.Config, find_catalogs: Callable[[], Catalogs]) -> None:
        self._config = config
        self._find_catalogs = find_catalogs
        #: Items that stand for markers on what seems to be no test.
        self._misplaced: list[pytest.Item] = []
        self._mistaken: list[pytest.Item] = []

    def collect_misplaced(self, collector: Any, name: str, obj: Any) -> pytest.Item | None:
        """Return a failing item for a marker on a function or class that holds no test."""
        from pytest_errcodes.plugin.collection import collect_misplaced

        item = collect_misplaced(collector, name, obj)
        if item is not None:
            self._misplaced.append(item)
        return item

    def check(self, items: list[pytest.Item], reader: MarkerReader) -> None:
        """Note for each test what is wrong with the first marker of it that goes wrong.

        Raises:
            pytest.UsageError: ``python -O`` leaves out what tests of ours assert.
        """
        if sys.flags.optimize:
            from pytest_errcodes.plugin.left_out_assertions import refuse_left_out

            refuse_left_out(self._config, items)
        if self._misplaced:
            from pytest_errcodes.plugin.collection import drop_tested

            items[:] = drop_tested(items)
        for item, mistake in reader.find_mistakes(items):
            item.stash.setdefault(MISTAKE, mistake)
            self._mistaken.append(item)

    def tell(self, items: list[pytest.Item]) -> list[str]:
        """Return the lines that tell of what is wrong before any test runs."""
        if not (self._mistaken or self._misplaced):  # to look at 10,000 tests takes milliseconds
            return []
        if hasattr(self._config, "workerinput"):  # nobody sees what a worker of xdist writes
            return []
        mistakes = [(item.nodeid, item.stash[MISTAKE]) for item in items if MISTAKE in item.stash]
        if not mistakes:
            return []
        from pytest_errcodes.plugin.collection import summarize

        catalogs = self._find_catalogs()
        catalogs.take_untold()  # the lines returned here tell of them, so the end need not
        return summarize([(nodeid, catalogs.unfold(error)) for nodeid, error in mistakes])
