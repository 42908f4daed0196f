"""Importing short texts, for the tests of the readers."""

from __future__ import annotations

from typing import Any

from pytest_errcodes.catalog import Catalog, parse_catalog, write_catalog
from pytest_errcodes.tools import Imported, ImportOptions, import_catalog
from pytest_errcodes.tools.importing.import_source import Source


def imported(file: str, text: str, **options: Any) -> Imported:
    """Return what comes of a text as a file of a name; its catalog loads again as itself."""
    found = import_catalog(Source(file, text), ImportOptions(**options))
    assert parse_catalog(write_catalog(found.catalog)) == found.catalog
    return found


def catalog(file: str, text: str, **options: Any) -> Catalog:
    """Return the catalog of a text."""
    return imported(file, text, **options).catalog


def messages(file: str, text: str, **options: Any) -> dict[Any, str]:
    """Return the messages of a text by their codes."""
    found = catalog(file, text, **options)
    return {code: error_code.message for code, error_code in found.items()}


def sections(file: str, text: str, **options: Any) -> dict[str, list[Any]]:
    """Return the codes of a text by the titles of their sections, labels included."""
    found: dict[str, list[Any]] = {}
    for error_code in catalog(file, text, **options).values():
        section = error_code.section
        title = f"{section.title} ({section.label})" if section.label else section.title
        found.setdefault(title, []).append(error_code.code)
    return found


def remarks(file: str, text: str, **options: Any) -> list[str]:
    """Return what is remarked on a text, line by line."""
    return [remark.as_text(file) for remark in imported(file, text, **options).remarks]
