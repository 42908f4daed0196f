"""What our markers do at collection, with what pytest gives them."""

from __future__ import annotations

import inspect
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.marker_reader import MISTAKE
from pytest_errcodes.plugin.marker_values import (
    find_catalog_source,
    find_selection_mistake,
    read_selection,
    show_mark,
)
from pytest_errcodes.plugin.markers import MARKERS
from pytest_errcodes.plugin.reports import REFUSED_CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.plugin.catalogs import Catalogs, ParameterSet

_MOST_MISTAKES = 20
#: What makes tests fail before they run; the key tells whether it is a catalog that was refused.
_REASONS = {False: "a wrong marker", True: REFUSED_CATALOG}


def parametrize(metafunc: pytest.Metafunc, catalogs: Catalogs) -> None:
    """Parametrize ``error_code`` over what ``every_code`` selects, in document order.

    A marker that goes wrong leaves one test, which the check of the markers then fails.
    """
    marks = list(metafunc.definition.iter_markers("every_code"))
    if not marks or any(find_selection_mistake(mark, metafunc.definition) for mark in marks):
        return  # the check of the markers fails the test for it
    try:
        source = find_catalog_source(metafunc.definition.iter_markers())
        catalog = catalogs.find(source, metafunc.definition.path)
        expectations: dict[ErrorCode, dict[str, Any] | None] = {}  # the options of each
        for mark in marks:
            options = {name: value for name, value in mark.kwargs.items() if name != "expects"}
            for code in read_selection(mark, catalog):
                if mark.kwargs.get("expects", True):
                    expectations[code] = options | (expectations.get(code) or {})
                else:
                    expectations.setdefault(code, None)
    except Exception as error:  # noqa: BLE001  # a value may raise anything when it is looked at
        name = error.slug if isinstance(error, ErrcodesUsageError) else "marker"
        metafunc.parametrize("error_code", [pytest.param(None, id=name)])
        return
    values = [
        _make_parameter(code, expectations[code], catalogs.parameters)
        for code in catalog.values()
        if code in expectations
    ]
    metafunc.parametrize("error_code", values)


def _make_parameter(
    code: ErrorCode, options: dict[str, Any] | None, known: dict[int, ParameterSet]
) -> ParameterSet:
    """Return what a test gets for one code; once for all functions that give no options."""
    if options is None:
        return pytest.param(code, id=str(code.code))
    found = None if options else known.get(id(code))
    if found is None:
        mark = pytest.mark.expects_code(code.code, **options)
        found = pytest.param(code, id=str(code.code), marks=mark)
        if not options:
            known[id(code)] = found  # it holds the code: no other object can get the same id
    return found


class MisplacedMarker(pytest.Item):
    """Stands for what carries one of our markers and is no test; it fails before it runs.

    Attributes:
        line: Where the object stands, counted from 0, or None if it is not known.
        holder: The function or class.
    """

    line: int | None = None
    holder: Any = None

    def runtest(self) -> None:
        """Do nothing: the mistake is told when the test is set up."""

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the object stands, for the header of the failure."""
        return self.path, self.line, self.name


def collect_misplaced(collector: Any, name: str, obj: Any) -> MisplacedMarker | None:
    """Return an item for a marked function or class that holds no test; it fails at its setup."""
    if obj.__module__ != collector.module.__name__:
        return None  # imported, or inherited: it is told of where it stands
    ours = _pick_ours(vars(obj)["pytestmark"])
    if not ours or (isinstance(obj, type) and not _is_lost(obj)):
        return None
    kind = "a test class" if isinstance(obj, type) else "a test"
    mistake = ErrcodesUsageError(
        "marker-not-on-test",
        f"{show_mark(ours[0])} stands on {name}, which is not {kind}, so nothing checks it",
        f"move the marker to {kind}, or give {name} a name that pytest collects",
    )
    item: MisplacedMarker = MisplacedMarker.from_parent(collector, name=name)
    item.line, item.holder = _find_line(obj), obj
    item.stash[MISTAKE] = mistake
    return item


def _pick_ours(marks: Any) -> list[pytest.Mark]:
    """Return our markers among what somebody gave a class or function as ``pytestmark``."""
    listed = marks if isinstance(marks, list | tuple) else [marks]
    marks = [getattr(mark, "mark", mark) for mark in listed]  # pytest takes decorators and marks
    return [mark for mark in marks if isinstance(mark, pytest.Mark) and mark.name in MARKERS]


def drop_tested(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the items without markers that turned out to be in force.

    That is seen when all is collected: a class got a subclass in another module, or a function
    another name that pytest collects.
    """
    tested = {getattr(item, "function", None) for item in items}
    return [
        item
        for item in items
        if not isinstance(item, MisplacedMarker)
        or (_is_lost(item.holder) if isinstance(item.holder, type) else item.holder not in tested)
    ]


def run_once(items: Iterable[pytest.Item]) -> None:
    """Tell pytest-run-parallel to run tests once each, in no threads of its own.

    What several runs at once received could not be told apart, and of all that they raise it hands
    on one exception.
    """
    for item in items:
        reason = "pytest-errcodes judges one run of it at a time"
        item.add_marker(pytest.mark.thread_unsafe(reason=reason), append=False)
        item.add_marker(pytest.mark.iterations(1), append=False)


def _is_lost(cls: type) -> bool:
    """Return whether nobody can inherit the markers of a class that pytest does not collect."""
    return not cls.__subclasses__() and getattr(cls, "__test__", True)


def _find_line(obj: Any) -> int | None:
    """Return the line of a function or class, counted from 0, or None if it is not known."""
    try:
        return inspect.getsourcelines(obj)[1] - 1
    except (OSError, TypeError):
        return None


def summarize(wrong: list[tuple[str, ErrcodesUsageError]]) -> list[str]:
    """Return the lines that tell of wrong markers: each mistake once, with the tests it fails."""
    tests: dict[str, list[str]] = {}
    for nodeid, error in wrong:
        tests.setdefault(str(error), []).append(nodeid)
    of_catalog = {error.slug in ("catalog-invalid", "catalog-missing") for _, error in wrong}
    reason = " or ".join(_REASONS[kind] for kind in sorted(of_catalog))
    lines = [f"errcodes: {len(wrong)} test{'s'[: len(wrong) > 1]} will fail for {reason}"]
    for text, nodeids in islice(tests.items(), _MOST_MISTAKES):
        more = f" and {len(nodeids) - 1} more" if len(nodeids) > 1 else ""
        lines += [f"  {nodeids[0]}{more}", *(f"    {line}" for line in text.splitlines())]
    if len(tests) > _MOST_MISTAKES:
        lines.append(f"  … and {len(tests) - _MOST_MISTAKES} other mistakes")
    return lines
