"""Selectors: text that picks codes."""

from __future__ import annotations

import enum

import pytest

from pytest_errcodes.catalog import Catalog, Code, parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError

FORMS = (
    "hint: a selector is a code, a pattern such as 4010xx, a range such as 401000-401020, "
    "a section id, a tag, or *; ! in front excludes"
)
SECTIONS = (
    "  sections: common, authentication, trading, algo, portfolio, transfers, fees, websocket"
)


class Number(enum.IntEnum):
    DUPLICATE = 401009


def picked(catalog: Catalog, *selectors: str | int) -> list[Code]:
    """Return the codes that the selectors pick."""
    return [found.code for found in catalog.select(*selectors)]


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (["401009"], [401009]),
        ([401009], [401009]),
        ([Number.DUPLICATE], [401009]),
        ([" 401009 "], [401009]),
        (["401018-401020"], [401018, 401019, 401020]),
        (["401063-401067"], [401063, 401064, 401066, 401067]),
        (["10004x"], [100041]),
        (["1000X1"], [100001, 100041]),
        (["50x"], [500, 501]),
        (["401020", "401018", "401020"], [401018, 401020]),
        (["50x", "!501"], [500]),
        (["!501", "50x"], [500]),
        (["50x", "! 501"], [500]),
        (["50x", "!*"], []),
        (["portfolio", "!4020xx", "406000"], [406000]),
    ],
)
def test_select(ltp: Catalog, selectors: list[str | int], codes: list[int]) -> None:
    """Codes come in document order, each once; exclusions go last wherever they stand."""
    assert picked(ltp, *selectors) == codes


@pytest.mark.parametrize(
    ("selectors", "count"),
    [
        ([], 252),
        (["*"], 252),
        (["trading"], 122),
        (["trading", "!401099"], 122),
        (["trading", "!401009"], 121),
        (["trading", "algo"], 169),
        (["!trading"], 130),
        (["!trading", "!algo"], 83),
        (["!4099xx"], 252),
        (["!499000-499999"], 252),
        (["401xxx"], 169),
    ],
)
def test_count(ltp: Catalog, selectors: list[str], count: int) -> None:
    """Exclusions alone start from everything; numbers that are not there exclude nothing."""
    assert len(ltp.select(*selectors)) == count


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (["51008"], ["51008"]),
        ([51008], ["51008"]),
        (["51xxx"], ["51008", "51009"]),
        (["51000-51008"], ["51008"]),
        (["00000-00100"], ["00099"]),
        (["10-20"], ["10-20"]),
        (["card-expired"], ["card-expired"]),
        (["final"], ["51009", "card_declined"]),
        (["orders", "!final"], ["51008", "00099"]),
        (["!orders", "!final"], ["card-expired", "10-20"]),
    ],
)
def test_text_codes(cards: Catalog, selectors: list[str | int], codes: list[str]) -> None:
    """Text codes are picked alike; an exact code is never read as a range."""
    assert picked(cards, *selectors) == codes


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (["-1121"], [-1121]),
        ([-1121], [-1121]),
        (["-11xx"], [-1121, -1100]),
        (["-1121--1100"], [-1121, -1100]),
        (["!-1121"], [-1100, -2010]),
        (["-3000-5"], [-1121, -1100, -2010]),
    ],
)
def test_negative_codes(negative: Catalog, selectors: list[str | int], codes: list[int]) -> None:
    """A minus belongs to the number it stands before."""
    assert picked(negative, *selectors) == codes


def test_a_word_may_be_a_section_and_a_tag() -> None:
    """Such a word picks whatever carries it."""
    catalog = parse_catalog(
        '[sections.auth.codes]\n1 = "a"\n'
        '[sections.rest.codes]\n2 = { message = "b", tags = ["auth"] }\n3 = "c"\n'
    )
    assert picked(catalog, "auth") == [1, 2]


@pytest.mark.parametrize(
    ("selector", "error"),
    [
        (
            "tradng",
            (
                f"selector 'tradng' picks nothing in catalog 'ltp'\n  nearest: trading\n"
                f"{SECTIONS}\n{FORMS}"
            ),
        ),
        (
            "!tradng",
            (
                f"selector '!tradng' picks nothing in catalog 'ltp'\n  nearest: trading\n"
                f"{SECTIONS}\n{FORMS}"
            ),
        ),
        ("", f"selector '' picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        ("!", f"selector '!' picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        ("4099xx", f"selector '4099xx' picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        (
            "401065",
            (
                "selector '401065' picks nothing in catalog 'ltp'\n"
                "  nearest: 401064 No account found matching the specified criteria\n"
                f"           401066 Can not find exchange account group\n{FORMS}"
            ),
        ),
        (
            401065,
            (
                "selector 401065 picks nothing in catalog 'ltp'\n"
                "  nearest: 401064 No account found matching the specified criteria\n"
                f"           401066 Can not find exchange account group\n{FORMS}"
            ),
        ),
        (
            "401020-401018",
            (
                f"selector '401020-401018' picks nothing in catalog 'ltp'\n{SECTIONS}\n"
                "hint: a range begins with its lower number: 401018-401020"
            ),
        ),
        (
            "!401020-401018",
            (
                f"selector '!401020-401018' picks nothing in catalog 'ltp'\n{SECTIONS}\n"
                "hint: a range begins with its lower number: 401018-401020"
            ),
        ),
        (True, f"selector True picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        (401009.0, f"selector 401009.0 picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        (None, f"selector None picks nothing in catalog 'ltp'\n{SECTIONS}\n{FORMS}"),
        pytest.param(
            10**5000,
            "selector an integer of 5,001 digits picks nothing in catalog 'ltp'\n"
            "  nearest: 601017 Login failed — nonce is empty\n"
            f"           601018 Login failed — signature is empty\n{FORMS}",
            id="huge",
        ),
    ],
)
def test_a_selector_that_picks_nothing(ltp: Catalog, selector: str | int, error: str) -> None:
    """The error names the selector, what is near it, and the forms that there are."""
    with pytest.raises(ErrcodesUsageError) as caught:
        ltp.select("trading", selector)
    assert (caught.value.slug, str(caught.value)) == ("unknown-selector", error)


def test_near_tags_and_text_codes(cards: Catalog) -> None:
    """Tags and text codes are suggested too."""
    with pytest.raises(ErrcodesUsageError) as caught:
        cards.select("finale")
    assert str(caught.value) == (
        "selector 'finale' picks nothing in catalog 'cards'\n  nearest: final\n"
        f"  sections: orders, payments\n  tags: blocked, final\n{FORMS}"
    )
    with pytest.raises(ErrcodesUsageError) as caught:
        cards.select("!card_declned")
    assert str(caught.value) == (
        "selector '!card_declned' picks nothing in catalog 'cards'\n"
        "  nearest: card_declined The card was declined\n"
        f"  sections: orders, payments\n  tags: blocked, final\n{FORMS}"
    )
