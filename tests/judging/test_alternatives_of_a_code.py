"""A code with several messages: any of them fits, and a failure names the nearest."""

from __future__ import annotations

import pytest

from pytest_errcodes import assert_code
from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.errors import ErrcodesUsageError

CATALOG = parse_catalog(
    """
    name = "mine"
    [sections.orders.codes]
    7 = ["Order not found", "No order %s", "No order %s of %s", "At most %d orders"]
    8 = "No order %s"
    """
)

pytestmark = pytest.mark.usefixtures("context")


def judge(message, *params):
    """Return the text of the failure; None for none."""
    try:
        assert_code({"code": 7, "message": message}, 7, *params, catalog=CATALOG)
    except AssertionError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("message", "params"),
    [
        ("Order not found", ()),
        ("No order a", ()),
        ("No order a", ("a",)),
        ("No order a of b", ("a", "b")),
        ("No order a of b", ("a of b",)),
        ("At most 3 orders", (3,)),
        ("At most 3 orders", ("3",)),
    ],
)
def test_any_fits(message, params):
    """Each documented message is right, with its own parameters."""
    assert judge(message, *params) is None


@pytest.mark.parametrize(
    ("message", "params"),
    [
        ("Order not found", ("a",)),
        ("No order a", ("b",)),
        ("No order a of b", ("a", "c")),
        ("At most 3 orders", (4,)),
        ("At most x orders", ()),
        ("Gone", ()),
    ],
)
def test_what_fits_none(message, params):
    """Parameters of one message are not those of another, and what is not documented fails."""
    assert judge(message, *params) is not None


def test_the_nearest_is_named():
    """The failure shows the message that fits farthest."""
    assert judge("At most x orders").splitlines()[:3] == [
        "expected the documented message of 7, came another",
        "  expected  7  At most %d orders",
        "  came      7  At most x orders",
    ]


def test_parameters_that_none_takes():
    """A wrong number of parameters names what each message takes."""
    with pytest.raises(ErrcodesUsageError) as caught:
        judge("No order a", 1, 2, 3)
    assert caught.value.message == (
        "none of the 4 messages of 7 takes 3 parameters: 'Order not found' takes none; "
        "'No order %s' takes 1; 'No order %s of %s' takes 2; 'At most %d orders' takes 1"
    )


def test_matching():
    """A text is found under each code that it fits, once, with the place of the message."""
    found = CATALOG.match_message("No order a of b")
    assert [(code.code, params) for code, params in found] == [(7, ("a of b",)), (8, ("a of b",))]
    assert CATALOG[7].match("At most 3 orders") == (3, ("3",))
    assert CATALOG[7].match("Gone") is None
    assert [code.code for code in CATALOG.search("at most")] == [7]
