"""Texts, one under the other, with a pointer to the first difference."""

from __future__ import annotations

import pytest

from pytest_errcodes.judging.comparison_rows import Row, draw_rows


def pointed(expected, came, at, at_expected=None):
    """Return the lines of a comparison of two texts."""
    first = at if at_expected is None else at_expected
    return draw_rows([Row("expected", "1", expected, first), Row("came", "1", came, at)])


def pointed_at(lines):
    """Return the characters in both rows above the pointer."""
    column = lines[-1].index("^")
    return lines[0][column : column + 1], lines[1][column : column + 1]


def test_short_texts():
    """Short texts are shown whole."""
    assert pointed("already exists", "already existed", 13) == [
        "  expected  1  already exists",
        "  came      1  already existed",
        "                            ^",
    ]


@pytest.mark.parametrize("at", [0, 30, 60, 64, 65, 66, 100, 250, 499])
def test_long_texts_are_cut_around_the_difference(at):
    """Whatever the place of the difference, both texts show it in one column within 100."""
    text = "abcdefghij" * 50

    lines = pointed(text[:at] + "X" + text[at + 1 :], text[:at] + "Y" + text[at + 1 :], at)

    assert pointed_at(lines) == ("X", "Y")
    assert max(map(len, lines)) == 100


def test_long_text_under_a_short_one():
    """A long text under a short one is cut as far as the pointer allows."""
    expected, came = "a" * 70, "a" * 70 + "b" * 300

    lines = pointed(expected, came, 70)

    assert lines[0] == "  expected  1  …" + "a" * 41
    assert pointed_at(lines) == ("", "b")
    assert lines[1].startswith("  came      1  …a")
    assert lines[1].endswith("b…")


def test_differences_at_different_places_stand_in_one_column():
    """Where a parameter is longer than its placeholder, the texts are shifted to meet."""
    lines = pointed("x" * 200 + "EXPECTED", "x" * 220 + "CAME", 220, at_expected=200)

    assert pointed_at(lines) == ("E", "C")


def test_control_characters_move_the_pointer():
    """The pointer stands under the difference though what is before it was escaped."""
    assert pointed("a\n\tb", "a\n\tc", 3) == [
        "  expected  1  a\\n\\tb",
        "  came      1  a\\n\\tc",
        "                    ^",
    ]


def test_wide_characters_move_the_pointer():
    """The pointer counts columns, not characters."""
    lines = pointed("中文a", "中文b", 2)

    assert lines[-1] == " " * 19 + "^"


def test_difference_far_into_a_text():
    """Of a text of megabytes only the surroundings are looked at."""
    text = "a" * 10_000_000

    lines = pointed(text + "X", text + "Y", len(text))

    assert pointed_at(lines) == ("X", "Y")


def test_secrets_that_differ():
    """Texts that differ in a secret only are not shown to differ anywhere."""
    assert pointed("token=abc", "token=abd", 8) == [
        "  expected  1  token=<secret>",
        "  came      1  token=<secret>",
        "  they differ in a secret, which is not shown",
    ]


def test_values_that_look_alike():
    """Values whose texts are equal have no place to point to."""
    assert pointed("nan", "nan", 3)[-1] == "  they only look alike"


def test_long_keys_leave_room():
    """A long path leaves at least 40 columns for the text."""
    rows = [Row("expected", "k" * 90, "a" * 60), Row("came", "k", "b")]

    assert draw_rows(rows)[0] == f"  expected  {'k' * 90}  {'a' * 39}…"
