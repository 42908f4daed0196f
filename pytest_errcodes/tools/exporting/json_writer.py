"""JSON: all of a catalog, as the schema ``docs/schemas/catalog-1.json`` says.

The facts of a catalog as JSON values, and pieces of JSON, are what other formats write as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.catalog_writing import name_fields
from pytest_errcodes.text.json_writing import write_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import ErrorCode

#: The ``$id`` of the schema, and the ``$schema`` of each document.
SCHEMA = "urn:pytest-errcodes:catalog-1"
_ALWAYS = ("code", "message", "data", "code_type", "success", "success_message", "placeholders")
_RARELY = ("attributes", "success_field", "items", "item_shape", "fields", "echo")


def write(catalog: Catalog) -> str:
    """Return a JSON document with one code a line, so that a diff reads as one of the API."""
    head = head_facts(catalog)
    envelope = ((name, json_text(value)) for name, value in head.pop("envelope").items())
    sections = (
        {"id": section.id, "title": section.title, "label": section.label}
        for section in catalog.sections
    )
    text = json_object(
        [
            ("$schema", json_text(SCHEMA)),
            *((name, json_text(value)) for name, value in head.items()),
            ("envelope", json_object(envelope)),
            ("sections", json_list(sections)),
            ("codes", json_list(code.as_dict() for code in catalog.values())),
        ]
    )
    return f"{text}\n"


def head_facts(catalog: Catalog) -> dict[str, Any]:
    """Return what a catalog says beside its sections: name, title, HTTP status and envelope.

    The keys are those of a catalog file; a further shape stands under its name in ``envelope``.
    """
    first, *further = catalog.shapes
    return {
        "name": catalog.name,
        "title": catalog.title,
        "http_status": catalog.http_status,
        "envelope": _shape(first, first) | {one.name: _shape(one, first) for one in further},
    }


def _shape(shape: EnvelopeShape, first: EnvelopeShape) -> dict[str, Any]:
    """Return what a shape says: the rarer settings only where it, or the first one, has them."""
    own, firsts = name_fields(shape), name_fields(first)
    told = {name: own[name] for name in _ALWAYS}
    told |= {name: own[name] for name in _RARELY if own[name] or firsts[name]}
    if shape.success_field:
        told["success_value"] = shape.success_value
        if shape.error_value is not None:
            told["error_value"] = shape.error_value
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in told.items()
    }


def split_messages(code: ErrorCode) -> list[ErrorCode]:
    """Return a code once for each of its messages, for a table with one message a row."""
    if not code.alternatives:
        return [code]
    return [code.replaced(message=message, alternatives=()) for message in code.messages]


def show_messages(code: ErrorCode) -> str:
    """Return all messages of a code, for a comment."""
    return " | ".join(code.messages)


def json_text(value: Any) -> str:
    """Return a value as JSON on one line, which reads the same as YAML and as JavaScript."""
    return write_json(value, is_yaml=True)


def json_object(members: Iterable[tuple[str, str]]) -> str:
    """Return an object of JSON with one member a line, each given as its name and its text."""
    return _lines("{", (f"{json_text(name)}: {text}" for name, text in members), "}")


def json_list(items: Iterable[Any]) -> str:
    """Return a list of JSON with one item a line."""
    return _lines("[", map(json_text, items), "]")


def _lines(begin: str, lines: Iterable[str], end: str) -> str:
    inner = ",\n".join(lines)
    indented = inner.replace("\n", "\n  ")
    return f"{begin}\n  {indented}\n{end}" if inner else f"{begin}{end}"
