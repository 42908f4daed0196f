"""Sections out of headings."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import Catalog, Section, load_catalog
from pytest_errcodes.tools.importing.section_headings import Sections, long_id, short_id


@pytest.fixture
def ltp() -> Catalog:
    """Return the embedded catalog."""
    return load_catalog("ltp")


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Trading (4010xx)", Section("trading", "Trading", "4010xx")),
        ("  Trading\n (4010xx) ", Section("trading", "Trading", "4010xx")),
        ("Errors (beta)", Section("errors", "Errors (beta)", "")),
        ("3.2. Order book", Section("order", "Order book", "")),
        (
            "10xx - General Server or Network issues",
            Section("10xx", "10xx - General Server or Network issues", ""),
        ),
        ("(4010xx)", Section("codes", "codes", "4010xx")),
        ("", Section("codes", "codes", "")),
        ("!*?", Section("codes", "!*?", "")),
        ("错误码 (10xx)", Section("错误码", "错误码", "10xx")),
    ],
)
def test_of_heading(heading: str, section: Section) -> None:
    """A heading gives title and label, and a word as id."""
    assert Sections().of_heading(heading) == section


@pytest.mark.parametrize(
    ("title", "short", "long"),
    [
        ("Portfolio Management", "portfolio", "portfolio-management"),
        ("Strategy / Algo Orders", "algo", "strategy-algo-orders"),
        ("Authentication & API Key", "authentication", "authentication-api-key"),
        ("Orders, Positions", "orders", "orders-positions"),
        ("???", "codes", "codes"),
    ],
)
def test_ids(title: str, short: str, long: str) -> None:
    """The short id is one word of the title, the long one all of them."""
    assert (short_id(title), long_id(title)) == (short, long)


def test_one_heading_is_one_section() -> None:
    """A heading that comes again goes on with its section."""
    sections = Sections()
    assert sections.of_heading("Trading (4010xx)") is sections.of_heading("Trading (4010xx)")


def test_ids_are_unique() -> None:
    """Where the short id is taken, the long one is used, then a number."""
    sections = Sections()
    titles = ["Order entry", "Order book", "Order Book", "Order, book"]
    assert [sections.of_title(title).id for title in titles] == [
        "order",
        "order-book",
        "order-book-2",
        "order-book-3",
    ]


def test_the_base_keeps_its_ids(ltp: Catalog) -> None:
    """A title that the base knows has the base's id, and its label where the document has none."""
    sections = Sections(ltp)
    assert sections.of_heading("FEES") == Section("fees", "FEES", "406xxx")
    assert sections.of_heading("Transfers (9xxx)") == Section("transfers", "Transfers", "9xxx")
    assert sections.of_heading("Trading options").id == "trading-options"


def test_an_id_that_is_given(ltp: Catalog) -> None:
    """An id of the source counts more than any title."""
    assert Sections().of_title("Trading", "4010xx", "t") == Section("t", "Trading", "4010xx")
    assert Sections(ltp).of_title("Charges", "", "fees") == Section("fees", "Charges", "406xxx")
