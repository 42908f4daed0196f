"""The published document, imported: it is the embedded catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes.catalog import Catalog, load_catalog, parse_catalog, write_catalog
from pytest_errcodes.tools import ImportOptions, import_catalog

DOCUMENT = Path(__file__).parents[2] / "data" / "importing" / "ltp.txt"


@pytest.fixture
def ltp() -> Catalog:
    """Return the embedded catalog."""
    return load_catalog("ltp")


def test_what_the_document_says_is_what_the_catalog_says(ltp: Catalog) -> None:
    """Codes in order, sections and the envelope are made of the document alone."""
    imported = import_catalog(DOCUMENT).catalog
    assert list(imported.values()) == list(ltp.values())
    assert (imported.sections, imported.shape) == (ltp.sections, ltp.shape)
    assert imported.name == "ltp"


def test_a_base_says_what_the_document_does_not(ltp: Catalog) -> None:
    """With its title and the shape of the WebSocket, it is the embedded catalog."""
    imported = import_catalog(DOCUMENT, ImportOptions(base=ltp)).catalog
    assert imported == ltp
    assert parse_catalog(write_catalog(imported)) == ltp


def test_it_remarks_on_all_that_is_not_plain() -> None:
    """The text around the tables, the messages with placeholders and the open-ended one."""
    remarks = import_catalog(DOCUMENT).remarks
    assert [(remark.line, remark.what) for remark in remarks] == [
        (1, "lines 1 to 16 outside of any table, but for the success codes 200, 200000"),
        (124, "holds placeholders: %s, %s, %s, %s, %s"),
        (167, "holds a placeholder: %s"),
        (177, "holds a placeholder: %s"),
        (221, "holds a placeholder: %s"),
        (228, "holds a placeholder: %s"),
        (229, "holds a placeholder: %s"),
        (288, "ends with a colon, so it is open-ended"),
    ]
    assert [remark.line for remark in remarks if remark.left_out] == [1]
