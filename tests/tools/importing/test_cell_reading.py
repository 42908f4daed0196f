"""Reading codes out of cells."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.importing.cell_reading import (
    CodeRangeError,
    as_type,
    code_type_of,
    looks_like_codes,
    read_codes,
)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("401009", ["401009"]),
        (" `401009` ", ["401009"]),
        ('"51008"', ["51008"]),
        ("-1121", ["-1121"]),
        ("\u22121121", ["-1121"]),
        ("00000", ["00000"]),
        ("9" * 50, ["9" * 50]),
        ("card_declined", ["card_declined"]),
        ("AUTH.4-1:x", ["AUTH.4-1:x"]),
        ("4001, 4002", ["4001", "4002"]),
        ("`4001` / `4002`", ["4001", "4002"]),
        ("4001 or 4002 and 4003", ["4001", "4002", "4003"]),
        ("4001-4003", ["4001", "4002", "4003"]),
        ("4001 – 4002", ["4001", "4002"]),
        ("4001 to 4002", ["4001", "4002"]),
        ("4001...4002", ["4001", "4002"]),
        ("-3--1", ["-3", "-2", "-1"]),
        ("0008-0010", ["0008", "0009", "0010"]),
        ("", []),
        ("see below", []),
        ("n/a", []),
        ("1.5 %", []),
        ("a, b", []),
    ],
)
def test_read_codes(cell: str, codes: list[str]) -> None:
    """A cell holds one code, several, or a range, whose codes are all returned as written."""
    assert read_codes(cell) == codes


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("400200-400100", "the range 400200-400100 runs backwards"),
        ("400000-401000", "the range 400000-401000 holds 1,001 codes, more than 1,000"),
    ],
)
def test_a_range_that_is_none(cell: str, complaint: str) -> None:
    """A range that runs backwards, or is a reserved block, is refused."""
    with pytest.raises(CodeRangeError) as caught:
        read_codes(cell)
    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("cell", "whether"),
    [
        ("401009", True),
        ("1-5", True),
        ("5-1", True),
        ("card_declined", True),
        ("E1001", True),
        ("Timeout", False),
        ("Order not found", False),
        ("", False),
    ],
)
def test_looks_like_codes(cell: str, whether: bool) -> None:
    """A word that a sentence could hold is no sure sign of a code."""
    assert looks_like_codes(cell) is whether


@pytest.mark.parametrize(
    ("codes", "code_type"),
    [
        (["1", "-2"], "integer"),
        (["1", "007"], "string"),
        (["1", "card_declined"], "string"),
        (["1" * 41], "string"),
    ],
)
def test_code_type_of(codes: list[str], code_type: str) -> None:
    """Codes are integers if all of them are plain ones."""
    assert code_type_of(codes) == code_type


def test_as_type() -> None:
    """A code is a number or a text, as its catalog says."""
    assert [as_type("7", kind) for kind in ("integer", "string", "either")] == [7, "7", 7]
    assert as_type("x7", "either") == "x7"
