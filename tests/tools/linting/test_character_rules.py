"""Characters that a reader cannot see or tell apart, and dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Told


@pytest.mark.parametrize(
    ("written", "named", "hint"),
    [
        (r"\t", "U+0009", "write a plain space"),
        (r"\u0007", "U+0007", "take it out"),
        (r"\u200b", "U+200B ZERO WIDTH SPACE", "take it out"),
        (r"\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE", "take it out"),
        (r"\u00ad", "U+00AD SOFT HYPHEN", "take it out"),
        (r"\u00a0", "U+00A0 NO-BREAK SPACE", "write a plain space"),
        (r"\u3000", "U+3000 IDEOGRAPHIC SPACE", "write a plain space"),
    ],
)
def test_control_character(told: Told, written: str, named: str, hint: str) -> None:
    """A character that is not seen, named by its number and its name."""
    character = written.encode().decode("unicode_escape")
    shown = repr(f"Wrong{character}symbol")[1:-1]
    assert told(f'1 = "Wrong{written}symbol"\n', "control-character") == [
        f'2: 1 holds {named}: "{shown}"; {hint}'
    ]


@pytest.mark.parametrize(
    ("message", "named", "latin"),
    [
        ("Wrong s\u0443mbol", "U+0443 CYRILLIC SMALL LETTER U", "y"),
        ("\u041erder is late", "U+041E CYRILLIC CAPITAL LETTER O", "O"),
        ("\u0391sset is wrong", "U+0391 GREEK CAPITAL LETTER ALPHA", "A"),
        ("Wrong \u0441 price", "U+0441 CYRILLIC SMALL LETTER ES", "c"),
        ("\u0426ена of s\u0443mbol", "U+0443 CYRILLIC SMALL LETTER U", "y"),
        ("Wrong symbol\uff0c price", "U+FF0C FULLWIDTH COMMA", ","),
        ("\uff21sset is wrong", "U+FF21 FULLWIDTH LATIN CAPITAL LETTER A", "A"),
    ],
)
def test_look_alike_character(told: Told, message: str, named: str, latin: str) -> None:
    """A character of another script in a Latin text, with the Latin one it looks like."""
    assert told(f'1 = "{message}"\n', "look-alike-character") == [
        f'2: 1 holds {named}, which looks like {latin}: "{message}"; write {latin}'
    ]


@pytest.mark.parametrize(
    "message",
    [
        "\u041e\u0440\u0434\u0435\u0440",  # Cyrillic alone
        "\u0426\u0435\u043d\u0430 of symbol",  # a Cyrillic word beside Latin ones
        "\u0394t is wrong",  # looks like no Latin letter
        "5 \u00b5s late",  # the sign of a unit
        "\u8ba2\u5355\uff0c Order\u3000late",  # Chinese has wide commas and spaces
        "Caf\u00e9 — “closed” …",
    ],
)
def test_other_scripts(told: Told, message: str) -> None:
    """Texts in other scripts, signs and accents are no faults."""
    text = f'1 = "{message}"\n'
    assert told(text, "look-alike-character", "control-character") == []


def test_mixed_dashes(told: Told) -> None:
    """Each message whose dash is another than that of most messages."""
    text = (
        '1 = "Failed — try again"\n2 = "Wrong — try again"\n3 = "Late - try again"\n'
        '4 = "Early – try again"\n5 = "Odd -- try again"\n'
    )
    rest = "where 2 other messages have an em dash"
    assert told(text, "mixed-dashes") == [
        f'4: 3 holds a hyphen {rest}: "Late - try again"; write —',
        f'5: 4 holds an en dash {rest}: "Early – try again"; write —',
        f'6: 5 holds two hyphens {rest}: "Odd -- try again"; write —',
    ]


def test_mixed_dashes_of_two(told: Told) -> None:
    """Of as many, the first counts."""
    assert told('1 = "a - b"\n2 = "c — d"\n', "mixed-dashes") == [
        '3: 2 holds an em dash where another message has a hyphen: "c — d"; write -'
    ]


@pytest.mark.parametrize("message", ["1 - 5", "reduce-only", "%s - %s", "pages 1–5", "-5"])
def test_other_dashes(told: Told, message: str) -> None:
    """Hyphens in words, ranges and signs are no dashes."""
    assert told(f'1 = "{message}"\n2 = "Failed — try again"\n', "mixed-dashes") == []
