"""``Catalog.section_for``: the section whose label a code falls in."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import Catalog, load_catalog, parse_catalog


@pytest.mark.parametrize(
    ("code", "section"),
    [
        (401065, "trading"),
        (401065 + 200, "algo"),
        (400999, "common"),
        (2999, "authentication"),
        (7001, "authentication"),
        (100099, "authentication"),
        (601999, "websocket"),
        (500, None),
        (40100, None),
        (999999, None),
        (-401065, None),
        ("401065", None),
        (True, None),
        (401065.0, None),
        (None, None),
        pytest.param(10**5000, None, id="huge"),
    ],
)
def test_section_for(ltp: Catalog, code: object, section: str | None) -> None:
    """Labels are read as patterns; a code of a wrong type falls in none."""
    found = ltp.section_for(code)
    assert (found and found.id) == section


def test_text_codes(cards: Catalog) -> None:
    """The label of text codes is a pattern too."""
    assert cards.section_for("51999") is cards.sections[0]
    assert cards.section_for("card_declned") is None


def test_negative_codes(negative: Catalog) -> None:
    """A minus in a label belongs to its number."""
    assert negative.section_for(-1199) is negative.sections[0]
    assert negative.section_for(1199) is None


@pytest.mark.parametrize(("label", "falls"), [("codes 10-20", True), ("15", True), ("1", False)])
def test_ranges_and_numbers_in_labels(label: str, falls: bool) -> None:
    """A label may hold ranges and single numbers among words."""
    catalog = parse_catalog(f'[sections.a]\nlabel = "{label}"\n[sections.a.codes]\n1 = "one"\n')
    assert (catalog.section_for(15) is not None) is falls


def test_number_of_a_class_of_its_own():
    """It falls in the section of the number that it is, whatever it says of itself."""

    class Odd(int):
        def __str__(self):
            raise RuntimeError("no")

    catalog = load_catalog("ltp")
    assert catalog.section_for(Odd(401999)) == catalog.section_for(401999)
    assert catalog.section_for(10**5_000) is None
