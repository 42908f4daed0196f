"""How values stand in a text for people."""

from __future__ import annotations

import enum

import pytest

from pytest_errcodes.text.wording import (
    count_columns,
    escape,
    excerpt,
    join_words,
    quote,
    shorten,
    show_argument,
    show_code,
    show_text,
    show_value,
)


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
def test_show_code(code, text):
    """A code shows its type; a huge one is measured, not printed."""
    assert show_code(code) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"token": "abc", "qty": "1"}, "{'token': '<secret>', 'qty': '1'}"),
        ("a\tb", "'a\\tb'"),
        pytest.param(10**5000, "an integer of 5,001 digits", id="huge"),
        (Broken(), "<Broken without a repr>"),
    ],
)
def test_show_value(value, text):
    """A value has a text whatever it is, without its secrets."""
    assert show_value(value) == text


def test_a_value_is_shortened_where_it_must_be():
    """Only a width makes a value short."""
    assert (show_value("abcdef"), show_value("abcdef", 4)) == ("'abcdef'", "'abc…")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("token=abc", "'token=abc'"),
        ("x" * 99, f"'{'x' * 59}…"),
        pytest.param(10**5000, "an integer of 5,001 digits", id="huge"),
        (Broken(), "an object of type Broken"),
    ],
)
def test_show_argument(value, text):
    """What a user wrote into a test is shown to the letter, if it is not too long."""
    assert show_argument(value) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("token: abc\x00", "token: <secret>"),
        ("a\nb", "a\\nb"),
        ("x" * 100, f"{'x' * 20}…"),
        (f"{'x' * 15} token: {'y' * 50}", f"{'x' * 15} toke…"),
    ],
)
def test_show_text(text, shown):
    """A text from outside shows its beginning, without secrets and on one line."""
    assert show_text(text, 20) == shown


def test_escape():
    """Control characters and invisible ones are escaped, letters of any script are not."""
    assert escape("é—中\x1b[31m\u202e\n") == "é—中\\x1b[31m\\u202e\\n"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("abc", '"abc"'), ("abcdef", '"abcd…"'), ("a\\b", '"a\\b"'), ("\t", '"\\t"')],
)
def test_quote(text, quoted):
    """A text in quotes is as it is, but short and on one line."""
    assert quote(text, 4) == quoted


def test_shorten():
    """A text is cut only when it is too long."""
    assert (shorten("abc", 3), shorten("abcd", 3)) == ("abc", "abc…")


@pytest.mark.parametrize(("start", "piece"), [(0, "abc…"), (2, "…de…"), (6, "…hij"), (7, "…ij")])
def test_excerpt(start, piece):
    """A piece of a text keeps its width, and shows where it was cut."""
    assert excerpt("abcdefghij", start, 4) == piece


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([1], "1"),
        (["a", "b"], "a and b"),
        ([1, 2, 3], "1, 2 and 3"),
        ([1, 2, 3, 4], "1, 2 and 2 more"),
        (range(5000), "0, 1 and 4,998 more"),
    ],
)
def test_join_words(words, text):
    """Words are listed as in a sentence, the first few of many."""
    assert join_words(words, 3) == text


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("中文", 4), ("e\u0301", 1)])
def test_count_columns(text, width):
    """Wide characters take two columns, combining ones none."""
    assert count_columns(text) == width
