"""Writing an envelope by its shape: the object, and its bytes.

It stands in the room of catalogs, not of envelopes: an ``ErrorCode`` writes its own bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import islice
from json import JSONEncoder  # bound here: a test may have put something else in its place by then
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.field_paths import ABSENT, find_field, put_field
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_name, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.envelope_fields import EnvelopeFields, Scalar

_ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_EXAMPLE = 'give names and JSON values: fields={"requestId": "r1"}'
#: A mapping of others may have no end.
_MOST_FIELDS = 10_000
#: Nor may a list of a class of others.
_MOST_MEMBERS = 1_000_000
_ADVICE = {
    "code": "the code is the first argument; code_type=str or int says how it is sent",
    "message": "give the whole message as message=",
    "data": "give it as data=",
    "success": "it follows from the code: a success code, or none, makes it a success",
    "items": "give them as items=",
}


def write_envelope(
    shape: EnvelopeFields,
    code: int | str | None,
    message: str | None,
    data: Any = None,
    fields: object = None,
    *,
    items: list[Any] | None = None,
    is_success: bool = False,
) -> dict[str, Any]:
    """Return an envelope as the object that its JSON is, without what repeats the request.

    Args:
        shape: Which fields carry what.
        code: The code, as it stands on the wire; None for a success that has none.
        message: The message, with its parameters filled in; None to leave it out.
        data: Any JSON value that ``check_data`` lets pass; None for none.
        fields: Further fields, as a mapping of their names, or the paths to them, to JSON values;
            they may replace what is the same in each answer, and what repeats the request.
        items: The items of a batch as JSON values, for a shape that has a field for them.
        is_success: Whether it means success.

    Raises:
        ErrcodesUsageError: A field would stand where code, message, data, items, or what tells
            success do.
    """
    __tracebackhide__ = True
    envelope: dict[str, Any] = {}
    is_around = shape.wraps_own and isinstance(data, dict)
    if is_around:
        put_field(envelope, shape.data, deepcopy(data))
    if code is not None:
        put_field(envelope, shape.code, code)
    if shape.message and message is not None:
        put_field(envelope, shape.message, message)
    if shape.data == TOP_LEVEL:
        envelope |= data or {}
    elif not is_around and _has_data(envelope, shape, data, is_success=is_success):
        put_field(envelope, shape.data, data)
    for path, value in (*tell_success(shape, is_success=is_success), *shape.fields):
        put_field(envelope, path, value)
    if items is not None:
        put_field(envelope, shape.items, items)
    if fields:
        _add_fields(envelope, fields, shape, data)
    return envelope


def as_list(envelope: dict[str, Any]) -> Any:
    """Return an envelope whose fields are the places of a list as that list; else as it is."""
    if not all(name.isdecimal() for name in envelope):
        return envelope
    places = sorted(int(name) for name in envelope)
    return [envelope.get(str(place)) for place in range(places[-1] + 1)] if places else []


def as_mapping(values: list[Any]) -> dict[str, Any]:
    """Return a list as an object whose fields are its places, for paths to lead through it."""
    return {str(place): value for place, value in enumerate(values)}


def _has_data(
    envelope: dict[str, Any], shape: EnvelopeFields, data: Any, *, is_success: bool
) -> bool:
    """Return whether a field for the data is written, where perhaps the code stands already."""
    if not shape.data or (data is None and find_field(envelope, shape.data) is not ABSENT):
        return False
    if data is None and shape.success_field.startswith(f"{shape.data}."):
        return False
    return data is not None or is_success or not shape.may_lack_code


def tell_success(shape: EnvelopeFields, *, is_success: bool) -> tuple[tuple[str, Scalar], ...]:
    """Return the field that tells success, with its value; nothing where there is none to write."""
    value = shape.success_value if is_success else shape.error_value
    if value is None and isinstance(shape.success_value, bool):
        value = not shape.success_value
    return ((shape.success_field, value),) if shape.success_field and value is not None else ()


def _add_fields(envelope: dict[str, Any], fields: object, shape: EnvelopeFields, data: Any) -> None:
    """Put further fields into an envelope; none may touch what is its own."""
    __tracebackhide__ = True
    own = [(what, path, find_field(envelope, path)) for what, path in _list_own(shape, data)]
    if not isinstance(fields, Mapping):
        raise _refuse_fields(f"fields={show_value(fields)} is no dict", _EXAMPLE)
    for number, (name, value) in enumerate(fields.items()):
        if number == _MOST_FIELDS:
            raise _refuse_fields(f"fields= has more than {_MOST_FIELDS:,} names", _EXAMPLE)
        if not isinstance(name, str) or not name:
            raise _refuse_fields(
                f"fields= has the name {show_value(name)}, which is no text", _EXAMPLE
            )
        alone: dict[str, Any] = {}
        put_field(alone, name, value)
        put_field(envelope, name, value)
        for what, path, kept in own:
            # Found in the field alone: put there anew, though perhaps as it was.
            if find_field(alone, path) is not ABSENT or find_field(envelope, path) is not kept:
                raise _refuse_fields(
                    f"fields={show_value({name: value})} would replace the {what} of the envelope, "
                    f"which stands in {path}",
                    _ADVICE[what],
                )


def _list_own(shape: EnvelopeFields, data: Any) -> list[tuple[str, str]]:
    """Return what no further field may touch, each with its path; constants and echoes may be."""
    paths = [
        ("code", shape.code),
        ("message", shape.message),
        ("success", shape.success_field),
        ("items", shape.items),
    ]
    beside = data or () if shape.data == TOP_LEVEL else (shape.data,)
    paths += [("data", path) for path in beside]
    return [(what, path) for what, path in paths if path]


def _refuse_fields(message: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("envelope-fields", message, hint)


def check_data(shape: EnvelopeFields, data: object, call: str, *, has_code: bool) -> None:
    """Refuse data that cannot stand at the top level of an envelope, where its shape has them.

    Args:
        shape: The shape.
        data: The data.
        call: What they were given to, for the text: ``reply(401009, data=...)``.
        has_code: Whether there is a code; without one, the data may be the whole body.

    Raises:
        ErrcodesUsageError: They are no object, or have a field of the envelope's own
            (``data-at-top-level``).
    """
    __tracebackhide__ = True
    if data is None:
        return
    if shape.wraps_own:
        _check_wrapped(shape, data, call, has_code=has_code)
    if shape.data != TOP_LEVEL:
        return
    own = shape.own_fields(has_code=has_code)
    if isinstance(data, list) and not has_code and not own:
        return
    if not isinstance(data, dict):
        raise ErrcodesUsageError(
            "data-at-top-level",
            f"{call}: the data stand beside the code, and are no object",
            "give a dict, whose fields stand at top level",
        )
    for name in data:
        if name in own:
            raise ErrcodesUsageError(
                "data-at-top-level",
                f"{call}: the data have a field {name!r}, and the envelope has one of that name",
                "leave it out of the data; fields={...} sets a field of the envelope",
            )


def _check_wrapped(shape: EnvelopeFields, data: object, call: str, *, has_code: bool) -> None:
    """Refuse data that cannot have the envelope's own fields in them; no object can."""
    __tracebackhide__ = True
    if not isinstance(data, dict):
        if has_code or shape.success_field.startswith(f"{shape.data}."):
            raise ErrcodesUsageError(
                "data-at-top-level",
                f"{call}: the data hold fields of the envelope, and are no object",
                f"give a dict, which stands in {shape.data!r}",
            )
        return
    for name in data:
        if name in shape.own_data_fields(has_code=has_code):
            raise ErrcodesUsageError(
                "data-at-top-level",
                f"{call}: the data have a field {name!r}, and the envelope has one of that name",
                "leave it out of the data; fields={...} sets a field of the envelope",
            )


def encode_envelope(envelope: Mapping[str, Any] | list[Any], call: str) -> bytes:
    """Return an envelope as compact JSON in UTF-8.

    Args:
        envelope: The object.
        call: What asked for it, for the text of a refusal: ``reply(401009, data=...)``.

    Raises:
        ErrcodesUsageError: JSON cannot hold what is in it (``data-not-json``).
    """
    __tracebackhide__ = True
    try:
        _refuse_endless(envelope)
        return _ENCODER.encode(envelope).encode()
    except (TypeError, ValueError, RecursionError) as fault:
        raise ErrcodesUsageError(
            "data-not-json",
            f"{call}: JSON cannot hold this data: {fault}",
            "give strings, numbers, booleans, None, lists and dicts",
        ) from None


def _refuse_endless(envelope: object) -> None:
    """Refuse lists and objects of derived classes that go on and on: JSON would be written of them.

    Raises:
        ValueError: There is one in the envelope.
    """
    waiting: list[Any] = [envelope]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        kind = type(one)
        if kind is str or kind is int or id(one) in seen:
            continue
        if issubclass(kind, dict):
            members = one.values() if kind is dict else _list_some(one.items(), kind)
        elif issubclass(kind, list | tuple):
            members = one if kind is list or kind is tuple else _list_some(one, kind)
        else:
            continue
        seen.add(id(one))
        waiting += members


def _list_some(members: Iterable[Any], kind: type) -> list[Any]:
    found = list(islice(members, _MOST_MEMBERS + 1))
    if len(found) > _MOST_MEMBERS:
        raise ValueError(f"{show_name(kind)} has more than {_MOST_MEMBERS:,} members")
    return found
