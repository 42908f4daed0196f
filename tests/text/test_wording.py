"""How values stand in a text for people."""

from __future__ import annotations

import enum

import pytest

from pytest_errcodes.text.wording import clipped, code_text, columns, cut, escaped, value_text


class Duplicate(enum.IntEnum):
    ORDER = 401009


class Broken:
    def __repr__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (401009, "401009"),
        (-1121, "-1121"),
        (Duplicate.ORDER, "401009"),
        ("51008", '"51008"'),
        ("a\nb", '"a\\nb"'),
        ("x" * 50, f'"{"x" * 40}…"'),
        pytest.param(10**5000, "an integer of 5,001 digits", id="huge"),
    ],
)
def test_code_text(code, text):
    """A code shows its type; a huge one is measured, not printed."""
    assert code_text(code) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"token": "abc", "qty": "1"}, "{'token': '<secret>', 'qty': '1'}"),
        ("a\tb", "'a\\tb'"),
        pytest.param(10**5000, "<int without a repr>", id="huge"),
        (Broken(), "<Broken without a repr>"),
    ],
)
def test_value_text(value, text):
    """A value has a text whatever it is, without its secrets."""
    assert value_text(value) == text


def test_escaped():
    """Control characters and invisible ones are escaped, letters of any script are not."""
    assert escaped("é—中\x1b[31m\u202e\n") == "é—中\\x1b[31m\\u202e\\n"


def test_clipped():
    """A text is cut only when it is too long."""
    assert (clipped("abc", 3), clipped("abcd", 3)) == ("abc", "abc…")


@pytest.mark.parametrize(("start", "piece"), [(0, "abc…"), (2, "…de…"), (6, "…hij"), (7, "…ij")])
def test_cut(start, piece):
    """A piece of a text keeps its width, and shows where it was cut."""
    assert cut("abcdefghij", start, 4) == piece


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("中文", 4), ("e\u0301", 1)])
def test_columns(text, width):
    """Wide characters take two columns, combining ones none."""
    assert columns(text) == width
