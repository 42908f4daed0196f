"""Shapes with paths and success rules in what is exported, and back again."""

from __future__ import annotations

import json
import types

import pytest

from pytest_errcodes.catalog import Catalog, parse_catalog, write_catalog
from pytest_errcodes.tools.exporting import openapi_writer, python_writer

NESTED = """
http_status = 400
[envelope]
code = "error.code"
message = ["error.message", "error.text"]
success = "absent"
fields = { version = "1" }
echo = { id = "id" }
[envelope.told]
code = "errors.0.code"
message = "errors.0.text"
data = "*"
success = [0]
success_field = "ok"
success_value = 1
error_value = 0
items = "rows"
item_shape = "row"
[envelope.row]
code = "rowCode"
[sections.a]
shape = "told"
[sections.a.codes]
7 = "Seven"
[sections.b.codes]
8 = ["Eight", "Also eight"]
"""


def nested() -> Catalog:
    return parse_catalog(NESTED)


def test_written_catalog() -> None:
    """A catalog file holds all that a shape says."""
    assert (
        parse_catalog(write_catalog(nested()), "again.toml")._content()[1:]
        == (nested()._content()[1:])
    )


def test_openapi_nests_as_the_envelope_does() -> None:
    """The example and the schema of an error follow the paths of its fields."""
    document = json.loads(openapi_writer.write(nested()))["components"]

    assert document["examples"]["8"]["value"] == {
        "error": {"code": 8, "message": "Eight"},
        "version": "1",
    }
    schema = document["schemas"]["ErrorEnvelope"]
    assert schema["required"] == ["error", "version"]
    assert schema["properties"]["error"]["required"] == ["code", "message"]
    assert schema["properties"]["version"] == {"const": "1"}


def test_openapi_takes_the_shape_of_a_section() -> None:
    """The example of a code, and the schema of its response, are of its section's shape."""
    components = json.loads(openapi_writer.write(nested()))["components"]
    errors = [{"code": 7, "text": "Seven"}]
    assert components["examples"]["7"]["value"] == {"errors": errors, "version": "1", "ok": 0}
    schemas = {
        name: one["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for name, one in components["responses"].items()
    }
    assert schemas == {"a": "ErrorEnvelope_told", "b": "ErrorEnvelope"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": {"code": 7, "message": "Seven"}}, 7),
        ({"errors": [{"code": 7, "text": "Seven"}], "ok": 0}, 7),
        ({"id": 1}, None),
        ({"ok": 1, "errors": []}, None),
    ],
)
def test_python_follows_paths(answer: dict[str, object], code: int | None) -> None:
    """The exported module reads the code where the catalog has it."""
    module = types.ModuleType("exported")
    exec(python_writer.write(nested()), vars(module))  # it is our own
    error = module.ApiError.from_envelope(answer)

    assert (None if error is None else error.code) == code
