"""What the tests of exported files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes.catalog import Catalog, load_catalog

DATA = Path(__file__).parents[2] / "data" / "exporting"


@pytest.fixture
def ltp() -> Catalog:
    """Return the embedded catalog."""
    return load_catalog("ltp")


@pytest.fixture
def broker() -> Catalog:
    """Return a catalog that was made to be exported: it holds whatever a format may trip over."""
    return load_catalog(DATA / "broker.toml")
