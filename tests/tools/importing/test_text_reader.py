"""Plain text, run together or not."""

from __future__ import annotations

import pytest
from sources import catalog, messages

from pytest_errcodes.tools.importing.import_source import Source
from pytest_errcodes.tools.importing.text_reader import read


def tables(text: str) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """Return the headings of a text, each with line, code and message of its rows."""
    document = read(Source("codes.txt", text))
    return [
        (table.heading, [(row.line, *row.cells) for row in table.rows])  # type: ignore[misc]  # two cells each
        for table in document.tables
    ]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("401009clientOrderId already exists", "401009", "clientOrderId already exists"),
        ("401009 clientOrderId", "401009", "clientOrderId"),
        ("  401009\tclientOrderId  ", "401009", "clientOrderId"),
        ("401009: clientOrderId", "401009", "clientOrderId"),
        ("401009 | clientOrderId", "401009", "clientOrderId"),
        ("401009 — clientOrderId", "401009", "clientOrderId"),
        ("401009, clientOrderId", "401009", "clientOrderId"),
        ("-1121 Invalid symbol.", "-1121", "Invalid symbol."),
        ("00099 Unknown", "00099", "Unknown"),
        ("404—not found", "404", "—not found"),
        ("card_declined: The card was declined", "card_declined", "The card was declined"),
        ("E-1001\tUnknown", "E-1001", "Unknown"),
    ],
)
def test_a_line(line: str, code: str, message: str) -> None:
    """A line begins with its code; what stands between code and message is no part of either."""
    assert tables(line) == [("", [(1, code, message)])]


def test_headings_and_headers() -> None:
    """The line above a run of codes is its heading; a header of columns is none."""
    text = (
        "Error Codes\n\nCommon (40xx)\n\nCodeMessage\n4001one\n4002two\n\n"
        "Fees\nCode  Message\n4003three\n"
    )
    assert tables(text) == [
        ("Common (40xx)", [(6, "4001", "one"), (7, "4002", "two")]),
        ("Fees", [(11, "4003", "three")]),
    ]


def test_a_message_over_several_lines() -> None:
    """A line right below a message goes on with it; a heading or a line further down does not."""
    text = "4001 The order\n  is gone\n4002 two\nFees (41xx)\n4101 three\n\nThe end\n"
    assert tables(text) == [
        ("", [(1, "4001", "The order\nis gone"), (3, "4002", "two")]),
        ("Fees (41xx)", [(5, "4101", "three")]),
    ]


def test_a_message_that_begins_with_a_digit() -> None:
    """Run together with its code, it is parted as the heading's label says."""
    text = "Trading (4010xx)\n401001one\n401002two\n4010033rd party\n4010044 tries left\n"
    assert tables(text)[0][1][2:] == [(4, "401003", "3rd party"), (5, "401004", "4 tries left")]


def test_a_longer_code_stays_whole() -> None:
    """Without a label, or set apart from its message, a longer code is what it looks like."""
    assert tables("401001one\n401002two\n4010033rd\n")[0][1][2] == (3, "4010033", "rd")
    text = "Trading (4010xx)\n401001one\n401002two\n4010033: third\n"
    assert tables(text)[0][1][2] == (4, "4010033", "third")
    text = "Trading (4010xx)\n401001 one\n401002 two\n4010033 third\n"
    assert tables(text)[0][1][2] == (4, "4010033", "third")


@pytest.mark.parametrize(
    "text",
    [
        "Code\tMessage\tHTTP status\n1001\tGone\t404\n1002\tBusy\t429\n",
        "Name\tHTTP status\tError code\tMessage\nGONE\t404\t1001\tGone\nBUSY\t429\t1002\tBusy\n",
        "CodeMessageHTTP Status\n1001Gone404\n1002Busy429\n",
        "CodeMessageStatus Code\n1001Gone404\n1002Busy429\n",
    ],
)
def test_more_columns(text: str) -> None:
    """Tabs, or the header of a text that is run together, tell the message from an HTTP status."""
    codes = catalog("a.txt", f"Orders (10xx)\n\n{text}\nThe end\n").values()
    assert [(code.section.title, code.code, code.message, code.http_status) for code in codes] == [
        ("Orders", 1001, "Gone", 404),
        ("Orders", 1002, "Busy", 429),
    ]


def test_a_header_with_the_code_behind() -> None:
    """Tabs tell the columns, whichever comes first."""
    assert messages("a.txt", "Message\tCode\nGone\t1001\nBusy\t1002\n") == {
        1001: "Gone",
        1002: "Busy",
    }


def test_a_message_that_ends_with_a_number() -> None:
    """It stays whole where not all do, or the header names no HTTP status."""
    rows = "1001At most 100\n1002Busy"
    for header in ("CodeMessage", "CodeMessageHTTP Status"):
        assert messages("a.txt", f"{header}\n{rows}\n")[1001] == "At most 100"


def test_prose() -> None:
    """What belongs to no table is kept apart, with its lines."""
    document = read(
        Source("codes.txt", "All answers\n\nhave a code.\nCommon\n4001 one\n\nThe end\n")
    )
    assert [(part.line, part.last, part.text) for part in document.prose] == [
        (1, 3, "All answers\nhave a code."),
        (7, 7, "The end"),
    ]


def test_a_text_without_codes() -> None:
    """It has no table."""
    assert tables("Nothing to see here.\n4001\n") == []
