"""Facts that never change."""

from __future__ import annotations

import copy
import pickle
import sys

import pytest

from pytest_errcodes.catalog import EnvelopeShape, Section
from pytest_errcodes.catalog.facts import Facts

TRADING = Section("trading", "Trading", "4010xx")


class Point(Facts):
    """A place, as an example."""

    x: int
    y: int = 2


class Named(Point):
    """An example that adds to another one."""

    name: str = ""


def test_fields_go_by_position_and_by_name():
    """Values come in the order of the fields, by name, or are the defaults."""
    assert Point(1, y=3) == Point(x=1, y=3) != Point(1)
    assert Point(1).y == 2


def test_fields_of_a_base_come_first():
    """A class that adds fields takes those of its base before its own."""
    assert Named(1, 5, "a").as_dict() == {"x": 1, "y": 5, "name": "a"}


def test_equal_content_is_equal_in_one_class_alone():
    """Neither a tuple of the same values nor facts of another class are equal."""
    assert Point(1) != (1, 2)
    assert Named(1) != Point(1)
    assert hash(Point(1)) == hash(Point(1, 2))
    assert {TRADING, Section("trading", "Trading", "4010xx", "")} == {TRADING}


def test_repr_shows_each_field():
    """The repr is the call that makes the same facts."""
    shown = "Section(id='trading', title='Trading', label='4010xx', shape='')"

    assert repr(TRADING) == shown
    assert eval(shown) == TRADING


def test_nothing_can_be_set_or_deleted():
    """The error is Python's own for such attributes, and names what was set or deleted."""
    with pytest.raises(AttributeError) as setting:
        TRADING.title = "Orders"  # type: ignore[misc]  # what is tested
    with pytest.raises(AttributeError) as deleting:
        del EnvelopeShape().code

    assert str(setting.value) == "Section is immutable: title cannot be set"
    assert str(deleting.value) == "EnvelopeShape is immutable: code cannot be deleted"


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})],
    ids=["missing", "too-many", "twice", "unknown"],
)
def test_wrong_fields_are_refused(values: tuple[int, ...], named: dict[str, int]):
    """A field that is missing, one too many, given twice, or unknown."""
    with pytest.raises(TypeError) as caught:
        Point(*values, **named)

    assert str(caught.value) == f"Point takes (x, y), and got {values} {named}"


def test_replaced():
    """Other values for some fields make new facts of the same class."""
    assert EnvelopeShape(data="").replaced(code="ret") == EnvelopeShape(code="ret", data="")
    assert type(Named(1).replaced(y=1)) is Named


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace came with Python 3.13")
def test_copy_replace():
    """Python's own way works too."""
    assert copy.replace(TRADING, title="Orders") == Section("trading", "Orders", "4010xx")


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]
)
def test_copies_are_equal(again):
    """Copied, deeply copied and pickled, they are the same facts."""
    shape = EnvelopeShape(name="orders", success=(0, "0"))

    assert again(shape) == shape
