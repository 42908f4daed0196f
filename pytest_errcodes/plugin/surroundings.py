"""What one test needs of its run, and how far it has come in it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Protocol

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.errors import ErrcodesUsageError
    from pytest_errcodes.plugin.judgement import Judgement
    from pytest_errcodes.plugin.marker_reader import MarkerReader
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.network import Network

    class Surroundings(Protocol):
        """What a test needs of its run."""

        context: Context
        overlap: ErrcodesUsageError | None

        @property
        def reader(self) -> MarkerReader:
            """What reads its markers."""

        @property
        def network(self) -> Network:
            """Where its requests are caught."""

        def bind(self) -> None:
            """Bind to libraries and files before its fixtures can replace them."""

        def bind_catching(self) -> None:
            """Tell the running test of what ``pytest.raises`` and the like catch from now on."""

        def make_router(self, catalog: Catalog, options: dict[str, Any]) -> CodeRouter:
            """Return a new router, not started, with these settings."""

        def make_judgement(self, item: Any) -> Judgement:
            """Return what judges a test by its markers."""

        def judge_at_teardown(self) -> None:
            """Ask when it is torn down what its fixtures' teardown did."""


class Phase(Enum):
    """How far a test has come."""

    SETUP = "its fixtures are set up"
    UNJUDGED = "it runs or ran by itself: a router that it asks for is judged at its teardown"
    JUDGED = "it runs, and is judged when it ends"
    ENDED = "it ran to its end"
    SKIPPED = "it skipped itself, and had no time to call its routes"
