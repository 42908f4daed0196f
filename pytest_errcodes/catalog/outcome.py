"""Whether an answer is a success: by its code, the lack of one, its HTTP status, a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pytest_errcodes.catalog.envelope_fields import EnvelopeFields
from pytest_errcodes.catalog.field_paths import ABSENT, find_end, find_field, is_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Shape = TypeVar("Shape", bound=EnvelopeFields)
#: The HTTP statuses of a success.
SUCCESSES = range(200, 300)
_UNKNOWN = "whether it is a success is told by the HTTP status, which is not known here"
_ADVICE = "pass the response, not what is in it"


class Outcome(NamedTuple, Generic[Shape]):
    """What an answer without a code comes to.

    Attributes:
        shape: The shape by which it is a success; None if it is none.
        reason: Why it is none; empty where there is no more to say than that it has no code.
        hint: What to do about it.
    """

    shape: Shape | None
    reason: str = ""
    hint: str = ""


def has_code(mapping: Mapping[Any, Any], shape: EnvelopeFields) -> bool:
    """Whether an answer has a code; null is none where a success may lack one."""
    value = find_field(mapping, shape.code)
    return value is not ABSENT and not (shape.may_lack_code and is_nothing(value))


def judge_code(
    mapping: Mapping[Any, Any],
    shape: EnvelopeFields,
    code: object,
    http_status: int | None,
    *,
    is_error: bool,
) -> bool:
    """Return whether an answer that has a code is a success.

    Args:
        mapping: The answer.
        shape: The shape by which it was read.
        code: The code as it stands there.
        http_status: The HTTP status it came with; None if not known.
        is_error: Whether the catalog documents the code as an error. Such a one is none, whatever
            else the answer says.
    """
    if shape.success_field:
        is_listed = not shape.success or shape.is_success(code)
        return tells_success(mapping, shape) is True and is_listed and not is_error
    if shape.success_rule == "http_status":
        return http_status in SUCCESSES and not is_error
    return shape.success_rule == "codes" and shape.is_success(code)


def tells_success(mapping: Mapping[Any, Any], shape: EnvelopeFields) -> bool | None:
    """Return what the field says that tells success; None where it is missing or there is none."""
    if not shape.success_field:
        return None
    found, wanted = find_field(mapping, shape.success_field), shape.success_value
    if found is ABSENT:
        return None
    return isinstance(found, bool) == isinstance(wanted, bool) and bool(found == wanted)


def judge_codeless(
    mapping: Mapping[Any, Any], shapes: Sequence[Shape], http_status: int | None
) -> Outcome[Shape]:
    """Return by which shape an answer is a success in which none has found its code.

    A field that tells success decides. Else an answer is one where its shape says that one has no
    code, its HTTP status is none of an error, and no shape finds a trace of an error in it.
    """
    told = [(shape, tells_success(mapping, shape)) for shape in shapes]
    for shape, is_success in told:
        if is_success:
            return Outcome(shape)
    for shape, is_success in told:
        if is_success is False:
            field = shape.success_field
            return Outcome(None, f"the field {field!r} says that it is an error, without a code")
    fitting = [shape for shape in shapes if shape.success_rule != "codes"]
    if not fitting:
        return Outcome(None, _find_broken_path(mapping, shapes))
    fitting.sort(key=lambda shape: not fits_constants(mapping, shape))
    reason, hint = _find_obstacle(mapping, shapes, fitting[0], http_status)
    return Outcome(None if reason else fitting[0], reason, hint)


def _find_obstacle(
    mapping: Mapping[Any, Any],
    shapes: Sequence[EnvelopeFields],
    chosen: EnvelopeFields,
    http_status: int | None,
) -> tuple[str, str]:
    """Return why an answer without a code is no success by a shape, and what to do; else blanks."""
    if http_status is not None and http_status not in SUCCESSES:
        trace = _find_broken_path(mapping, shapes)
        reason = trace or f"it has no code, and HTTP status {http_status} is none of a success"
        return reason, ""
    if trace := _find_trace(mapping, shapes, chosen):
        return trace, ""
    is_worded = any(find_field(mapping, name) is not ABSENT for name in chosen.message_fields)
    if http_status is None and (chosen.success_rule == "http_status" or is_worded):
        return _UNKNOWN, _ADVICE
    return "", ""


def fits_constants(mapping: Mapping[Any, Any], shape: EnvelopeFields) -> bool:
    """Whether an answer has the fields of a shape that are the same in each, and tell success."""
    constants = all(find_field(mapping, path) == value for path, value in shape.fields)
    field = shape.success_field
    return constants and (not field or find_field(mapping, field) is not ABSENT)


def _find_trace(
    mapping: Mapping[Any, Any], shapes: Sequence[EnvelopeFields], chosen: EnvelopeFields
) -> str:
    """Return where the path to a code begins and holds more than nothing; empty for nowhere.

    What stands there is an error that has lost its code, unless it is the payload of a success.
    """
    for shape in shapes:
        place, value = find_end(mapping, shape.code)
        if place and place not in (chosen.data, chosen.items) and not is_nothing(value):
            return _tell_end(shape.code, place, value)
    return ""


def _find_broken_path(mapping: Mapping[Any, Any], shapes: Sequence[EnvelopeFields]) -> str:
    """Return how far the path to a code leads that begins in an answer; empty for no such path."""
    for shape in shapes:
        place, value = find_end(mapping, shape.code)
        if place:
            return _tell_end(shape.code, place, value)
    return ""


def _tell_end(path: str, place: str, value: Any) -> str:
    from pytest_errcodes.text.wording import name_kind, shorten, show_value

    kind = name_kind(value)
    if isinstance(value, str):
        kind = f"a text ({shorten(show_value(value), 40)})"
    elif isinstance(value, list):
        kind = f"a list of {len(value)}" if value else "an empty list"
    return f"the field {path!r} is missing: its path ends at {place!r}, which is {kind}"
