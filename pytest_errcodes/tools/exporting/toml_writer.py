"""TOML: the catalog file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.exporting.export_formats import export_format

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog


@export_format("toml", "the catalog file that load_catalog reads")
def write(catalog: Catalog) -> str:
    """Return the file that ``write_catalog`` writes."""
    from pytest_errcodes.catalog.files.catalog_writing import write_catalog

    return write_catalog(catalog)
