"""The documented codes of an API: model, message templates, selectors and catalog files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.diffing import Change, diff
    from pytest_errcodes.catalog.explaining import Explanation, explain
    from pytest_errcodes.catalog.exporting import ExportFormat, export_catalog
    from pytest_errcodes.catalog.findings import Finding, Place, Rule
    from pytest_errcodes.catalog.importing import (
        Imported,
        ImportOptions,
        Remark,
        import_catalog,
    )
    from pytest_errcodes.catalog.linting import LINT_RULES, lint
    from pytest_errcodes.catalog.loading import load_catalog, parse_catalog
    from pytest_errcodes.catalog.model import Code, EnvelopeShape, ErrorCode, Section
    from pytest_errcodes.catalog.problems import CatalogError, CatalogProblem
    from pytest_errcodes.catalog.scanning.rules import SCAN_RULES
    from pytest_errcodes.catalog.scanning.scan import scan
    from pytest_errcodes.catalog.template import MessageTemplate
    from pytest_errcodes.catalog.unknown import UnknownCodeError
    from pytest_errcodes.catalog.writing import write_catalog

__all__ = [
    "LINT_RULES",
    "SCAN_RULES",
    "Catalog",
    "CatalogError",
    "CatalogProblem",
    "Change",
    "Code",
    "EnvelopeShape",
    "ErrorCode",
    "Explanation",
    "ExportFormat",
    "Finding",
    "ImportOptions",
    "Imported",
    "MessageTemplate",
    "Place",
    "Remark",
    "Rule",
    "Section",
    "UnknownCodeError",
    "diff",
    "explain",
    "export_catalog",
    "import_catalog",
    "lint",
    "load_catalog",
    "parse_catalog",
    "scan",
    "write_catalog",
]

_HOMES = {
    "LINT_RULES": "linting",
    "SCAN_RULES": "scanning.rules",
    "Catalog": "catalog",
    "CatalogError": "problems",
    "CatalogProblem": "problems",
    "Change": "diffing",
    "Code": "model",
    "EnvelopeShape": "model",
    "ErrorCode": "model",
    "ExportFormat": "exporting",
    "Explanation": "explaining",
    "Finding": "findings",
    "ImportOptions": "importing",
    "Imported": "importing",
    "MessageTemplate": "template",
    "Place": "findings",
    "Remark": "importing",
    "Rule": "findings",
    "Section": "model",
    "UnknownCodeError": "unknown",
    "diff": "diffing",
    "export_catalog": "exporting",
    "explain": "explaining",
    "import_catalog": "importing",
    "lint": "linting",
    "load_catalog": "loading",
    "parse_catalog": "loading",
    "scan": "scanning.scan",
    "write_catalog": "writing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
