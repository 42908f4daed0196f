"""A context for the tests of plain helper functions, apart from that of the run."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import Context, pop, push
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.active.observers import observe
from pytest_errcodes.catalog import load_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.active.observation import Source


class ObservedContext(Context):
    """A context with somebody who observes.

    Attributes:
        observations: What was observed so far.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"load": lambda: load_catalog("ltp"), **settings})
        self.observations: list[Observation] = []
        self.sees_wire = True
        self.subscribe(self.observations.append)

    def see(self, code: int, message: str, source: Source, place: str) -> None:
        """Observe an envelope without data."""
        observe(Observation(code, message, None, self.catalog.shape, None, source, place))


@contextmanager
def pushed(**settings: Any) -> Iterator[ObservedContext]:
    """Run the block in a context with the embedded catalog, where each observation is kept."""
    context = ObservedContext(**settings)
    push(context)
    try:
        yield context
    finally:
        pop(context)
