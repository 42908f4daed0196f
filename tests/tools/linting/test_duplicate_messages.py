"""Messages that more than one code has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.tools import lint

from .conftest import codes

if TYPE_CHECKING:
    from .conftest import Told

APART = "say in each message what sets its code apart"


def test_duplicate_message(told: Told) -> None:
    """Codes with one message are one finding, in the line of the second."""
    text = codes("Not found", "Too late", "Not found", "Not found")
    assert told(text, "duplicate-message", "near-duplicate-message") == [
        f'4: 1, 3 and 4 have one message: "Not found"; {APART}'
    ]


def test_many_codes_with_one_message(told: Told) -> None:
    """Of many codes the first few are named."""
    assert told(codes(*["Not found"] * 2000), "duplicate-message") == [
        f'3: 1, 2, 3, 4 and 1,996 more have one message: "Not found"; {APART}'
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Order not found", "order not found."),
        ("API key not found", "The apiKey Not Found"),
        (
            "Change failed — cancel all orders first",
            "Change failed. Please cancel any order first.",
        ),
        ("Invalid orderId value", "Invalid orderId"),
        ("Open order count exceeds the limit", "The open order num exceeds the limit"),
        ("Cannot cancel the order", "Can not cancel this order"),
        ("Order doesn’t exist", "Order does not exist"),
        ("At most %s orders", "At most %d orders"),
        ("Order not found", "Order not fuond"),
        ("Insufficient balance", "Insufficient balnce"),
        ("Insufficient balnce", "Insufficient balance"),
    ],
)
def test_near_duplicate_message(told: Told, first: str, second: str) -> None:
    """Form, filler words, abbreviations and a slip of the pen set no message apart."""
    text = f'1 = "{first}"\n2 = "{second}"\n'
    assert told(text, "near-duplicate-message") == [
        f'3: 2 says nearly what 1 says: "{second}", "{first}"; {APART}'
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Only available to brokers", "Not available to brokers"),
        ("Fewer than 64 characters", "Fewer than 46 characters"),
        ("Invalid maker fee", "Invalid taker fee"),
        ("Insufficient available balance", "Insufficient available margin"),
        ("Invalid tpPrice", "Invalid slPrice"),
        ("Exceeds the maximum", "Exceeds the minimum"),
        ("Transfer to %s failed", "Transfer to the account failed"),
        ("Too many", "Too may"),
        ("The", "An"),
        ("Version 12345", "Version 123456"),
    ],
)
def test_messages_that_differ(told: Told, first: str, second: str) -> None:
    """Negations, numbers, parameters and words of the trade do."""
    assert told(codes(first, second), "near-duplicate-message", "duplicate-message") == []


WORDS = st.sampled_from(["order", "Orders", "odrer", "price", "is", "not", "the", "%s", "x", "—"])


@given(st.lists(st.lists(WORDS, min_size=1).map(" ".join), min_size=1, max_size=12))
def test_each_message_is_told_of_at_most_once_by_form(messages: list[str]) -> None:
    """Whatever the messages, both codes of a pair are there, and differ in their messages."""
    section = Section("a", "A", "")
    catalog = Catalog(
        "any",
        [ErrorCode(code, message, section) for code, message in enumerate(messages)],
        sections=[section],
        shapes=[EnvelopeShape()],
    )
    for finding in lint(catalog):
        if finding.slug == "near-duplicate-message":
            first, second = finding.codes
            assert first < second  # type: ignore[operator]  # all are integers
            assert catalog[first].message != catalog[second].message
