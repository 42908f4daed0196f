"""Making a catalog out of what teams have: pages, tables, files of other tools."""

from __future__ import annotations

from pytest_errcodes.catalog.importing.imported import Imported, Remark
from pytest_errcodes.catalog.importing.making import import_catalog
from pytest_errcodes.catalog.importing.options import ImportOptions

__all__ = ["ImportOptions", "Imported", "Remark", "import_catalog"]
