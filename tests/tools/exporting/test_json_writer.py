"""JSON, and the schema that is published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from drawn_catalogs import catalogs
from hypothesis import given

from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "schemas" / "catalog-1.json").read_text("utf-8")
)
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    """It is valid by its own draft, and has the name that each document gives."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:pytest-errcodes:catalog-1"


@given(catalogs())
def test_whatever_is_exported_is_valid(catalog: Catalog) -> None:
    """Each exported document is valid by the published schema, and names it."""
    document = json.loads(export_catalog(catalog, "json"))
    assert document["$schema"] == SCHEMA["$id"]
    CHECK.validate(document)


def test_codes_are_as_the_command_prints_them(ltp: Catalog) -> None:
    """A code of the document is what ``errcodes list --json`` prints of it."""
    document = json.loads(export_catalog(ltp, "json"))
    assert document["codes"] == [code.as_dict() for code in ltp.values()]
    assert [section["id"] for section in document["sections"]][:2] == ["common", "authentication"]


def test_one_code_a_line(ltp: Catalog) -> None:
    """A diff of two documents reads as a diff of the API."""
    lines = export_catalog(ltp, "json").splitlines()
    assert sum(line.startswith('    {"code": ') for line in lines) == 252


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("codes", 0, "code"), 1.5),
        (("codes", 0, "code"), True),
        (("codes", 0, "message"), " "),
        (("codes", 0, "http_status"), 99),
        (("codes", 0, "tags"), ["!no"]),
        (("codes", 0, "colour"), "red"),
        (("sections", 0, "id"), "*"),
        (("envelope", "code_type"), "integers"),
        (("envelope", "stream", "success"), [True]),
        (("$schema",), "urn:other"),
    ],
    ids=str,
)
def test_the_schema_refuses(broker: Catalog, path: tuple[Any, ...], value: object) -> None:
    """What no catalog may hold is not valid by the schema either."""
    document = json.loads(export_catalog(broker, "json"))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not CHECK.is_valid(document)
