"""Importing short texts, for the tests of the readers."""

from __future__ import annotations

from typing import Any

from pytest_errcodes.catalog import (
    Catalog,
    Imported,
    ImportOptions,
    import_catalog,
    parse_catalog,
    write_catalog,
)
from pytest_errcodes.catalog.importing.source import Source


def imported(name: str, text: str, **options: Any) -> Imported:
    """Return what comes of a text as a file of a name; its catalog loads again as itself."""
    found = import_catalog(Source(name, text), ImportOptions(**options))
    assert parse_catalog(write_catalog(found.catalog)) == found.catalog
    return found


def catalog(name: str, text: str, **options: Any) -> Catalog:
    """Return the catalog of a text."""
    return imported(name, text, **options).catalog


def messages(name: str, text: str, **options: Any) -> dict[Any, str]:
    """Return the messages of a text by their codes."""
    found = catalog(name, text, **options)
    return {code: error_code.message for code, error_code in found.items()}


def sections(name: str, text: str, **options: Any) -> dict[str, list[Any]]:
    """Return the codes of a text by the titles of their sections, labels included."""
    found: dict[str, list[Any]] = {}
    for error_code in catalog(name, text, **options).values():
        section = error_code.section
        title = f"{section.title} ({section.label})" if section.label else section.title
        found.setdefault(title, []).append(error_code.code)
    return found


def remarks(name: str, text: str, **options: Any) -> list[str]:
    """Return what is remarked on a text, line by line."""
    return [remark.as_text(name) for remark in imported(name, text, **options).remarks]
