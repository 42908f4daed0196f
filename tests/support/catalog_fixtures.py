"""Catalogs that the tests of catalog, tools and texts share, as fixtures."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import Catalog, load_catalog, parse_catalog


@pytest.fixture
def ltp() -> Catalog:
    """Return the embedded catalog."""
    return load_catalog("ltp")


@pytest.fixture
def cards() -> Catalog:
    """Return a catalog whose codes are texts, some of which look like numbers."""
    return parse_catalog(
        """
        name = "cards"
        http_status = 402
        [envelope]
        code_type = "string"
        success = ["00000"]
        success_message = "OK"
        placeholders = "format"
        [sections.orders]
        title = "Orders"
        label = "51xxx"
        [sections.orders.codes]
        51008 = "Insufficient balance"
        51009 = { message = "Order {0} is blocked", tags = ["blocked", "final"], http_status = 409 }
        00099 = "Unknown order"
        [sections.payments]
        http_status = 400
        [sections.payments.codes]
        card_declined = { message = "The card was declined", tags = ["final"] }
        card-expired = "The card has expired"
        10-20 = "Not a range, but a code"
        """
    )


@pytest.fixture
def negative() -> Catalog:
    """Return a catalog whose codes are negative integers."""
    return parse_catalog(
        """
        name = "negative"
        [envelope]
        message = "msg"
        success = [0]
        [sections.requests]
        title = "Requests"
        label = "-11xx"
        [sections.requests.codes]
        -1121 = "Invalid symbol."
        -1100 = "Illegal characters found in parameter '%s'"
        [sections.orders.codes]
        -2010 = "New order rejected"
        """
    )
