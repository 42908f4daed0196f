"""What the tests of comparing catalogs share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_errcodes.catalog import Catalog, parse_catalog
from pytest_errcodes.tools import diff

#: Returns ``kind subject summary`` of each change between two catalogs.
Told = Callable[[str | Catalog, str | Catalog], list[str]]


def told_changes(old: str | Catalog, new: str | Catalog) -> list[str]:
    """Return each change as text; what is no catalog yet is a file, or its codes one a line."""
    return [str(change) for change in diff(as_catalog(old), as_catalog(new))]


def as_catalog(source: str | Catalog) -> Catalog:
    """Return a catalog; a text without sections holds the codes of one section ``a``."""
    if isinstance(source, Catalog):
        return source
    return parse_catalog(source if "[sections." in source else f"[sections.a.codes]\n{source}")


@pytest.fixture
def told() -> Told:
    """Return a function that compares two catalogs: see ``told_changes``."""
    return told_changes
