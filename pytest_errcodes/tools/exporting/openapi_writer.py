"""OpenAPI 3.1: components for the envelope, each code's example, and the responses."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.documented_codes import group_by_section
from pytest_errcodes.catalog.envelope_writing import tell_success, write_envelope
from pytest_errcodes.catalog.field_paths import put_field
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.tools.exporting.identifiers import constant_names
from pytest_errcodes.tools.exporting.json_writer import json_list, json_object, json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, ErrorCode

    Members = Iterator[tuple[str, str]]

_KEY = re.compile(r"[A-Za-z0-9._-]+")  # what OpenAPI allows as the name of a component


def write(catalog: Catalog) -> str:
    """Return a whole document, whose components another one refers to.

    It is JSON, which every tool reads that reads YAML. Each example is valid by the schema of the
    envelope.
    """
    names = constant_names(catalog)
    keys = _example_keys(catalog, names)
    components = {
        "schemas": json_object(_schemas(catalog, names)),
        "examples": json_object(
            (keys[code], json_text(_example(_shape_of(catalog, error_code), error_code)))
            for code, error_code in catalog.items()
        ),
        "responses": json_object(_responses(catalog, keys)),
    }
    members = {
        "openapi": json_text("3.1.0"),
        "info": json_text({"title": f"Error codes of {catalog.title}", "version": "1"}),
        "components": json_object(components.items()),
    }
    return f"{json_object(members.items())}\n"


def _example_keys(catalog: Catalog, names: dict[Code, str]) -> dict[Code, str]:
    """Return the key of each code's example: the code, or its name where it cannot be a key."""
    taken = {str(code) for code in catalog}
    return {
        code: str(code) if _KEY.fullmatch(str(code)) else _take_unused(name, taken)
        for code, name in names.items()
    }


def _take_unused(key: str, taken: set[str]) -> str:
    """Return a key that is not taken, and take it."""
    while key in taken:
        key += "_"
    taken.add(key)
    return key


def _shape_of(catalog: Catalog, code: ErrorCode) -> EnvelopeShape:
    """Return the shape in which a code comes."""
    further = (shape for shape in catalog.shapes[1:] if shape.name == code.shape_name)
    return next(further, catalog.shape) if code.shape_name else catalog.shape


def _ends(catalog: Catalog) -> dict[str, str]:
    """Return what the names of each shape's schemas end with, by the shape's name."""
    ends = {catalog.shape.name: ""}
    for number, shape in enumerate(catalog.shapes[1:], 1):
        ends[shape.name] = f"_{shape.name}" if _KEY.fullmatch(shape.name) else f".{number}"
    return ends


def _schemas(catalog: Catalog, names: dict[Code, str]) -> Members:
    """Yield the schemas of code and envelope, for each shape."""
    ends = _ends(catalog)
    for shape in catalog.shapes:
        end = ends[shape.name]
        yield f"ErrorCode{end}", _codes_schema(catalog, shape, names)
        yield f"ErrorEnvelope{end}", json_text(_envelope_schema(shape, end))


def _envelope_schema(shape: EnvelopeShape, end: str) -> dict[str, Any]:
    """Return the schema of an error in one shape, nested as the paths of its fields are.

    Args:
        shape: The shape.
        end: What the name of its schema of codes ends with.
    """
    # The schema has the form of an envelope without values: an empty field may hold anything.
    example = write_envelope(shape, 0, "")
    for path, _ in shape.echo:
        put_field(example, path, None)
    leaves: dict[str, dict[str, Any]] = {path: {"const": value} for path, value in shape.fields}
    leaves |= {path: {} for path, _ in shape.echo}
    if shape.data and shape.data != "*":
        leaves[shape.data] = {}
    if told := dict(tell_success(shape, is_success=False)):
        leaves |= {path: {"const": value} for path, value in told.items()}
    if shape.message:
        leaves[shape.message] = {"type": "string"}
    leaves[shape.code] = {"$ref": f"#/components/schemas/ErrorCode{end}"}
    optional = {shape.data, *(path for path, _ in shape.echo)} - {shape.code, shape.message}
    return _schema_of(example, "", leaves, optional)


def _schema_of(
    value: object, path: str, leaves: dict[str, dict[str, Any]], optional: set[str]
) -> dict[str, Any]:
    """Return the schema of a value of an example, whose fields at ``leaves`` are known."""
    if path in leaves:
        return leaves[path]
    if isinstance(value, list):
        items = [_schema_of(one, f"{path}.{at}", leaves, optional) for at, one in enumerate(value)]
        return {"type": "array", "prefixItems": items, "minItems": len(items)}
    if not isinstance(value, dict):
        return {}
    paths = {name: f"{path}.{name}" if path else name for name in value}
    required = [name for name in value if paths[name] not in optional]
    inner = {name: _schema_of(one, paths[name], leaves, optional) for name, one in value.items()}
    return {"type": "object", "required": required, "properties": inner}


def _codes_schema(catalog: Catalog, shape: EnvelopeShape, names: dict[Code, str]) -> str:
    """Return the schema of the codes as one shape writes them."""
    if shape.code_type != "either":
        return _enum(catalog, shape.code_type, names)
    spellings = (_enum(catalog, kind, names) for kind in ("integer", "string"))
    return json_object([("anyOf", f"[{', '.join(spellings)}]")])


def _enum(catalog: Catalog, kind: str, names: dict[Code, str]) -> str:
    """Return the schema of the codes as integers or as texts; a word is no integer."""
    spelled: dict[Code, Code] = {}
    for code in catalog:
        number = code if isinstance(code, int) else integer_of(code)
        if kind == "string" or number is not None:
            spelled[code] = str(code) if kind == "string" or number is None else number
    return json_object(
        [
            ("type", json_text(kind)),
            ("enum", json_list(spelled.values())),
            ("x-enum-varnames", json_list(names[code] for code in spelled)),
            ("x-enum-descriptions", json_list(catalog[code].message for code in spelled)),
        ]
    )


def _example(shape: EnvelopeShape, code: ErrorCode) -> dict[str, object]:
    """Return an envelope of a code, with made-up parameters."""
    message = code.template.render(*code.template.sample)
    value = write_envelope(shape, shape.spell(code.code), message)
    said = "\n\n".join(text for text in (code.description, code.solution) if text)
    told = {
        "description": said,
        "x-messages": list(code.messages) if code.alternatives else [],
        "x-exception": code.exception,
    }
    optional = {name: one for name, one in told.items() if one}
    return {"summary": code.message, **optional, "value": value}


def _responses(catalog: Catalog, keys: dict[Code, str]) -> Members:
    """Yield a response for each section, or for each HTTP status of one that has several."""
    taken: set[str] = set()
    ends = _ends(catalog)
    for number, (section, error_codes) in enumerate(group_by_section(catalog).items(), 1):
        by_status: dict[int, list[Code]] = defaultdict(list)
        for error_code in error_codes:
            by_status[error_code.http_status].append(error_code.code)
        key = section.id if _KEY.fullmatch(section.id) else f"section{number}"
        title = f"{section.title} ({section.label})" if section.label else section.title
        for status, codes in by_status.items():
            end = f"_{status}" if len(by_status) > 1 else ""
            yield (
                _take_unused(key + end, taken),
                _response(
                    f"{title}: HTTP status {status}",
                    f"ErrorEnvelope{ends[section.shape] if section.shape else ''}",
                    [keys[code] for code in codes],
                ),
            )


def _response(description: str, schema: str, keys: list[str]) -> str:
    examples = {key: {"$ref": f"#/components/examples/{key}"} for key in keys}
    content = {
        "schema": json_text({"$ref": f"#/components/schemas/{schema}"}),
        "examples": json_object((key, json_text(value)) for key, value in examples.items()),
    }
    json_content = json_object([("application/json", json_object(content.items()))])
    return json_object([("description", json_text(description)), ("content", json_content)])
