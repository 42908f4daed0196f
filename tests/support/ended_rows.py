"""What became of each of several modules that were one run of pytest: see ``Project.run_rows``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import pytest
    from project import Outcome

Title = TypeVar("Title", bound="Hashable")


@dataclass
class Row:
    """What became of one module of a run of several.

    Attributes:
        outcomes: How many of its tests ended in which way, and how often it was warned, in the
            words of the last line of a run.
        failures: What stands under the header of each error, then of each failure.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Rows(dict[Title, Row], Generic[Title]):
    """What became of each row, by its title.

    Attributes:
        outcome: What the run printed, with the modules' own names.
    """

    outcome: Outcome


#: A module whose one test passes.
PASSED = Row(Counter(passed=1))


def failed(text: str) -> Row:
    """Return what becomes of a module whose one test fails with this text alone."""
    return Row(Counter(failed=1), [text])


class Modules:
    """A plugin that notes the module of each outcome that pytest counts, in their order."""

    def __init__(self) -> None:
        self._ended: list[tuple[str, str]] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep what tells how pytest counts a report."""
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a report, as the line at the end of the run counts it."""
        category = self._config.hook.pytest_report_teststatus(report=report, config=self._config)[0]
        self._note(report.nodeid, {"error": "errors"}.get(category, category))

    def pytest_warning_recorded(self, nodeid: str) -> None:
        """Note a warning."""
        self._note(nodeid, "warnings")

    def _note(self, nodeid: str, category: str) -> None:
        if category:
            self._ended.append((nodeid.partition("::")[0], category))

    def part(self, names: Mapping[str, Title], texts: Iterable[str]) -> Rows[Title]:
        """Return what became of each row, given its name by that of its module, and all failures.

        A warning of the run itself is one of each row, as it would be if each were a run.

        Raises:
            AssertionError: There are more or fewer texts than tests that failed.
        """
        rows = Rows({row: Row() for row in names.values()})
        for module, category in self._ended:
            for row in [names[module]] if module else names.values():
                rows[row].outcomes[category] += 1
        told = [
            module for word in ("errors", "failed") for module, how in self._ended if how == word
        ]
        texts = list(texts)
        named = [row for module, row in names.items() if any(module in text for text in texts)]
        assert len(texts) == len(told), "\n".join([f"other errors, of rows {named}:", *texts])
        for module, text in zip(told, texts, strict=True):
            rows[names[module]].failures.append(text.replace(module, "test_orders.py"))
        return rows
