"""What a code is answered with: its message, its envelope in a shape, its HTTP status.

A reply of a route and a body for another mock are made here, with the same checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pytest_errcodes.catalog.answer_message import find_message, is_codeless
from pytest_errcodes.catalog.answer_options import check_fields, check_http_status
from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL, EnvelopeFields
from pytest_errcodes.catalog.envelope_writing import (
    as_list,
    check_data,
    encode_envelope,
    write_envelope,
)
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.answer_options import AnsweredCode, AnswerOptions, Call

Shape = TypeVar("Shape", bound=EnvelopeFields)


class MadeAnswer(NamedTuple):
    """An answer, ready to be sent.

    Attributes:
        message: The message, with its parameters filled in; None where none is sent.
        body: The envelope as JSON in UTF-8, without what repeats a request.
        http_status: The HTTP status, 100 to 599.
    """

    message: str | None
    body: bytes
    http_status: int


def make_answer(
    code: AnsweredCode,
    shapes: Sequence[EnvelopeFields],
    params: tuple[object, ...],
    options: AnswerOptions,
    call: Call,
    *,
    items: Sequence[AnsweredCode | Mapping[str, Any]] | None = None,
) -> MadeAnswer:
    """Make an answer that carries a code, or is a success without one.

    Args:
        code: The code; one that the catalog lacks has no template, and ``message`` is given.
        shapes: The shapes of its catalog, the default one first.
        params: One value for each placeholder of its message.
        options: What else it says.
        call: What asked for it, for the texts.
        items: The items of a batch: a code each, or an object that is sent as it is.

    Raises:
        ErrcodesUsageError: A wrong number of parameters, data or fields that JSON cannot hold,
            an option that the shape has no field for, fields that would replace the code, a code
            that cannot be of the type that is asked for, an HTTP status out of range, an answer
            that would be read as something else.
    """
    __tracebackhide__ = True
    shape = find_shape(shapes, options.get("shape") or code.shape_name, call.owner)
    message = find_message(code, params, options, call)
    http_status = code.http_status
    chosen = options.get("http_status")
    if chosen is not None:
        http_status = check_http_status(chosen)
    check_fields(shape, options, items, call, has_message=not code.is_undocumented)
    wire = None if is_codeless(code) else _spell_code(code.code, shapes, shape, options, call)
    check_data(shape, options.get("data"), call.show("data=..."), has_code=wire is not None)
    written = None if items is None else [_write_item(item, shapes, shape) for item in items]
    envelope = _write(shape, wire, message, options, written, is_success=code.is_success)
    if fields := options.get("fields"):
        encode_envelope({"fields": dict(fields)}, call.show("fields=..."))
    body = encode_envelope(envelope, call.show("data=..."))
    if not is_simple(shape, shapes):
        _check_reading(envelope, shape, code, http_status, call)
    return MadeAnswer(message if shape.message else None, body, http_status)


def _write(
    shape: EnvelopeFields,
    wire: int | str | None,
    message: str | None,
    options: AnswerOptions,
    items: list[Any] | None,
    *,
    is_success: bool,
) -> Any:
    """Return the envelope as the JSON value that it is."""
    __tracebackhide__ = True
    data = options.get("data")
    if isinstance(data, list) and shape.data == TOP_LEVEL:
        return data
    if items is not None and shape.items == TOP_LEVEL:
        return items
    if items is not None:  # which stand within the data, and these are the test's own
        inside = shape.data and shape.items.startswith(f"{shape.data}.")
        data = {} if data is None and inside else deepcopy(data)
    fields = options.get("fields")
    written = write_envelope(shape, wire, message, data, fields, items=items, is_success=is_success)
    return as_list(written) if shape.is_list and wire is not None else written


def _check_reading(
    envelope: Any, shape: EnvelopeFields, code: AnsweredCode, http_status: int, call: Call
) -> None:
    """Refuse an answer that its shape would read as something else.

    Raises:
        ErrcodesUsageError: It would be (``reply-reads-otherwise``).
    """
    __tracebackhide__ = True
    from pytest_errcodes.catalog.answer_checks import find_other_reading

    came = find_other_reading(
        envelope,
        shape,
        None if is_codeless(code) else code.code,
        http_status,
        is_success=code.is_success,
        is_error=not (code.is_success or code.is_undocumented),
    )
    if came:
        raise ErrcodesUsageError(
            "reply-reads-otherwise",
            f"{call.show()} under HTTP status {http_status} does not say what it is to: {came}",
            "look at success under [envelope], and at http_status",
        )


def find_shape(shapes: Sequence[Shape], name: object, owner: str = "") -> Shape:
    """Return the shape that goes by a name; the first one for an empty name.

    Args:
        shapes: The shapes.
        name: The name.
        owner: Whose they are, for the text.

    Raises:
        ErrcodesUsageError: There is none (``unknown-shape``).
    """
    __tracebackhide__ = True
    if name == "" or name is None:
        return shapes[0]
    for shape in shapes:
        if shape.name == name:
            return shape
    from pytest_errcodes.text.nearest import nearest_words

    names = [shape.name for shape in shapes]
    nearest = nearest_words(name, names) if isinstance(name, str) else []
    hint = f"did you mean shape={nearest[0]!r}?" if nearest else f"it has {', '.join(names)}"
    raise ErrcodesUsageError(
        "unknown-shape",
        f"shape={show_value(name)}: {owner or 'the catalog'} has no envelope shape of that name",
        hint,
    )


def is_simple(shape: EnvelopeFields, shapes: Sequence[EnvelopeFields]) -> bool:
    """Whether an answer of a shape says no more than code, message and data in their fields.

    Args:
        shape: The shape.
        shapes: Those of the catalog; the first one writes codes as the catalog does.
    """
    is_flat = shape.is_plain and shape.data != TOP_LEVEL and bool(shape.message)
    is_flat = is_flat and not shape.wraps_own
    return is_flat and shape.code_type == shapes[0].code_type != "either"


def _spell_code(
    code: int | str,
    shapes: Sequence[EnvelopeFields],
    shape: EnvelopeFields,
    options: AnswerOptions,
    call: Call,
) -> int | str:
    """Return a code as it stands on the wire: as is asked for, else as its shape writes it."""
    __tracebackhide__ = True
    # A test may send a code of another type, to see what its client makes of it.
    own = code if shape.code_type == shapes[0].code_type else shape.spell(code)
    return _convert_code(own, options.get("code_type"), call)


def _write_item(
    item: AnsweredCode | Mapping[str, Any],
    shapes: Sequence[EnvelopeFields],
    shape: EnvelopeFields,
) -> dict[str, Any]:
    """Return an item of a batch as JSON values; the message of a code has made-up parameters."""
    __tracebackhide__ = True
    if isinstance(item, Mapping):
        return dict(item)
    inner = find_shape(shapes, shape.item_shape or shape.name)
    if is_codeless(item):
        return write_envelope(inner, None, None, is_success=True)
    template = item.templates[0]
    message = template.render(*template.sample)
    return write_envelope(inner, inner.spell(item.code), message, is_success=item.is_success)


def _convert_code(code: int | str, code_type: object, call: Call) -> int | str:
    """Return a code as it stands on the wire."""
    __tracebackhide__ = True
    if code_type is None or code_type is type(code):
        return code
    if code_type is str:
        with suppress(ValueError):  # of thousands of digits: JSON cannot hold it either
            return int.__repr__(code) if isinstance(code, int) else code
        return code
    if code_type is int:
        with suppress(ValueError):  # no integer, or one of thousands of digits
            number = int(code)
            if str(number) == code:  # not 007, which another text may stand for
                return number
        raise ErrcodesUsageError(
            "sent-code-type",
            f"{call.show('code_type=int')}: {show_code(code)} is not how an integer is written",
            "leave out code_type=int",
        )
    raise ErrcodesUsageError(
        "sent-code-type",
        f"{call.show(f'code_type={show_value(code_type)}')} is neither str nor int",
        "give code_type=str, or code_type=int",
    )
