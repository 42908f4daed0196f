"""Catalogs and their tools, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes import ErrcodesUsageError, load_catalog
from pytest_errcodes.catalog import parse_catalog, write_catalog
from pytest_errcodes.tools import (
    diff,
    explain,
    export_catalog,
    import_catalog,
    lint,
    scan,
)
from pytest_errcodes.tools.exporting import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

BROKER = """\
name = "broker"

[sections.orders]
title = "Orders"
label = "51xx"
[sections.orders.codes]
5101 = "No order"
5102 = "Too many: \\"%s\\""
"""
#: A source of each format that needs no library, with its two codes.
SOURCES = {
    "page.txt": "Orders (51xx)\n5101No order\n5102Too many: %s\n",
    "codes.csv": "code,message\n5101,No order\n5102,Too many: %s\n",
    "codes.json": '{"5101": "No order", "5102": "Too many: %s"}',
    "codes.py": 'NO_ORDER = 5101  # No order\nCODES = {5101: "No order", 5102: "Too many: %s"}\n',
    "openapi.json": (
        '{"openapi": "3.0.0", "components": {"schemas": {"Code": {"enum": [5101, 5102], '
        '"x-enum-descriptions": ["No order", "Too many: %s"]}}}}'
    ),
    "broker.toml": BROKER,
}


def test_a_catalog_is_written_and_read() -> None:
    """Its texts are escaped without a library."""
    broker = parse_catalog(BROKER)
    assert parse_catalog(write_catalog(broker)) == broker


@pytest.mark.parametrize("name", SOURCES)
def test_importing(folder: Path, name: str) -> None:
    """What the standard library reads needs no extra."""
    (folder / name).write_text(SOURCES[name])
    assert list(import_catalog(name).catalog) == [5101, 5102]


@pytest.mark.parametrize("format_", [one.name for one in FORMATS])
def test_exporting(format_: str) -> None:
    """Every format is written without a library."""
    assert "401009" in export_catalog(load_catalog("ltp"), format_)


def test_explaining() -> None:
    """A code, a message and an envelope are explained."""
    ltp = load_catalog("ltp")
    asked = ("401009", "clientOrderId already exists", '{"code": 401009, "message": "x"}')
    assert {explain(ltp, text)[0].code.code for text in asked} == {401009}


def test_linting(folder: Path) -> None:
    """Embedded catalogs and files are judged."""
    (folder / "broker.toml").write_text(BROKER.replace("No order", "No  order"))
    assert lint("ltp")
    assert [finding.slug for finding in lint("broker.toml")] == ["stray-space"]


def test_diffing() -> None:
    """Two catalogs are compared."""
    old = parse_catalog(BROKER)
    (change,) = diff(old, parse_catalog(BROKER.replace("No order", "No such order")))
    assert (change.subject, change.old) == ("5101", "No order")


def test_scanning(folder: Path) -> None:
    """Python is read without a library."""
    (folder / "client.py").write_text('if body["code"] == 401065:\n    raise Gone\n')
    (finding,) = scan(["."], load_catalog("ltp"))
    assert (finding.slug, finding.codes) == ("unknown-code", (401065,))


def test_scanning_python_that_does_not_parse(folder: Path) -> None:
    """It is read by its tokens, which takes a library, and is not passed over."""
    (folder / "client.py").write_text("def f(:")
    with pytest.raises(ErrcodesUsageError, match=r"^reading client\.py needs pygments\n"):
        scan(["client.py"], load_catalog("ltp"))
