"""Making a catalog out of what teams have: pages, tables, files of other tools."""

from __future__ import annotations

from pytest_errcodes.tools.importing.catalog_making import import_catalog
from pytest_errcodes.tools.importing.import_options import ImportOptions
from pytest_errcodes.tools.importing.import_outcome import Imported, Remark

__all__ = ["ImportOptions", "Imported", "Remark", "import_catalog"]
