"""Reading the envelope shapes of a catalog file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_fields import HTTP_STATUS
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.catalog.field_paths import is_place
from pytest_errcodes.catalog.files.field_mistakes import noun
from pytest_errcodes.catalog.files.shape_settings import (
    SETTINGS,
    read_names,
    read_rule,
    read_settings,
)
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.text.nearest import suggest

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path
    from pytest_errcodes.catalog.model import Code

FIELDS = (
    "code",
    "message",
    "data",
    "code_type",
    "success",
    "success_message",
    "placeholders",
    "attributes",
    *SETTINGS,
)
_CHOICES = {
    "code_type": ("integer", "string", "either"),
    "placeholders": ("printf", "format", "dollar", "angle", "none"),
}
#: What ``code = "http_status"`` says beside that, where the table says nothing else.
_OF_STATUSES: dict[str, object] = {
    "success": "http_status",
    "attributes": [
        "status_code",
        "http_status",
        "http_code",
        "statusCode",
        "httpStatus",
        "status",
        "response.status_code",
        "response.status",
        "code",
    ],
}
_WANTED = {"integer": "an integer", "string": "a text", "either": "an integer or a text"}


def read_shapes(
    table: object,
    mistakes: FieldMistakes,
    inherited: tuple[EnvelopeShape, ...] = (EnvelopeShape(),),
) -> tuple[EnvelopeShape, ...]:
    """Return the shapes that ``[envelope]`` describes, the default one first.

    Args:
        table: What stands there.
        mistakes: Where what is wrong is noted.
        inherited: The shapes that stand where it says nothing; those of an extended catalog.
    """
    path = ("envelope",)
    if not isinstance(table, dict):
        mistakes.wrong_type(path, table, "a table", "[envelope] on a line of its own")
        return inherited
    named = {key: value for key, value in table.items() if _names_a_shape(key, value)}
    own = {key: value for key, value in table.items() if key not in named}
    default = _read(inherited[0], own, path, mistakes)
    shapes = {shape.name: shape for shape in (default, *inherited[1:])}
    for name, fields in named.items():
        if name == default.name:
            message = "is a second shape named default, which [envelope] itself describes"
            mistakes.add((*path, name), message, "give it another name")
        else:
            old = shapes.get(name, _inherit(default, name, named))
            shapes[name] = _read(old, fields, (*path, name), mistakes)
    return tuple(shapes.values())


def _inherit(default: EnvelopeShape, name: str, named: dict[str, Any]) -> EnvelopeShape:
    """Return what a further shape has where it says nothing: all of the default's but its items.

    What the items of a batch are of has no constant fields of the answer around them either.
    """
    shape = default.replaced(name=name, items="", item_shape="")
    of_items = [default.item_shape, *(table.get("item_shape") for table in named.values())]
    if name not in of_items:
        return shape
    return shape.replaced(fields=(), echo=(), success_field="")


def _names_a_shape(key: str, value: object) -> bool:
    """Whether this field of ``[envelope]`` is a further shape."""
    return isinstance(value, dict) and key not in FIELDS


def _read(
    base: EnvelopeShape, table: dict[str, object], path: Path, mistakes: FieldMistakes
) -> EnvelopeShape:
    """Return the shape that ``table`` describes; what it leaves out is as in ``base``."""
    mistakes.unknown_fields(path, table, FIELDS)
    if table.get("code") == HTTP_STATUS:
        table = _OF_STATUSES | table
    fields = read_names(base, table, path, mistakes)
    for key, choices in _CHOICES.items():
        value = table.get(key, getattr(base, key))
        if _is_choice(value, choices, (*path, key), mistakes):
            fields[key] = value
        elif key == "code_type":  # so that no code is refused for the same mistake
            fields[key] = "either"
    if "attributes" in table:
        attributes = _read_attributes(table["attributes"], (*path, "attributes"), mistakes)
        fields["attributes"] = attributes
    fields |= read_settings(base, table, path, mistakes)
    shape = base.replaced(**fields)
    if not shape.success_field:  # nor has it what another shape says beside one
        shape = shape.replaced(success_value=True, error_value=None)
    success = table.get("success")
    if isinstance(success, str):
        return read_rule(shape, table, path, mistakes)
    if "success" in table:
        shape = shape.replaced(success_rule="codes")
        return shape.replaced(success=_read_success(shape, table["success"], path, mistakes))
    success = tuple(_as_type(shape, code) for code in base.success)
    if not all(map(shape.allows, success)):
        message = "has no success codes, and those of [envelope] are not of its code_type"
        mistakes.add(path, message, "write success = [0] with its own")
    return shape.replaced(success=success)


def _read_attributes(value: object, path: Path, mistakes: FieldMistakes) -> tuple[str, ...]:
    """Return the attributes that have the code; what is no path of names is noted."""
    example = 'attributes = ["status_code"]'
    if not isinstance(value, list):
        mistakes.wrong_type(path, value, "a list of attributes", example)
        return ()
    names: list[str] = []
    for name in value:
        if not isinstance(name, str):
            message = f"holds {noun(name)}, and must hold names of attributes"
            mistakes.add(path, message, f"write {example}")
        elif not _is_path(name):
            from pytest_errcodes.text.wording import quote

            message = f"holds {quote(name)}, which is no attribute, nor a path to one"
            mistakes.add(path, message, f"write {example}, or a path: error.code, errors.0.code")
        elif name in names:
            mistakes.add(path, f"holds {name!r} twice", "keep one of the two")
        else:
            names.append(name)
    return tuple(names)


def _is_path(name: str) -> bool:
    """Whether a text is the name of an attribute, or a path from one, through lists too."""
    first, *steps = name.split(".")
    return first.isidentifier() and all(one.isidentifier() or is_place(one) for one in steps)


def _is_choice(
    value: object, choices: tuple[str, ...], path: Path, mistakes: FieldMistakes
) -> bool:
    """Whether ``value`` is one of ``choices``; if not, note it."""
    if isinstance(value, str) and value in choices:
        return True
    listed = " or ".join(f'"{choice}"' for choice in choices)
    if not isinstance(value, str):
        mistakes.wrong_type(path, value, "a text", f"one of {listed}")
        return False
    from pytest_errcodes.text.wording import quote

    hint = suggest(value, choices, "choose one of them", quoted=True)
    mistakes.add(path, f"is {quote(value)}, and must be {listed}", hint)
    return False


def _as_type(shape: EnvelopeShape, code: Code) -> Code:
    """Return an inherited success code as a shape of another code type writes it."""
    if shape.code_type == "string":
        return str(code)
    if shape.code_type == "integer" and isinstance(code, str):
        number = integer_of(code)
        return code if number is None else number
    return code


def _read_success(
    shape: EnvelopeShape, value: object, path: Path, mistakes: FieldMistakes
) -> tuple[Code, ...]:
    """Return the success codes; those that are no codes of the shape are noted, and left out."""
    path = (*path, "success")
    example = '["00000"]' if shape.code_type == "string" else "[0]"
    if not isinstance(value, list):
        mistakes.wrong_type(path, value, "a list of codes", f"success = {example}")
        return ()
    codes: list[Code] = []
    for code in value:
        if not shape.allows(code):
            message = f"holds {noun(code)}, and code_type says {_WANTED[shape.code_type]}"
            mistakes.add(path, message, f"write success = {example}, or change code_type")
        elif code == "":
            mistakes.add(path, "holds an empty code", f"write success = {example}")
        elif isinstance(code, int) and abs(code) >= 10**40:  # Python cannot write out all of them
            message = "holds a code of more than 40 digits"
            mistakes.add(path, message, "write the code of the document")
        elif code in codes:
            mistakes.add(path, f"holds {code!r} twice", "keep one of the two")
        else:
            codes.append(code)
    return tuple(codes)
