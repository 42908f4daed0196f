"""Writing an envelope by its shape: the object, and its bytes.

It stands in the room of catalogs, not of envelopes: an ``ErrorCode`` writes its own bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONEncoder  # bound here: a test may have put something else in its place by then
from typing import Any, Protocol

from pytest_errcodes.catalog.field_paths import ABSENT, find_field, put_field
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

_ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_EXAMPLE = 'give names and JSON values: fields={"requestId": "r1"}'
_ADVICE = {
    "code": "the code is the first argument; code_type=str or int says how it is sent",
    "message": "give the whole message as message=",
    "data": "give it as data=",
}


class WrittenShape(Protocol):
    """What writing an envelope asks of its shape; ``EnvelopeShape`` is one.

    A protocol, so that the module of ``EnvelopeShape`` can import this one.
    """

    @property
    def code(self) -> str:
        """Field that carries the code."""

    @property
    def message(self) -> str:
        """Field that carries the message."""

    @property
    def data(self) -> str:
        """Field that carries the data; empty when the envelope has none."""


def write_envelope(
    shape: WrittenShape,
    code: int | str,
    message: str,
    data: Any = None,
    fields: object = None,
) -> dict[str, Any]:
    """Return an envelope as the object that its JSON is.

    Args:
        shape: Which fields carry what.
        code: The code, as it stands on the wire.
        message: The message, with its parameters filled in.
        data: Any JSON value; not for a shape without a field for data.
        fields: Further fields, as a mapping of their names, or the paths to them, to JSON values.

    Raises:
        ErrcodesUsageError: A field would stand where code, message or data do.
    """
    __tracebackhide__ = True
    own = {shape.code: code, shape.message: message}
    if shape.data:
        own[shape.data] = data
    envelope: dict[str, Any] = {}
    for path, value in own.items():
        put_field(envelope, path, value)
    if fields:
        _add_fields(envelope, fields, shape)
    return envelope


def _add_fields(envelope: dict[str, Any], fields: object, shape: WrittenShape) -> None:
    """Put further fields into an envelope; none may touch what is its own."""
    __tracebackhide__ = True
    paths = {"code": shape.code, "message": shape.message, "data": shape.data}
    own = {name: (path, find_field(envelope, path)) for name, path in paths.items() if path}
    if not isinstance(fields, Mapping):
        raise _refuse_fields(f"fields={show_value(fields)} is no dict", _EXAMPLE)
    for name, value in fields.items():
        if not isinstance(name, str) or not name:
            raise _refuse_fields(
                f"fields= has the name {show_value(name)}, which is no text", _EXAMPLE
            )
        alone: dict[str, Any] = {}
        put_field(alone, name, value)
        put_field(envelope, name, value)
        for what, (path, kept) in own.items():
            # Found in the field alone: put there anew, though perhaps as it was.
            if find_field(alone, path) is not ABSENT or find_field(envelope, path) is not kept:
                raise _refuse_fields(
                    f"fields={show_value({name: value})} would replace the {what} of the envelope, "
                    f"which stands in {path}",
                    _ADVICE[what],
                )


def _refuse_fields(message: str, hint: str) -> ErrcodesUsageError:
    return ErrcodesUsageError("envelope-fields", message, hint)


def encode_envelope(envelope: Mapping[str, Any], call: str) -> bytes:
    """Return an envelope as compact JSON in UTF-8.

    Args:
        envelope: The object.
        call: What asked for it, for the text of a refusal: ``reply(401009, data=...)``.

    Raises:
        ErrcodesUsageError: JSON cannot hold what is in it (``data-not-json``).
    """
    __tracebackhide__ = True
    try:
        return _ENCODER.encode(envelope).encode()
    except (TypeError, ValueError, RecursionError) as fault:
        raise ErrcodesUsageError(
            "data-not-json",
            f"{call}: JSON cannot hold this data: {fault}",
            "give strings, numbers, booleans, None, lists and dicts",
        ) from None
