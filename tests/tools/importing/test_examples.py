"""An example of each format, made for the purpose: its catalog, and all that is remarked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes.catalog import load_catalog, parse_catalog, write_catalog
from pytest_errcodes.tools import import_catalog
from pytest_errcodes.tools.importing.import_source import Source, read_source
from pytest_errcodes.tools.importing.source_formats import FORMATS, format_of

DATA = Path(__file__).parents[2] / "data" / "importing"
#: Beside each example stand NAME.toml, the catalog, and NAME.remarks.
EXAMPLES = sorted(path.stem for path in DATA.glob("*.toml"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_catalog(name: str) -> None:
    """Codes, messages, sections and envelope are those that the file beside the example holds."""
    imported = import_catalog(DATA / name).catalog
    expected = load_catalog(DATA / f"{name}.toml")
    assert list(imported.values()) == list(expected.values())
    assert imported == expected
    assert parse_catalog(write_catalog(imported)) == imported


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_remarks(name: str) -> None:
    """What is left out or decided is told line by line."""
    remarks = [remark.as_text(name) for remark in import_catalog(DATA / name).remarks]
    assert remarks == (DATA / f"{name}.remarks").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_format_is_told_by_what_is_in_it(name: str) -> None:
    """Without the name of the file, as on standard input, the same is read."""
    source = read_source(DATA / name)
    unnamed = Source("-", source.text)
    assert format_of(unnamed) == format_of(source)
    assert list(import_catalog(unnamed).catalog.values()) == list(
        import_catalog(source).catalog.values()
    )


def test_each_format_has_an_example() -> None:
    """Of all formats, OpenAPI alone is told only by what its JSON or YAML holds."""
    formats = {format_of(read_source(DATA / name)).name for name in EXAMPLES}
    assert formats == {one.name for one in FORMATS} - {"openapi"}
    assert "exchange.yaml" in EXAMPLES
