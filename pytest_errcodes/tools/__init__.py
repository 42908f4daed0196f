"""Tools around the catalog: import, export, lint, diff, scan, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.tools.diffing import Change, diff
    from pytest_errcodes.tools.explaining import Explanation, explain
    from pytest_errcodes.tools.exporting import ExportFormat, export_catalog
    from pytest_errcodes.tools.findings import Finding, Place, Rule
    from pytest_errcodes.tools.importing import Imported, ImportOptions, Remark, import_catalog
    from pytest_errcodes.tools.linting import LINT_RULES, lint
    from pytest_errcodes.tools.scanning.scan import SCAN_RULES, scan

__all__ = [
    "LINT_RULES",
    "SCAN_RULES",
    "Change",
    "Explanation",
    "ExportFormat",
    "Finding",
    "ImportOptions",
    "Imported",
    "Place",
    "Remark",
    "Rule",
    "diff",
    "explain",
    "export_catalog",
    "import_catalog",
    "lint",
    "scan",
]

_HOMES = {
    "LINT_RULES": "linting",
    "SCAN_RULES": "scanning.scan",
    "Change": "diffing",
    "Explanation": "explaining",
    "ExportFormat": "exporting",
    "Finding": "findings",
    "ImportOptions": "importing",
    "Imported": "importing",
    "Place": "findings",
    "Remark": "importing",
    "Rule": "findings",
    "diff": "diffing",
    "explain": "explaining",
    "export_catalog": "exporting",
    "import_catalog": "importing",
    "lint": "linting",
    "scan": "scanning.scan",
}


def __getattr__(name: str) -> object:
    from pytest_errcodes._lazy import import_late

    return import_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__
