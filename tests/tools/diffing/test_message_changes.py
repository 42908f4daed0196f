"""How a message changed: its parameters, its substance, its wording."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import ErrorCode, Section
from pytest_errcodes.tools.diffing.message_changes import message_difference, text_difference

SECTION = Section("a", "A", "")


def code(message: str, style: str = "printf", open_ended: bool = False) -> ErrorCode:
    """Return a code with a message."""
    return ErrorCode(1, message, SECTION, style=style, open_ended=open_ended)  # type: ignore[arg-type]  # one of the styles


def difference(old: ErrorCode, new: ErrorCode) -> str | None:
    """Return ``kind: summary``, or None."""
    found = message_difference(old, new)
    return found and f"{found.kind}: {found.summary}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("At %s", "At %s %s", "takes 2 parameters, formerly 1"),
        ("At %s", "At that price", "takes 0 parameters, formerly 1"),
        ("Price", "Price %d", "takes 1 parameter, formerly 0"),
        ("{0} of {1}", "{1} of {0}", "has its parameters in another order"),
        ("{} of {}", "{1} of {0}", "has its parameters in another order"),
        ("{price} of {size}", "{size} of {price}", "has its parameters in another order"),
    ],
)
def test_parameters(old: str, new: str, expected: str):
    """Another number or order of parameters is breaking, whatever else changed."""
    style = "format" if "{" in old else "printf"
    assert difference(code(old, style), code(new, style)) == f"breaking: {expected}"


def test_open_ended():
    """A text that may follow is a parameter; after a placeholder it changes nothing."""
    closed, opened = code("Expected:"), code("Expected:", open_ended=True)
    assert difference(closed, opened) == "breaking: may go on with any text now"
    assert difference(opened, closed) == "breaking: no longer goes on with any text"
    assert difference(opened, code("Expected: %s")) == (
        "breaking: takes 1 parameter, formerly 0 to 1"
    )
    closed, opened = code("Expected: %s"), code("Expected: %s", open_ended=True)
    assert difference(closed, opened) == "wording: is marked as open-ended"
    assert difference(opened, closed) == "wording: is no longer marked as open-ended"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Invalid symbol", "Unknown symbol"),
        ("Order exists", "Order exists already"),
        ("At most 10", "At most 100"),
        ("At most 1.5", "At most 15"),
        ("At least -1", "At least 1"),
        ("4-10", "410"),
        ("price > 0", "price < 0"),
        ("price != 0", "price = 0"),
        ("at most 5%%", "at most 5"),
        ("%s is less than %s", "%s than %s is less"),
        ("naïve", "naive"),
    ],
)
def test_meaning(old: str, new: str):
    """Other words, numbers and symbols say something else."""
    assert difference(code(old), code(new)) == "meaning: says something else"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("clientOrderId exists", "ClientOrderID exists"),
        ("Invalid parameter — see the API", "Invalid parameter - see the API"),
        ("Try again", "Try again."),
        ("Order 'a' ", 'Order "a"'),
        ("Order `a`", "Order ‘a’"),
        ("time limit", "time-limit"),
        ("log in", "login"),
        ("4-10", "4–10"),
        ("below –1", "below -1"),
        ("ＡＢＣ", "abc"),
        ("%s:%s", "%s : %s"),
        ("%.1f USD", "%.2f USD"),
    ],
)
def test_wording(old: str, new: str):
    """Case, punctuation, dashes, quotes, spacing and widths are wording."""
    assert difference(code(old), code(new)) == "wording: is written differently"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{minimum} USD", "{maximum} USD", "meaning: says something else"),
        ("{orderId} USD", "{order_id} USD", "wording: is written differently"),
        ("{0} USD", "{price} USD", "wording: is written differently"),
        ("{0:.2f} USD", "{0} USD", "wording: is written differently"),
        ("{0} USD", "{0} USD", None),
    ],
)
def test_named_parameters(old: str, new: str, expected: str | None):
    """The name of a parameter says something, its number does not."""
    assert difference(code(old, "format"), code(new, "format")) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("%s", "%d", "takes an integer for %d, not any text"),
        ("%d", "%.2f", "takes a number for %.2f, not an integer"),
        ("%i", "%s", "takes any text for %s, not an integer"),
    ],
)
def test_another_kind_of_value(old: str, new: str, expected: str):
    """A parameter that is another kind of value means something else."""
    assert difference(code(f"At {old}"), code(f"At {new}")) == f"meaning: {expected}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (code("At %s"), code("At {0}", "format"), None),
        (code("At %s"), code("At <price>", "angle"), None),
        (code("5%% of %s"), code("5% of ${price}", "dollar"), None),
        (code("At %s"), code("at ${price}", "dollar"), "wording: is written differently"),
        (code("%s"), code("%s", "none"), "breaking: takes 0 parameters, formerly 1"),
    ],
)
def test_another_style_of_placeholders(old: ErrorCode, new: ErrorCode, expected: str | None):
    """Placeholders in another style are no change of the message; the envelope tells of it."""
    assert difference(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "Wait", "addition: has a solution now"),
        ("Wait", "", "wording: has no solution any more"),
        ("Wait", "Wait!", "wording: has its solution written differently"),
        ("Wait", "Do not wait", "meaning: has a solution that says something else"),
    ],
)
def test_texts_beside_the_message(old: str, new: str, expected: str):
    """They may come and go; else they say something else, or are written differently."""
    found = text_difference(old, new, "solution", "solution")
    assert found is not None
    assert f"{found.kind}: {found.summary}" == expected
    assert text_difference(new, new, "solution", "solution") is None
