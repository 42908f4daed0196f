"""Reading back an exported JSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.tools.exporting.json_writer import SCHEMA
from pytest_errcodes.tools.importing.exported_catalog import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

# What an exported code says beside the fields of a catalog file; placeholders are the message's.
_BESIDE = ("code", "section", "placeholders")


def read_json(text: str) -> Export | None:
    """Return what the file says; None if it does not name the schema of an exported one."""
    import json

    if SCHEMA not in text:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("$schema") != SCHEMA:
        return None
    beside = ("$schema", "sections", "codes")
    export = Export({name: value for name, value in document.items() if name not in beside})
    for path, section in _objects(export, document, "sections"):
        id_ = section.get("id")
        if isinstance(id_, str):
            fields = {name: value for name, value in section.items() if name != "id"}
            export.add_section(id_, fields)
        else:
            export.refuse(path, "the section has no id", 'write "id": "trading"')
    for path, code in _objects(export, document, "codes"):
        _add(export, path, code)
    return export


def _objects(
    export: Export, document: dict[str, Any], name: str
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield the objects of a list, each with the keys that lead to it."""
    items = document.get(name)
    if not isinstance(items, list):
        export.refuse((name,), "is no list", f'write "{name}": [...]')
        return
    for position, item in enumerate(items):
        if isinstance(item, dict):
            yield (name, str(position)), item
        else:
            export.refuse((name, str(position)), "is no object", "write {...}")


def _add(export: Export, path: tuple[str, ...], facts: dict[str, Any]) -> None:
    """Note one code."""
    code, section = facts.get("code"), facts.get("section")
    if not isinstance(code, int | str) or isinstance(code, bool):
        export.refuse(path, "has no code", 'write "code": 401009')
    elif not isinstance(section, str) or section not in export.sections:
        export.refuse(path, "names no section of the list", 'write "section" with one of the ids')
    else:
        fields = {name: value for name, value in facts.items() if name not in _BESIDE}
        if "messages" in fields:  # beside the first of them
            fields.pop("message", None)
        export.add_code(section, str(code), fields)
