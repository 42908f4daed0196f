"""How one attempt of a test begins.

It stands apart from the run, which is imported when pytest starts: an import inside of a function
that each test calls takes longer than most of what the function does.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pytest_errcodes.plugin.marker_reader import MISTAKE, has_mark, is_ours
from pytest_errcodes.plugin.running_test import RunningTest

if TYPE_CHECKING:
    from typing import Protocol

    from pytest_errcodes.plugin.catalogs import Catalogs
    from pytest_errcodes.plugin.surroundings import Surroundings

    class BeginsTests(Surroundings, Protocol):
        """What beginning a test needs of its run."""

        test: RunningTest | None
        has_watched: bool

        def stand_back(self) -> None:
            """Leave libraries as they were where others look, for a test that is not ours."""

        @property
        def catalogs(self) -> Catalogs:
            """The catalogs of the run."""


#: Loaded where a test module uses one of the assertions.
_ASSERTIONS = "pytest_errcodes.judging.comparison"


def begin_test(run: BeginsTests, item: Any) -> None:
    """Begin an attempt of a test; fail one for a wrong marker."""
    __tracebackhide__ = True
    run.test = test = RunningTest(run, item)
    if MISTAKE in item.stash:
        test.fail_for(item.stash[MISTAKE])
    if run.overlap is not None and is_ours(item):
        test.fail_for(run.overlap)
    judged = has_mark(item, "expects_code")
    if judged:
        test.expect_codes()  # which imports the verdict while it can be imported
    if "errcodes" in getattr(item, "fixturenames", ()):
        test.expect_routes()
    elif judged or run.has_watched:
        run.bind()
    else:
        run.stand_back()
        if _ASSERTIONS in sys.modules:
            run.catalogs.bind()
