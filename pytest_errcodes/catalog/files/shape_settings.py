"""Reading what a shape says beyond its three fields: success rules, constants, batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.catalog.files.field_mistakes import noun
from pytest_errcodes.text.nearest import suggest

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path

SETTINGS = (
    "success_field",
    "success_value",
    "error_value",
    "fields",
    "echo",
    "items",
    "item_shape",
)
_RULES = ("absent", "http_status")
_EMPTY_ALLOWED = ("data", "success_message")
_SCALARS = bool | int | float | str


def read_names(
    base: EnvelopeShape, table: dict[str, object], path: Path, mistakes: FieldMistakes
) -> dict[str, Any]:
    """Return the fields of code, message and data, and the message of success."""
    found: dict[str, Any] = {}
    for key in ("code", "message", "data", "success_message"):
        value = table.get(key, getattr(base, key))
        where = (*path, key)
        if key == "message" and isinstance(value, list):
            found |= _read_messages(value, where, mistakes)
        elif not isinstance(value, str):
            mistakes.wrong_type(where, value, "a text", f'{key} = "{getattr(base, key)}"')
        elif not value.strip() and not (key in _EMPTY_ALLOWED or (key == "message" and not value)):
            mistakes.add(where, "is empty", f"name the field that carries the {key}")
        else:
            found[key] = value
            if where[-1] == "message" and key in table:
                found["other_messages"] = ()
    return found


def _read_messages(value: list[object], path: Path, mistakes: FieldMistakes) -> dict[str, Any]:
    """Return the fields that may carry the message: the one that is written, and the others."""
    example = 'message = ["message", "msg"]'
    names: list[str] = []
    for name in value:
        if not isinstance(name, str):
            mistakes.add(path, f"holds {noun(name)}, and must hold names", f"write {example}")
        elif not name.strip():
            mistakes.add(path, "holds an empty name", f"write {example}")
        elif name in names:
            mistakes.add(path, f"holds {name!r} twice", "keep one of the two")
        else:
            names.append(name)
    if not value:
        mistakes.add(path, "is an empty list", 'write message = "" if the API sends none')
    return {"message": names[0] if names else "message", "other_messages": tuple(names[1:])}


def read_settings(
    base: EnvelopeShape, table: dict[str, object], path: Path, mistakes: FieldMistakes
) -> dict[str, Any]:
    """Return what a shape's table says of these settings; what it leaves out is as in ``base``."""
    found: dict[str, Any] = {}
    for key, example in (("success_field", "ok"), ("items", "data.results"), ("item_shape", "row")):
        value = table.get(key, getattr(base, key))
        if not isinstance(value, str):
            mistakes.wrong_type((*path, key), value, "a text", f'{key} = "{example}"')
        else:
            found[key] = value.strip()
    for key in ("success_value", "error_value"):
        value = table.get(key, getattr(base, key))
        if key in table and not isinstance(value, _SCALARS):
            wanted = "true, false, a number or a text"
            mistakes.wrong_type((*path, key), value, wanted, f"{key} = true")
        else:
            found[key] = value
    if "fields" in table:
        found["fields"] = _read_fields(table["fields"], (*path, "fields"), mistakes)
    if "echo" in table:
        found["echo"] = _read_echo(table["echo"], (*path, "echo"), mistakes)
    return found


def _read_fields(
    value: object, path: Path, mistakes: FieldMistakes, prefix: str = ""
) -> tuple[tuple[str, Any], ...]:
    """Return constant fields with their values; those of tables within by their paths."""
    example = 'fields = { version = "1" }'
    if not isinstance(value, dict):
        mistakes.wrong_type(path, value, "a table", example)
        return ()
    pairs: list[tuple[str, Any]] = []
    for name, constant in value.items():
        if isinstance(constant, dict):
            pairs += _read_fields(constant, (*path, name), mistakes, f"{prefix}{name}.")
        elif isinstance(constant, _SCALARS):
            pairs.append((prefix + name, constant))
        else:
            wanted = "true, false, a number or a text"
            mistakes.wrong_type((*path, name), constant, wanted, example)
    return tuple(pairs)


def _read_echo(value: object, path: Path, mistakes: FieldMistakes) -> tuple[tuple[str, str], ...]:
    """Return the fields that repeat one of the request, each with its path there."""
    example = 'echo = { requestId = "id" }'
    if not isinstance(value, dict):
        mistakes.wrong_type(path, value, "a table", example)
        return ()
    for name, source in value.items():
        if not isinstance(source, str):
            mistakes.wrong_type((*path, name), source, "a text", example)
        elif not source.strip():
            mistakes.add((*path, name), "is empty", "name the field of the request")
    return tuple((name, source) for name, source in value.items() if isinstance(source, str))


def read_rule(
    shape: EnvelopeShape, table: dict[str, object], path: Path, mistakes: FieldMistakes
) -> EnvelopeShape:
    """Return a shape whose ``success`` is a word; ``absent`` makes the body the payload."""
    rule = table["success"]
    where = (*path, "success")
    if rule not in _RULES:
        from pytest_errcodes.text.wording import quote

        hint = suggest(str(rule), _RULES, "write success = [0]", quoted=True)
        message = f'is {quote(str(rule))}, and must be a list of codes, "absent" or "http_status"'
        mistakes.add(where, message, hint)
        return shape
    shape = shape.replaced(success=(), success_rule=rule)
    if "data" not in table and shape.data == EnvelopeShape().data:
        shape = shape.replaced(data=TOP_LEVEL)
    return shape
