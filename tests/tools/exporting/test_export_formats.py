"""The formats: which there are, and what each writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes import ErrcodesUsageError
from pytest_errcodes.catalog import Catalog, parse_catalog
from pytest_errcodes.tools import export_catalog
from pytest_errcodes.tools.exporting import FORMATS

DATA = Path(__file__).parents[2] / "data" / "exporting"
NAMES = ["csv", "json", "markdown", "openapi", "python", "stubs", "toml", "typescript"]


def test_every_format_has_one_row() -> None:
    """The formats stand in the order of their names, each with a word on what it is."""
    assert [one.name for one in FORMATS] == NAMES
    assert all(one.summary and not one.summary.endswith(".") for one in FORMATS)


def test_unknown_format(broker: Catalog) -> None:
    """A name that no format has is answered with the nearest one."""
    with pytest.raises(ErrcodesUsageError) as caught:
        export_catalog(broker, "typscript")
    assert str(caught.value) == (
        f"no format is named 'typscript'; there are {', '.join(NAMES)}\n"
        "hint: did you mean typescript?"
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name != "toml"])
def test_what_is_written(broker: Catalog, name: str) -> None:
    """The whole file, of a catalog that holds whatever the format may trip over."""
    written = (DATA / f"broker.{name}.txt").read_bytes().decode()
    assert export_catalog(broker, name) == written


def test_toml_is_the_catalog_file(broker: Catalog) -> None:
    """What is written as TOML loads as the same catalog."""
    assert parse_catalog(export_catalog(broker, "toml")) == broker
