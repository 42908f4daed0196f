"""Writing a catalog in the formats of other tools."""

from __future__ import annotations

from pytest_errcodes.tools.exporting.export import FORMATS, export_catalog
from pytest_errcodes.tools.exporting.export_formats import ExportFormat

__all__ = ["FORMATS", "ExportFormat", "export_catalog"]
