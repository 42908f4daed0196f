"""Punctuation and spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import codes

if TYPE_CHECKING:
    from .conftest import Told

END = "end the message, or say open_ended = true"


@pytest.mark.parametrize(
    ("message", "mark"),
    [
        ("Wrong symbol,", ","),
        ("Wrong symbol;", ";"),
        ("Wrong symbol — ", "—"),
        ("Wrong symbol -", "-"),
        ("Wrong symbol (", "("),
    ],
)
def test_trailing_punctuation(told: Told, message: str, mark: str) -> None:
    """A mark that no sentence ends with."""
    assert told(codes(message), "trailing-punctuation") == [
        f'2: 1 ends with "{mark}": "{message}"; {END}'
    ]


@pytest.mark.parametrize(
    ("message", "mark"),
    [
        ("Between 0 and 10000..", ".."),
        ("Wrong.. Try again", ".."),
        ("Wrong,, try again", ",,"),
        ("Wrong, , try again", ", ,"),
        ("Wrong!!", "!!"),
        ("Wrong??", "??"),
        ("Wrong.,", ".,"),
    ],
)
def test_doubled_punctuation(told: Told, message: str, mark: str) -> None:
    """A mark that stands there twice."""
    assert told(codes(message), "doubled-punctuation") == [
        f'2: 1 holds "{mark}": "{message}"; write the mark once'
    ]


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (" Wrong", "begins with a space"),
        ("Wrong ", "ends with a space"),
        ("Wrong  symbol", "holds several spaces in a row"),
        ("Wrong symbol , try again", "holds a space before a comma or a period"),
        ("Wrong symbol . Try again", "holds a space before a comma or a period"),
        ("Wrong symbol .", "holds a space before a comma or a period"),
    ],
)
def test_stray_space(told: Told, message: str, fault: str) -> None:
    """A space that does not belong there."""
    assert told(codes(message), "stray-space") == [f'2: 1 {fault}: "{message}"; take the space out']


@pytest.mark.parametrize(
    "message",
    ["Wait...", "1..5", "Open ../file", "Really?!", "a, b", "What?", "Expect: ", "Use .toml", "x-"],
)
def test_sound_punctuation(told: Told, message: str) -> None:
    """Ellipses, ranges, paths, and a space that leads to what follows a colon."""
    rules = ("trailing-punctuation", "doubled-punctuation", "stray-space")
    assert told(codes(message), *rules) == []


PLAIN = ["Wrong symbol"] * 8


def test_final_period(told: Told) -> None:
    """A sentence with a period among many without."""
    text = codes(*PLAIN, "Wrong price.", "Wrong side", "Two. Sentences.", "%s", "Wrong:")
    assert told(text, "final-period") == [
        '10: 9 ends with a period, unlike 9 others: "Wrong price."; leave it out'
    ]


def test_final_period_that_is_missing(told: Told) -> None:
    """A sentence without a period among many with one."""
    text = codes(*(f"{message}." for message in PLAIN), "Wrong price", "Wrong side.")
    assert told(text, "final-period") == [
        '10: 9 lacks a period, unlike 9 others: "Wrong price"; add it'
    ]


@pytest.mark.parametrize(
    "messages",
    [
        ["Wrong."] + ["Wrong"] * 8,
        ["Wrong."] * 4 + ["Wrong"] * 8,
        ["Wrong"] * 20,
        ["Wrong."] * 20 + ["ORDER_REJECTED"],
    ],
)
def test_no_custom_of_periods(told: Told, messages: list[str]) -> None:
    """A few messages show no custom, nor do as many of both kinds; names have none."""
    assert told(codes(*messages), "final-period") == []
