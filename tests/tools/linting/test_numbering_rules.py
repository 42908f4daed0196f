"""Labels of sections, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.tools import lint

if TYPE_CHECKING:
    from .conftest import Told

STRING = '[envelope]\ncode_type = "string"\n'


def lines(*numbers: object) -> str:
    """Return the lines of codes, each with a message of its own."""
    return "".join(f'{number} = "m{number}"\n' for number in numbers)


def section(label: str, *numbers: object, name: str = "a") -> str:
    """Return a section."""
    return f'[sections.{name}]\nlabel = "{label}"\n[sections.{name}.codes]\n{lines(*numbers)}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (section("10xx", 1000, 1099), []),
        (section("", 1), []),
        (section("Orders (since v2)", 1), []),
        (section("10xx, 2000", 1000, 2000), []),
        (section("1000-1002", 1000, 1001), []),
        (
            section("10xx", 1001, 2001),
            ["5: 2001 is outside 10xx, the label of section a; add 2001 to the label"],
        ),
        (
            section("10xx", 500, 501, 1001, 1101, 1102, 1103),
            [
                "4: 500 and 501 are outside 10xx, the label of section a; add 500-501 to the label",
                (
                    "7: 1101 to 1103 are outside 10xx, the label of section a; "
                    "add 1101-1103 to the label"
                ),
            ],
        ),
        (
            section("10xx", 2001) + section("20xx", 2000, name="b"),
            [
                (
                    "4: 2001 is outside 10xx, the label of section a; "
                    "move to section b, whose label is 20xx, or add 2001 to the label"
                )
            ],
        ),
        (STRING + section("00xxx", "00001", "card_declined"), []),
        (
            STRING + section("00xxx", "10001"),
            ["6: 10001 is outside 00xxx, the label of section a; add 10001 to the label"],
        ),
    ],
)
def test_outside_label(told: Told, text: str, expected: list[str]) -> None:
    """Codes in a row that the label of their section leaves out are one finding."""
    assert told(text, "outside-label", head="") == expected


def test_outside_label_of_negative_codes(told: Told) -> None:
    """A label may hold negative numbers."""
    text = '[sections.a]\nlabel = "-11xx"\n[sections.a.codes]\n-1100 = "a"\n-2010 = "b"\n'
    assert told(text, "outside-label", head="") == [
        "5: -2010 is outside -11xx, the label of section a; add -2010 to the label"
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((1, 2, 3), []),
        (
            (1, 2, 4, 5),
            [
                (
                    "4: 3 is missing between 2 and 4; add what the API can still answer; "
                    "if nothing, ignore gap:3"
                )
            ],
        ),
        (
            (5, 4, 1, 2),
            [
                (
                    "3: 3 is missing between 2 and 4; add what the API can still answer; "
                    "if nothing, ignore gap:3"
                )
            ],
        ),
        (
            (1, 2, 8, 9),
            [
                (
                    "4: 3 to 7 are missing between 2 and 8; add what the API can still answer; "
                    "if nothing, ignore gap:3-7"
                )
            ],
        ),
        ((1, 2, 9, 10), []),  # a new group begins
        ((1, 3, 4), []),  # 1 may stand alone
        ((1, 2, 4), []),
        ((10, 20, 30, 40), []),  # numbers are not given one by one
        ((1, 2, 4, 5, "[sections.b.codes]\n3"), []),  # it stands elsewhere
    ],
)
def test_gap(told: Told, numbers: tuple[object, ...], expected: list[str]) -> None:
    """A few numbers that are missing in a run are one finding, in the line after them."""
    assert told(lines(*numbers), "gap") == expected


def test_gap_of_a_success_code(told: Told) -> None:
    """A success code is not missing."""
    head = "[envelope]\nsuccess = [3]\n[sections.a.codes]\n"
    assert told(lines(1, 2, 4, 5), "gap", head=head) == []


def test_gap_with_leading_zeros() -> None:
    """Missing codes are written as their neighbours are."""
    text = f"{STRING}[sections.a.codes]\n{lines('001', '002', '005', '006', 'x')}"
    (finding,) = lint(parse_catalog(text))
    assert finding.codes == ("003", "004")
    assert finding.message == "003 and 004 are missing between 002 and 005"
