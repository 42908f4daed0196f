"""OpenAPI, as a tool reads it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import yaml
from drawn_catalogs import catalogs
from hypothesis import given

from pytest_errcodes.catalog.field_paths import find_field
from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog


def document_of(catalog: Catalog) -> dict[str, Any]:
    """Return an exported document, read as JSON."""
    document: dict[str, Any] = json.loads(export_catalog(catalog, "openapi"))
    return document


def validator(document: dict[str, Any], name: str) -> jsonschema.Draft202012Validator:
    """Return a validator for one of the document's schemas."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return jsonschema.Draft202012Validator(schema)


@given(catalogs())
def test_whatever_is_exported_holds_together(catalog: Catalog) -> None:
    """Keys are allowed ones, references lead somewhere, each example is a valid envelope."""
    text = export_catalog(catalog, "openapi")
    document = json.loads(text)
    assert yaml.safe_load(text) == document
    components = document["components"]
    for kind in components.values():
        assert all(re.fullmatch(r"[A-Za-z0-9._-]+", key) for key in kind)
    referred = re.findall(r'"#/components/examples/(.+?)"', text)
    assert sorted(referred) == sorted(components["examples"])
    names = [name for name in components["schemas"] if name.startswith("ErrorEnvelope")]
    checks = {
        shape.name: validator(document, name)
        for shape, name in zip(catalog.shapes, names, strict=True)
    }
    for code, example in zip(catalog.values(), components["examples"].values(), strict=True):
        shape = next(one for one in catalog.shapes if one.name == (code.shape_name or "default"))
        check = checks[shape.name]
        if len({shape.code, shape.message, shape.data}) == 3:  # one field cannot hold two of them
            check.validate(example["value"])
            message = find_field(example["value"], shape.message)
            assert code.template.match(message) is not None


def test_examples_are_found_by_their_codes(broker: Catalog) -> None:
    """The key is the code; its name where a code cannot be a key."""
    examples = document_of(broker)["components"]["examples"]
    assert list(examples)[-3:] == ["card_declined", "card-expired", "TIMEOUT"]
    assert examples["51009"] == {
        "summary": "Order failed: insufficient {currency} balance",
        "x-exception": "OrderError",
        "value": {"code": "51009", "msg": "Order failed: insufficient 1 balance", "data": None},
    }
    assert examples["51021"]["description"] == "Prices are numbers.\nNo formulas.\n\nSend a number."


def test_a_response_for_each_section_and_http_status(broker: Catalog) -> None:
    """Codes of one section that come under several HTTP statuses stand in several responses."""
    responses = document_of(broker)["components"]["responses"]
    assert {key: response["description"] for key, response in responses.items()} == {
        "orders_400": "Orders (51xxx): HTTP status 400",
        "orders_409": "Orders (51xxx): HTTP status 409",
        "section2_402": "Cards (all): HTTP status 402",
        "section2_400": "Cards (all): HTTP status 400",
    }
    assert responses["orders_409"]["content"]["application/json"] == {
        "schema": {"$ref": "#/components/schemas/ErrorEnvelope"},
        "examples": {"51009": {"$ref": "#/components/examples/51009"}},
    }


def test_codes_have_names_and_descriptions(ltp: Catalog) -> None:
    """What generators read for the members of an enum stands beside the codes, in their order."""
    schema = document_of(ltp)["components"]["schemas"]["ErrorCode"]
    assert schema["type"] == "integer"
    assert schema["enum"] == list(ltp)
    assert schema["x-enum-varnames"][1] == "DAILY_TIME_LIMIT_EXCEEDED"
    assert schema["x-enum-descriptions"] == [code.message for code in ltp.values()]


def test_a_shape_of_its_own_for_the_websocket(ltp: Catalog) -> None:
    """Where a code may be a number or a text, both are valid, and no other."""
    document = document_of(ltp)
    check = validator(document, "ErrorEnvelope_websocket")
    assert check.is_valid({"code": 601009, "msg": "Login failed"})
    assert check.is_valid({"code": "601009", "msg": "Login failed"})
    assert not check.is_valid({"code": "60009", "msg": "Login failed"})
    assert not validator(document, "ErrorEnvelope").is_valid({"code": "601009", "message": "x"})
