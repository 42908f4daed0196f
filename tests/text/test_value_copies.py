"""What is shown of values that are huge, or go on and on: their beginning, at once."""

from __future__ import annotations

import itertools
from collections import deque

import pytest

from pytest_errcodes.text.json_values import json_value
from pytest_errcodes.text.wording import show_argument, show_value

HUGE = 10**5_000


class EndlessList(list):
    def __iter__(self):
        return itertools.count()


class EndlessTuple(tuple):
    __slots__ = ()

    def __iter__(self):
        return itertools.count()


class EndlessSet(set):
    def __iter__(self):
        return itertools.count()


class EndlessFrozenset(frozenset):
    def __iter__(self):
        return itertools.count()


class EndlessDeque(deque):
    def __iter__(self):
        return itertools.count()


class Point(tuple):
    """A class that writes itself."""

    __slots__ = ()

    def __repr__(self):
        return "Point(7)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (EndlessList([1]), "[1]"),
        (EndlessTuple((1,)), "(1,)"),
        (EndlessSet([1]), "EndlessSet({1})"),
        (EndlessSet(), "EndlessSet()"),
        (EndlessFrozenset([1]), "EndlessFrozenset({1})"),
        (EndlessDeque([1]), "EndlessDeque([1])"),
        ([EndlessSet([1])], "[EndlessSet({1})]"),
        ({1}, "{1}"),
        (set(), "set()"),
        (frozenset([1]), "frozenset({1})"),
        (frozenset(), "frozenset()"),
        (deque([1, 2]), "deque([1, 2])"),
        (ValueError(1, "a"), "ValueError(1, 'a')"),
        (ValueError(), "ValueError()"),
        (ValueError(EndlessSet([1])), "ValueError(EndlessSet({1}))"),
        ({"a": HUGE, "b": 1}, "{'a': an integer of 5,001 digits, 'b': 1}"),
        (-HUGE, "an integer of 5,001 digits"),
        (True, "True"),
        ([Point([1, 2])], "[Point(7)]"),
    ],
    ids=lambda value: type(value).__name__,  # the text of one has no end
)
def test_what_is_shown(value, text):
    """What Python writes of an object's members, past the methods of its class."""
    assert show_value(value) == show_argument(value) == text
    assert show_value(value, 200) == text


@pytest.mark.parametrize(
    "make", [list, tuple, set, frozenset, deque, lambda some: ValueError(*some)]
)
def test_beginning_of_many(make):
    """Of many members those are asked that are shown, and no others."""

    class Counting:
        asked = 0

        def __repr__(self):
            Counting.asked += 1
            return "x"

    value = make([Counting() for _ in range(100_000)])
    assert len(show_value(value, 100)) == len(show_argument(value)) + 40 == 101
    assert len(show_value(value)) <= 2_001
    assert json_value([value])
    assert Counting.asked < 20_000


def test_secret_among_arguments():
    """What an exception was made with is masked as anywhere."""
    assert show_value(ValueError({"password": "hunter2Zz9"})) == (
        "ValueError({'password': '<secret>'})"
    )
    assert show_argument(ValueError({"password": "x"})) == "ValueError({'password': 'x'})"
