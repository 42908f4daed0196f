"""What is exported and imported again is the same catalog, whatever its texts hold."""

from __future__ import annotations

from hypothesis import given, settings

from pytest_errcodes.catalog import Catalog, export_catalog, parse_catalog
from pytest_errcodes.catalog.importing.exported import read_export
from tests.catalog.catalogs import catalogs
