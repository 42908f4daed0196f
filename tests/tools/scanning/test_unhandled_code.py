"""Documented codes that no line of source handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import Place, scan
from pytest_errcodes.tools.scanning.unhandled_code import is_test

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Scanned

FEES = "None:None unhandled-code: section fees: "
ALL = "406000, 406001, 406002, 406003, 406004 and 9 more"


def test_nothing_selected(scanned: Scanned):
    """Without a selection there is nothing that has to be handled."""
    assert scanned("pass") == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("pass", f"14 of 14 codes are not handled: {ALL}"),
        ("# 406001", f"14 of 14 codes are not handled: {ALL}"),
        (
            "x = 406001, '406002'",
            "12 of 14 codes are not handled: 406000, 406003, 406004, 406005, 406006 and 7 more",
        ),
        ("if 406002 <= code <= 406013: ...", "2 of 14 codes are not handled: 406000, 406001"),
        ("if 406001 < code < 406014: ...", "2 of 14 codes are not handled: 406000, 406001"),
        ("x = code in range(406002, 406014)", "2 of 14 codes are not handled: 406000, 406001"),
        ("x = code >= 406001", f"14 of 14 codes are not handled: {ALL}"),
        ("x = range(0, 999999)", f"14 of 14 codes are not handled: {ALL}"),
        ("if 406002 <= price <= 406013: ...", f"14 of 14 codes are not handled: {ALL}"),
    ],
)
def test_what_handles(scanned: Scanned, source: str, missing: str):
    """A code is handled by itself, as integer or text, or within a range of codes."""
    assert scanned(source, select=["fees"]) == [FEES + missing]


def test_all_handled(scanned: Scanned):
    """Nothing is told where each selected code is handled."""
    assert scanned("406001, 406002", select=["406001-406002"]) == []


def test_by_section(tmp_path: Path):
    """There is one finding for each section, at the catalog, with all its codes."""
    (tmp_path / "client.ts").write_text("")
    first, second = scan([tmp_path], load_catalog(), select=["fees", "402001"])
    assert (first.codes, len(second.codes)) == ((402001,), 14)
    assert (first.place, first.severity) == (Place("embedded"), "warning")
    assert first.message == "section portfolio: 1 of 1 codes is not handled: 402001"
    assert first.hint == "handle them, or leave them out with --select '!402001'"


def test_tests_handle_nothing(tmp_path: Path):
    """A code that only a test names is not handled, unless there are tests alone."""
    (tmp_path / "test_client.py").write_text("x = 402001")
    assert scan([tmp_path], load_catalog(), select=["402001"]) == ()
    (tmp_path / "client.py").write_text("x = 402002")
    assert len(scan([tmp_path], load_catalog(), select=["402001"])) == 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/client.py", True),
        ("src/__tests__/a.js", True),
        ("conftest.py", True),
        ("a.spec.ts", True),
        ("a_test.go", True),
        ("OrderTest.java", True),
        ("client.py", False),
        ("src/latest/contest.py", False),
    ],
)
def test_is_test(path: str, *, expected: bool):
    """Names of files and folders tell what is a test."""
    assert is_test(path) is expected
