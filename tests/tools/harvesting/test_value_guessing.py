"""Which words of a message that was seen once are taken for values."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools.harvesting.drafted_codes import write_template
from pytest_errcodes.tools.harvesting.message_folding import (
    find_perhaps_values,
    guess_placeholders,
    split_tokens,
)


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Order 8412907 not found", "Order %s not found"),
        ("No such customer: cus_9s6XKzkNRiz8i3", "No such customer: %s"),
        ("Trace 2f1c9a04-77d2-4c11-9a61-5b7e1f0d2c3a", "Trace %s"),
        ("Locked until 2026-01-02T03:04:05Z", "Locked until %s"),
        ("Mail to ann.lee@example.com was refused", "Mail to %s was refused"),
        ("IP 203.0.113.9 is not allowed", "IP %s is not allowed"),
        ("Invalid key <secret>", "Invalid key %s"),
        ("Must be fewer than 64 characters", "Must be fewer than 64 characters"),
        ("Use /api/v1/broker/feeRate for brokers", "Use /api/v1/broker/feeRate for brokers"),
        ("Error 401009: no order", "Error 401009: no order"),
        ("oauth2 needs clientOrderId", "oauth2 needs clientOrderId"),
    ],
)
def test_what_looks_like_a_value_becomes_a_placeholder(text: str, template: str) -> None:
    """Identifiers, times, addresses and secrets are values; small numbers and names may be none."""
    tokens = guess_placeholders(split_tokens(text), (), "401009")
    assert write_template(tokens, "printf") == template


def test_what_the_client_sent_is_a_value() -> None:
    """A word of the request's URL is a value, whatever it looks like."""
    tokens = guess_placeholders(split_tokens("No symbol DOGE here"), ["DOGE"], "1")
    assert write_template(tokens, "printf") == "No symbol %s here"


def test_what_may_be_a_value_is_told() -> None:
    """Small numbers and quoted words stay, and are named."""
    tokens = split_tokens("At most 5 orders for 'symbol', code 7")
    assert find_perhaps_values(tokens, "7") == ["5", "symbol"]
