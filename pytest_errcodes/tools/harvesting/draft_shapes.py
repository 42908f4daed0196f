"""The envelope shapes of a draft, from those that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_errcodes.catalog.model import Code, CodeType
    from pytest_errcodes.tools.harvesting.found_shape import FoundShape
    from pytest_errcodes.tools.harvesting.harvested_codes import HarvestedCode

#: What to say of a field of the envelope, by the table and the field.
Comments = dict[tuple[str, str], str]

_USUAL = EnvelopeShape()
_USUAL_WORD = "success"
_LEFT_OUT = "a mock may have left out the code of a success"
_UNSEEN = "no answer with a success was seen"


class DraftedShapes(NamedTuple):
    """The shapes of a draft.

    Attributes:
        shapes: The shapes, the most frequent one first.
        comments: What is doubtful about them.
        names: The names of further shapes in which codes come, by what was found.
    """

    shapes: tuple[EnvelopeShape, ...]
    comments: Comments
    names: Sequence[tuple[FoundShape, str]] = ()

    def name_of(self, found: FoundShape | None) -> str:
        """Return the name of a shape; empty for the default one, and that of items."""
        return next((name for shape, name in self.names if shape is found), "")


def draft_shapes(codes: Sequence[HarvestedCode], found: Sequence[FoundShape]) -> DraftedShapes:
    """Return the shapes of a draft.

    Args:
        codes: The codes of the draft.
        found: The shapes in which codes were looked for.
    """
    answered = [one.shape for one in codes if one.shape is not None]
    used = [shape for shape in found if any(one in (shape, shape.item) for one in answered)]
    if not used:
        usual = EnvelopeShape(code_type=_type_of(one.code for one in codes))
        return DraftedShapes((usual,), {("envelope", "code"): "no answer with a code was seen"})
    shapes: list[EnvelopeShape] = []
    comments, names = Comments(), []
    for shape, name, is_item in _name_shapes(sorted(used, key=lambda one: -one.seen)):
        # Codes of all shapes stand in one list, which the first one tells the type of.
        own = [one.code for one in codes if one.shape in (shape, shape.item)]
        said = [one.code for one in codes] if not shapes else own
        drafted, doubts = _make_shape(shape, own, _type_of([*said, *shape.success]))
        item_shape = "" if shape.item is None else name.replace("default", "") + "item"
        shapes.append(drafted.replaced(name=name, item_shape=item_shape))
        table = f"envelope.{name}" if len(shapes) > 1 else "envelope"
        comments |= {(table, field): said for field, said in doubts.items()}
        if len(shapes) > 1 and not is_item:
            names.append((shape, name))
    return DraftedShapes(tuple(shapes), comments, names)


def doubt_mocks(shapes: DraftedShapes, codes: Iterable[HarvestedCode]) -> DraftedShapes:
    """Return shapes with a comment where a mock may have left out what a success has.

    An API with a number at top level often has one in a success too.
    """
    first, comments = shapes.shapes[0], Comments(shapes.comments)
    numbered = {one.shape.code for one in codes if one.shape and str(one.code).isdecimal()}
    is_flat = "." not in first.code and first.success_rule == "absent" and not first.items
    if is_flat and first.code in numbered:
        comments.setdefault(("envelope", "success"), _LEFT_OUT)
    return shapes._replace(comments=comments)


def _name_shapes(found: Sequence[FoundShape]) -> Iterator[tuple[FoundShape, str, bool]]:
    """Yield each shape with its name, and whether only items have it."""
    for number, shape in enumerate(found, 1):
        name = "default" if number == 1 else f"shape{number}"
        yield shape, name, False
        if shape.item is not None:
            yield shape.item, name.replace("default", "") + "item", True


def _type_of(codes: Iterable[Code]) -> CodeType:
    kinds = {type(code) for code in codes}
    if kinds == {int}:
        return "integer"
    return "string" if kinds == {str} else "either"


def _make_shape(
    found: FoundShape, codes: Sequence[Code], code_type: CodeType
) -> tuple[EnvelopeShape, dict[str, str]]:
    """Return a shape whose codes are known, and what is doubtful by the field of ``[envelope]``."""
    doubts = dict(found.doubts)
    shape = EnvelopeShape(
        code=found.code,
        message=found.message,
        data=found.data,
        code_type=code_type,
        # 0 and "0" are one code of an API that sends both.
        success=tuple({str(code): code for code in reversed(found.success)}.values())[::-1],
        items=found.items,
    )
    if found.message and (found.success or found.flag):
        shape = shape.replaced(success_message=found.success_message)
    if found.flag:
        return _add_flag(shape, found, doubts), doubts
    if found.success:
        if len(shape.success) > 1:
            doubts["success"] = "is each a success?"
        return shape, doubts
    has_numbers = all(str(code).removeprefix("-").isdecimal() for code in codes)
    if found.absent or found.fails_by_status or "." in found.code or not has_numbers:
        # An error object, an HTTP status of an error and a word for a code go without one.
        if not found.absent:
            doubts["success"] = _UNSEEN
        return shape.replaced(success_rule="absent", data=found.data or TOP_LEVEL), doubts
    doubts["success"] = _UNSEEN
    if not found.data:
        doubts["data"] = _UNSEEN
    padded = next((one for one in codes if isinstance(one, str) and one.startswith("0")), "0")
    success = "0" * len(padded) if code_type == "string" else 0
    return shape.replaced(success=(success,), data=found.data or _USUAL.data), doubts


def _add_flag(shape: EnvelopeShape, found: FoundShape, doubts: dict[str, str]) -> EnvelopeShape:
    """Return a shape whose success a field tells beside, or instead of, a code."""
    value, error = found.flag_value, found.flag_error
    if not isinstance(error, bool) and isinstance(value, bool):
        value = _USUAL_WORD
        doubts["success_value"] = _UNSEEN
    # What stands for an error is told where it is not the opposite of true.
    return shape.replaced(
        success_field=found.flag,
        success_value=value,
        error_value=None if isinstance(value, bool) else error,
        data=found.data or TOP_LEVEL,
    )
