"""Catalogs whose envelopes differ."""

from __future__ import annotations

from pytest_errcodes.catalog import load_catalog, parse_catalog

LTP = load_catalog("ltp")
CARDS = parse_catalog(
    """
    name = "cards"
    http_status = 402
    [envelope]
    code = "status"
    message = "reason"
    data = "payload"
    code_type = "string"
    success = ["00000"]
    success_message = "OK"
    placeholders = "format"
    [sections.orders.codes]
    51008 = "Insufficient balance"
    51009 = { message = "Order {0} is blocked", http_status = 409 }
    [sections.payments]
    http_status = 400
    [sections.payments.codes]
    card_declined = "The card was declined"
    """
)
BARE = parse_catalog(
    """
    name = "bare"
    [envelope]
    data = ""
    success = [0]
    [sections.orders.codes]
    51008 = "Insufficient balance"
    """
)
