"""CSV, as other programs read it."""

from __future__ import annotations

import csv
import io

from pytest_errcodes.catalog import Catalog, ErrorCode, Section
from pytest_errcodes.tools import export_catalog


def rows(catalog: Catalog) -> list[dict[str, str]]:
    """Return what Python's own reader makes of an exported file."""
    return list(csv.DictReader(io.StringIO(export_catalog(catalog, "csv"), newline="")))


def test_each_message_to_the_letter(broker: Catalog) -> None:
    """Line breaks, quotes, NUL and what looks like a formula come out as they went in."""
    assert [row["message"] for row in rows(broker)] == [code.message for code in broker.values()]


def test_a_row_holds_all_facts_of_its_code(broker: Catalog) -> None:
    """Section, HTTP status, tags and texts stand in columns of their own."""
    assert rows(broker)[1] == {
        "code": "51009",
        "message": "Order failed: insufficient {currency} balance",
        "section": "orders",
        "section_title": "Orders",
        "section_label": "51xxx",
        "http_status": "409",
        "open_ended": "false",
        "tags": 'retryable, "one, two"',
        "description": "",
        "solution": "",
        "exception": "OrderError",
    }


def test_rows_end_as_the_standard_says(ltp: Catalog) -> None:
    """RFC 4180 ends each row with CR LF, the last one too."""
    lines = export_catalog(ltp, "csv").split("\r\n")
    assert (len(lines), lines[-1]) == (1 + 252 + 1, "")
    assert not any("\n" in line for line in lines)


def test_a_tag_that_looks_like_two(broker: Catalog) -> None:
    """A tag is quoted where a comma, a quote or a space at its end would be misread."""
    tags = ("plain", "a,b", 'say "x"', " edge ", "line\nbreak")
    code = ErrorCode("1", "x", Section("a", "A", ""), tags=tags)
    catalog = Catalog("x", [code], sections=[code.section], shapes=broker.shapes)
    assert rows(catalog)[0]["tags"] == 'plain, "a,b", "say ""x""", " edge ", "line\nbreak"'
