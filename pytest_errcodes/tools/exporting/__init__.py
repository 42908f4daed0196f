"""Writing a catalog in the formats of other tools."""

from __future__ import annotations

from pytest_errcodes.tools.exporting.export_formats import FORMATS, ExportFormat, export_catalog

__all__ = ["FORMATS", "ExportFormat", "export_catalog"]
