"""The first place in which two texts, or two values, differ."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import MessageTemplate
from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.judging.difference import (
    find_data_difference,
    find_template_place,
    measure_prefix,
    show_template,
)
from pytest_errcodes.judging.rendering import show_field


@pytest.mark.parametrize(
    ("left", "right", "length"),
    [("", "", 0), ("a", "b", 0), ("ab", "ac", 1), ("ab", "abc", 2), ("ab" * 99, "ab" * 99, 198)],
)
def test_common_prefix(left, right, length):
    """The common prefix is measured, also of equal texts and of empty ones."""
    assert measure_prefix(left, right) == length


@pytest.mark.parametrize(
    ("template", "text", "shown", "rest"),
    [
        ("already exists", "already exist", "already exists", ("s", "")),
        ("already exists", "already exists.", "already exists", ("", ".")),
        (
            "is %s. Please reduce",
            "is 20. Please lower",
            "is %s. Please reduce",
            ("reduce", "lower"),
        ),
        ("is %s. Please", "was 20. Please", "is %s. Please", ("is %s. Please", "was 20. Please")),
        ("100%% of %s!", "100% of it", "100% of %s!", ("!", "it")),
        ("%s to %s", "1 by 2", "%s to %s", ("to %s", "by 2")),
    ],
)
def test_template_place(template, text, shown, rest):
    """The place is found where the text stops to fit, in the template and in the text."""
    template_shown = show_template(MessageTemplate(template))
    at_template, at = find_template_place(MessageTemplate(template), text)

    assert template_shown == shown
    assert (template_shown[at_template:], text[at:]) == rest


@pytest.mark.parametrize(
    ("expected", "came", "difference"),
    [
        (1, 2, ("data", "1", "2")),
        (None, {}, ("data", "None", "{}")),
        ({"a": 1}, {"a": 2}, ("data.a", "1", "2")),
        ({"a": 1}, {}, ("data.a", "1", "(missing)")),
        ({}, {"a": 1}, ("data.a", "(missing)", "1")),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ("data.a[0].b", "1", "2")),
        ([1, 2], [1], ("data[1]", "2", "(missing)")),
        ([1], (1, 2), ("data[1]", "(missing)", "2")),
        ({7: 1}, {7: 2}, ("data[7]", "1", "2")),
        ({"apiKey": "a"}, {"apiKey": "b"}, ("data.apiKey", "<secret>", "<secret>")),
        ({"apiKey": "a"}, {}, ("data.apiKey", "<secret>", "(missing)")),
        ({"a": 1}, ABSENT, ("data", "{'a': 1}", "(missing)")),
    ],
)
def test_data_difference(expected, came, difference):
    """The first field that differs is named by its path."""
    assert show_field("data", *find_data_difference(expected, came)) == difference


@pytest.mark.parametrize(
    ("expected", "came", "path"),
    [
        ({"token": "a"}, {"token": "b"}, ("token",)),
        ({"name": "X-API-Key", "value": "a1"}, {"name": "X-API-Key", "value": "b1"}, ()),
        ([{"name": "pin", "value": 1}], [{"name": "pin", "value": 2}], (0,)),
        ({"kty": "oct", "k": "a1"}, {"kty": "oct", "k": "b1"}, ()),
        ({"a": ["X-API-Key", "a1"]}, {"a": ["X-API-Key", "b1"]}, ("a",)),
        ({"number": "4" * 16, "cvc": "7"}, {"number": "5" * 16, "cvc": "7"}, ()),
        ({"name": "side", "value": "a"}, {"name": "side", "value": "b"}, ("value",)),
        ({"a": ["side", "a"]}, {"a": ["side", "b"]}, ("a", 1)),
    ],
)
def test_secrets_on_the_way(expected, came, path):
    """What its name, or a neighbour, tells to be a secret is no further step."""
    assert find_data_difference(expected, came)[0] == path


class Counted:
    """Counts how often it is compared."""

    def __init__(self):
        self.times = 0

    def __eq__(self, other):
        self.times += 1
        return False

    __hash__ = None


def test_one_member_a_level():
    """What is nested one in the other is not compared anew at each level."""
    leaf = Counted()
    expected, came = leaf, 1
    for _ in range(20):
        expected, came = {"a": [(expected,)]}, {"a": [(came,)]}
    path, left, right = find_data_difference(expected, came)
    assert (path, left is leaf, right) == (("a", 0, 0) * 20, True, 1)
    assert leaf.times == 0


class Strict(list):
    """Is equal to nothing, whatever it holds."""

    def __eq__(self, other):
        return False

    __hash__ = None


def test_members_that_are_equal():
    """A container that differs though its one member does not is shown as a whole."""
    expected, came = Strict([1]), Strict([1])
    path, left, right = find_data_difference([expected], [came])
    assert (path, left is expected, right is came) == ((0,), True, True)
