"""``Catalog.search``: codes by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("lotsize", [401071]),
        ("LEVERAGE maximum", [401034, 401112]),
        ("maximum leverage", [401034, 401112]),
        ("401009", [401009]),
        ("fees date", [406009]),
        ("transfers self", [403008]),
        ("Portfolio management 64", [402004]),
        ("nothing-of-the-kind", []),
    ],
)
def test_search(ltp: Catalog, words: str, codes: list[int]) -> None:
    """All words must be there, in any order and case, in what the catalog says of the code."""
    assert [found.code for found in ltp.search(words)] == codes


def test_tags_are_searched(cards: Catalog) -> None:
    """A tag is a word of its code."""
    assert [found.code for found in cards.search("FINAL card")] == ["card_declined"]


def test_no_words_pick_all(ltp: Catalog) -> None:
    """Nothing asked for is found everywhere."""
    assert ltp.search(" ") == tuple(ltp.values())
