"""JSON: all of a catalog, as the schema ``docs/schemas/catalog-1.json`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.exporting.code_facts import head_facts, json_list, json_object, json_text

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog

#: The ``$id`` of the schema, and the ``$schema`` of each document.
SCHEMA = "urn:pytest-errcodes:catalog-1"


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
