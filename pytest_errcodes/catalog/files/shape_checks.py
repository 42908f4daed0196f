"""What is wrong with envelope shapes as a whole: contradictions, and shapes that are alike."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.files.field_mistakes import field_name
from pytest_errcodes.text.nearest import suggest

if TYPE_CHECKING:
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes, Path


def check_shapes(
    shapes: tuple[EnvelopeShape, ...], table: dict[str, object], mistakes: FieldMistakes
) -> None:
    """Note what is wrong with shapes that were read.

    Args:
        shapes: All of them, the default one first.
        table: What stands under ``[envelope]``.
        mistakes: Where to note it.
    """
    for shape in shapes:
        path = ("envelope",) if shape is shapes[0] else ("envelope", shape.name)
        own = table if shape is shapes[0] else table.get(shape.name, {})
        _check_success(shape, own if isinstance(own, dict) else {}, path, mistakes)
        _check_paths(shape, path, mistakes)
        _check_steps(shape, path, mistakes)
        _check_items(shape, shapes, path, mistakes)
    for one, other in combinations(shapes, 2):
        if _read_alike(one, other) and not _mean_the_same(one, other):
            first = "[envelope]" if one is shapes[0] else f"[envelope.{one.name}]"
            message = f"cannot be told apart from {first} in an answer: code and message stand in"
            message += f" {other.code!r} and {other.message!r} in both"
            hint = "give one of them a field that only it has: fields or success_field"
            mistakes.add(("envelope", other.name), message, hint)


def _check_success(
    shape: EnvelopeShape, own: dict[str, object], path: Path, mistakes: FieldMistakes
) -> None:
    """Note a success rule that contradicts another setting, or that no answer can meet."""
    where, field = (*path, "success"), shape.success_field
    if shape.success_rule != "codes" and field:
        message = f'is "{shape.success_rule}", and success_field = "{field}" tells success too'
        mistakes.add(where, message, "leave one of the two out")
    for name in ("success_value", "error_value"):
        if name in own and not field:
            hint = 'write success_field = "ok", or leave it out'
            mistakes.add((*path, name), "there is no success_field that it could stand in", hint)
    if not field:
        return
    value, error = shape.success_value, shape.error_value
    if error is not None and (type(value), value) == (type(error), error):
        message = "is the value of a success too, so that no answer could be told"
        mistakes.add((*path, "error_value"), message, "write what stands there in an error")
    where = (*path, "success_field")
    if field == shape.code:
        message = "is the field of the code, which no success could lack"
        mistakes.add(where, message, "write success = [...] with the codes that mean success")
    constants = dict(shape.fields)
    if field in constants and constants[field] != value:
        message = "holds another value in each answer, as fields says, so that none is a success"
        mistakes.add(where, message, f"leave {field} out of fields")


def _check_paths(shape: EnvelopeShape, path: Path, mistakes: FieldMistakes) -> None:
    """Note a path that leads through a field which holds a code, a message or a constant."""
    plain = {"code": shape.code, "message": shape.message, "success_field": shape.success_field}
    inner = [*plain.items(), ("data", shape.data), ("items", shape.items)]
    for name, one in inner:
        for owner, outer in plain.items():
            if one and outer and one.startswith(f"{outer}."):
                message = f"leads through {outer!r}, which holds the {owner} and no object"
                place = (*path, *name.split(".", 1))
                mistakes.add(place, message, "write two paths that can both be")
    taken = {shape.code: "code", shape.message: "message", shape.success_field: "success_field"}
    for name in dict((*shape.fields, *shape.echo)):
        if name in taken and name != shape.success_field:
            key = "fields" if name in dict(shape.fields) else "echo"
            message = f"is the field of the {taken[name]} too"
            mistakes.add((*path, key, name), message, "leave it out here")


def _check_steps(shape: EnvelopeShape, path: Path, mistakes: FieldMistakes) -> None:
    """Note a path with a step that has no name, and one that leads past the list of the others."""
    told = {"code": shape.code, "message": shape.message, "data": shape.data, "items": shape.items}
    told["success_field"] = shape.success_field
    for name, one in told.items():
        if ".." in one or (one.endswith(".") and one != "."):
            mistakes.add((*path, name), "has a step without a name", "write error.code")
    if not shape.is_list:
        return
    del told["items"]
    if shape.success_rule != "codes" or shape.data == TOP_LEVEL:
        del told["data"]  # the whole body of a success
    for name, one in (*told.items(), *((f"fields.{field}", field) for field, _ in shape.fields)):
        if one and not one.partition(".")[0].isdecimal():
            message = f"is no place of the list in which {shape.code!r} stands"
            mistakes.add((*path, *name.split(".", 1)), message, f'write "0.{one}", or ""')


def _check_items(
    shape: EnvelopeShape, shapes: tuple[EnvelopeShape, ...], path: Path, mistakes: FieldMistakes
) -> None:
    """Note items whose shape the catalog lacks, or that are nowhere."""
    if not shape.item_shape:
        return
    names = [one.name for one in shapes]
    if shape.item_shape not in names:
        message, hint = tell_unknown_shape(shape.item_shape, names)
        mistakes.add((*path, "item_shape"), message, hint)
    elif not shape.items:
        hint = 'write items = "data.results", or leave it out'
        mistakes.add((*path, "item_shape"), "there are no items that it could be of", hint)


def tell_unknown_shape(name: str, names: list[str]) -> tuple[str, str]:
    """Return what is wrong with the name of a shape, and the nearest that there is."""
    from pytest_errcodes.text.wording import quote

    hint = suggest(name, names, f"known here: {', '.join(names)}", quoted=True)
    if names == ["default"]:
        hint = f"describe it under [{field_name(('envelope', name))}]"
    return f"is {quote(name)}, and the catalog has no such shape", hint


def _read_alike(one: EnvelopeShape, other: EnvelopeShape) -> bool:
    """Whether nothing in an answer tells by which of two shapes it is to be read."""
    if one.code != other.code or one.success_field != other.success_field:
        return False
    if set(one.message_fields) != set(other.message_fields):
        return False
    if {one.code_type, other.code_type} == {"integer", "string"}:
        return False
    return one.fields == other.fields and one.data == other.data


def _mean_the_same(one: EnvelopeShape, other: EnvelopeShape) -> bool:
    """Whether an answer means the same by either of two shapes."""
    return (
        {str(code) for code in one.success} == {str(code) for code in other.success}
        and (one.success_rule, one.success_value) == (other.success_rule, other.success_value)
        and (one.items, one.item_shape) == (other.items, other.item_shape)
    )
