"""The envelope shapes of a draft, from those that were found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.tools.harvesting.found_shape import FoundShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, CodeType
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle
    from pytest_errcodes.tools.harvesting.drafted_code import DraftedCode

#: What to say of a field of the envelope, by the table and the field.
Comments = dict[tuple[str, str], str]


def read_shape(shape: EnvelopeShape) -> FoundShape:
    """Return a shape of a catalog as one that was found."""
    return FoundShape(
        shape.code,
        shape.message,
        shape.data,
        shape.success,
        shape.success_message,
        flag=shape.success_field,
        absent=int(shape.may_lack_code),
    )


def draft_shapes(
    codes: Sequence[DraftedCode], style: PlaceholderStyle, documented: Catalog | None
) -> tuple[tuple[EnvelopeShape, ...], Comments]:
    """Return the shapes of a draft, the most frequent one first, and what is doubtful about them.

    Args:
        codes: The codes of the draft.
        style: How their messages write placeholders.
        documented: The catalog in force, whose shapes are taken; None for none.
    """
    if documented is not None:
        return documented.shapes, {}
    found = _list_found(codes)
    if not found:
        shape = EnvelopeShape(
            code_type=_type_of(one.found.code for one in codes), placeholders=style
        )
        return (shape,), {("envelope", "code"): "no answer with a code was seen"}
    shapes, comments = [], Comments()
    for number, one in enumerate(found):
        name = f"shape{number + 1}" if number else "default"
        table = f"envelope.{name}" if number else "envelope"
        # Codes of all shapes stand in one list, which the first one tells the type of.
        own = [code.found.code for code in codes if number == 0 or code.found.shape == one]
        success = tuple(dict.fromkeys(one.success))
        usual, may_tell = EnvelopeShape().success_message, one.success or one.flag
        shape = EnvelopeShape(
            name=name,
            code=one.code,
            message=one.message,
            data=one.data,
            code_type=_type_of([*own, *success]),
            success=success,
            success_message=one.success_message if one.message and may_tell else usual,
            placeholders=style,
        )
        shapes.append(_add_rule(shape, one))
        comments |= _comment(table, one)
    return tuple(shapes), comments


def _add_rule(shape: EnvelopeShape, found: FoundShape) -> EnvelopeShape:
    """Return a shape that says what means success beside, or instead of, a code."""
    data = found.data or TOP_LEVEL
    if found.flag:
        told = replace(shape, success_field=found.flag, success_value=found.flag_value, data=data)
        # What stands for an error is told where it is not the opposite of true.
        return (
            told
            if isinstance(found.flag_value, bool)
            else replace(told, error_value=found.flag_error)
        )
    if found.success or not (found.absent or found.fails_by_status):
        return shape
    return replace(shape, success_rule="absent", data=data)


def _list_found(codes: Iterable[DraftedCode]) -> list[FoundShape]:
    """Return the shapes that codes were answered in, the most frequent one first."""
    found: list[FoundShape] = []
    for one in codes:
        if one.found.shape is not None and one.found.shape not in found:
            found.append(one.found.shape)
    return sorted(found, key=lambda shape: -shape.seen)


def _type_of(codes: Iterable[Code]) -> CodeType:
    kinds = {type(code) for code in codes}
    if kinds == {int}:
        return "integer"
    return "string" if kinds == {str} else "either"


def _comment(table: str, shape: FoundShape) -> Comments:
    """Return what is doubtful about a shape."""
    comments = {(table, field): said for field, said in shape.doubts.items()}
    if shape.flag:
        return comments
    if not shape.success:
        what = "" if shape.absent else "no success was seen"
        comments[table, "success"] = what
    elif len(shape.success) > 1:
        comments[table, "success"] = "is each a success?"
    return comments
