"""What is exported and imported again is the same catalog, whatever its texts hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from drawn_catalogs import catalogs
from hypothesis import given

from pytest_errcodes.catalog import Catalog, load_catalog, parse_catalog
from pytest_errcodes.tools import ImportOptions, export_catalog, import_catalog

ENDINGS = {"csv": "csv", "json": "json", "markdown": "md", "toml": "toml"}


def imported(catalog: Catalog, format_: str, base: Catalog | None = None) -> Catalog:
    """Return what comes of a catalog that is exported to a file, and imported from there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"exported.{ENDINGS[format_]}")
        path.write_bytes(export_catalog(catalog, format_).encode())
        return import_catalog(path, ImportOptions(base=base)).catalog


@pytest.mark.parametrize("format_", ["json", "markdown", "toml"])
def test_formats_that_hold_all_of_a_catalog(format_: str) -> None:
    """JSON, Markdown and TOML bring back an equal catalog."""

    @given(catalogs())
    def comes_back(catalog: Catalog) -> None:
        assert imported(catalog, format_) == catalog

    comes_back()


@given(catalogs())
def test_csv_with_its_base(catalog: Catalog) -> None:
    """CSV does so where another catalog says what all codes have in common."""
    base = Catalog(
        catalog.name,
        (),
        sections=(),
        shapes=catalog.shapes,
        title=catalog.title,
        http_status=catalog.http_status,
    )
    assert imported(catalog, "csv", base) == catalog


@pytest.mark.parametrize("format_", ENDINGS)
def test_the_embedded_catalog(format_: str) -> None:
    """So do they with the 252 codes."""
    ltp = load_catalog("ltp")
    assert imported(ltp, format_, ltp) == ltp


def test_what_lint_is_not_to_tell_comes_with_the_base() -> None:
    """No table says it, so what is imported anew keeps what its base says."""
    base = parse_catalog('[lint]\nignore = ["gap"]\n[sections.a.codes]\n1 = "one"\n')
    assert imported(base, "csv", base).lint_ignore == ("gap",)
