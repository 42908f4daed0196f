"""What changes from run to run is told by keys, numbers and patterns."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from pytest_errcodes.snapshot.volatile_values import (
    VOLATILE,
    classify_key,
    classify_match,
    classify_number,
    identify,
)

UUID_TEXT = "0f5c9e0a-5d5c-4d8e-9a2b-6a1f6d0c7b11"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        *(("orderId", "id"), ("client_order_ids", "id"), ("orderid", "id"), ("tradeIDs", "id")),
        *(("createTime", "timestamp"), ("updated_at", "timestamp"), ("ts", "timestamp")),
        *(("nonce", "nonce"), ("paid", None), ("price", None), ("", None)),
    ],
)
def test_keys(key, kind):
    """The last word of a key tells, and what it is joined to where nothing parts them."""
    assert classify_key(key) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *((1_700_000_000, "timestamp"), (1_700_000_000.5, "timestamp")),
        *((1_700_000_000_000, "timestamp"), (1_700_000_000_000_000, "timestamp")),
        *((10**15, "id"), (-(10**17), "id"), (10**15 - 1, None), (1e17, None), (20, None)),
    ],
)
def test_numbers(number, kind):
    """Points in time fall between 2014 and 2039, in any unit; ids have 16 digits or more."""
    assert classify_number(number) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((UUID_TEXT, "uuid"), ("2026-01-02T03:04:05Z", "timestamp"), ("1700000000", "timestamp")),
        *(("1700000000.25", "timestamp"), ("5000000000000000", "id"), ("5000000000", None)),
        *(("0123456789abcdef01234567", "id"), ("5000000000000000.5", None)),
    ],
)
def test_patterns(text, kind):
    """A whole text is of a kind by its form alone."""
    found = VOLATILE.fullmatch(text)
    assert found
    assert classify_match(found) == kind


def test_identity():
    """Equal numbers, UUIDs and hexadecimal digits are the same, however they are written."""
    assert identify("123") == identify(123) == identify(Decimal(123))
    assert identify(UUID(UUID_TEXT)) == identify(UUID_TEXT.upper())
    assert identify("007") != identify("7")
