"""The codes that somebody may have meant who wrote another one."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.catalog.scanning.nearest import is_slip, meant_codes

from .conftest import CARDS


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("60009", "601009", True),
        ("6010099", "601009", True),
        ("601008", "601009", True),
        ("610009", "601009", True),
        ("601009", "601009", False),
        ("60109", "601", False),
        ("601900", "601009", False),
        ("", "6", True),
        ("abc", "cba", False),
    ],
)
def test_slip(left: str, right: str, *, expected: bool):
    """One character more, less or other, or two that changed places."""
    assert is_slip(left, right) is expected


@pytest.mark.parametrize(
    ("code", "nearest"),
    [
        ("60009", [601009]),
        (401065, [401064, 401066]),
        (999999, [601017, 601018]),
        ("nonsense", []),
    ],
)
def test_meant_in_ltp(code: int | str, nearest: list[int]):
    """A slip comes first, then what is near as a number."""
    assert [found.code for found in meant_codes(load_catalog(), code)] == nearest


@pytest.mark.parametrize(
    ("code", "nearest"),
    [("card_declned", ["card_declined"]), ("51009", ["51008"]), ("card_decl", ["card_declined"])],
)
def test_meant_among_texts(code: str, nearest: list[str]):
    """Words are near by their spelling."""
    assert [found.code for found in meant_codes(parse_catalog(CARDS), code)] == nearest
