"""What our markers do at collection, with what pytest gives them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.markers import OPTIONS, catalog_source, read_selection, show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog, ErrorCode


def every_code(
    metafunc: pytest.Metafunc, marks: list[Any], load: Callable[[str | None], Catalog]
) -> None:
    """Parametrize ``error_code`` over what the markers select, in document order.

    A marker that goes wrong leaves one test, which the check of the markers then fails.
    """
    if "error_code" not in metafunc.fixturenames:
        return  # the check of the markers fails the test for it
    try:
        catalog = load(catalog_source(metafunc.definition.iter_markers()))
        selected: dict[ErrorCode, bool] = {}
        for mark in marks:
            for code in read_selection(mark, catalog):
                selected[code] = selected.get(code, False) or mark.kwargs.get("expects", True)
    except ErrcodesUsageError as error:
        metafunc.parametrize("error_code", [pytest.param(None, id=error.slug)])
        return
    values = [
        pytest.param(
            code,
            id=str(code.code),
            marks=[pytest.mark.expects_code(code.code)] if expects else [],
        )
        for code, expects in selected.items()
    ]
    metafunc.parametrize("error_code", values)


class MisplacedMarker(pytest.Item):
    """Stands for a function that carries one of our markers and is not a test."""

    text = ""
    line: int | None = None

    def runtest(self) -> None:
        """Fail."""
        pytest.fail(self.text, pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the function stands, for the header of the failure."""
        return self.path, self.line, self.name


def misplaced(collector: Any, name: str, obj: object) -> pytest.Item | None:
    """Return a failing item for a marked function that pytest does not collect as a test."""
    if not inspect.isfunction(obj) or obj.__module__ != getattr(collector.obj, "__name__", None):
        return None
    ours = [mark for mark in vars(obj)["pytestmark"] if mark.name in OPTIONS]
    if not ours:
        return None
    item = MisplacedMarker.from_parent(collector, name=name)
    error = ErrcodesUsageError(
        "marker-not-on-test",
        f"{show(ours[0])} stands on {name}, which is not a test, so nothing checks it",
        "move the marker to a test, or give the function a name that pytest collects",
    )
    item.text, item.line = str(error), obj.__code__.co_firstlineno - 1
    return item


def summary(wrong: list[tuple[str, ErrcodesUsageError]]) -> list[str]:
    """Return the lines that tell of wrong markers: each mistake once, with the tests it fails."""
    tests: dict[str, list[str]] = {}
    for nodeid, error in wrong:
        tests.setdefault(str(error), []).append(nodeid)
    lines = [f"errcodes: {len(wrong)} test{'s'[: len(wrong) > 1]} will fail for a wrong marker"]
    for text, nodeids in tests.items():
        more = f" and {len(nodeids) - 1} more" if len(nodeids) > 1 else ""
        lines += [f"  {nodeids[0]}{more}", *(f"    {line}" for line in text.splitlines())]
    return lines
