"""Writing an envelope by its shape: the object, and its bytes.

It stands in the room of catalogs, not of envelopes: an ``ErrorCode`` writes its own bodies.
"""

from __future__ import annotations

from json import JSONEncoder  # bound here: a test may have put something else in its place by then
from typing import TYPE_CHECKING, Any, Protocol

from pytest_errcodes.catalog.field_paths import put_field
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class WrittenShape(Protocol):
    """What writing an envelope asks of its shape; ``EnvelopeShape`` is one.

    A protocol, so that the module of ``EnvelopeShape`` can import this one.
    """

    @property
    def code(self) -> str:
        """Field that carries the code."""

    @property
    def message(self) -> str:
        """Field that carries the message; empty when the API sends none."""

    @property
    def data(self) -> str:
        """Field that carries the data; empty for none, ``*`` for all beside the envelope's own."""

    @property
    def may_lack_code(self) -> bool:
        """Whether a success may come without a code."""

    @property
    def success_field(self) -> str:
        """Field that tells success beside the code; empty for none."""

    @property
    def success_value(self) -> bool | int | float | str:
        """What stands there in a success."""

    @property
    def error_value(self) -> bool | int | float | str | None:
        """What stands there in an error; None for the opposite of true or false."""

    @property
    def fields(self) -> tuple[tuple[str, bool | int | float | str], ...]:
        """Fields that hold the same in each answer."""

    @property
    def echo(self) -> tuple[tuple[str, str], ...]:
        """Fields that repeat one of the request."""

    def own_fields(self, *, has_code: bool) -> set[str]:
        """Return the fields at top level that are the envelope's own."""

    def spell(self, code: int | str) -> int | str:
        """Return a code as this shape writes it on the wire."""


def write_envelope(
    shape: WrittenShape,
    code: int | str | None,
    message: str | None,
    data: Any = None,
    fields: Mapping[str, Any] | None = None,
    *,
    is_success: bool = False,
) -> dict[str, Any]:
    """Return an envelope as the object that its JSON is, without what repeats the request.

    Args:
        shape: Which fields carry what.
        code: The code, as it stands on the wire; None for a success that has none.
        message: The message, with its parameters filled in; None to leave it out.
        data: Any JSON value that ``check_data`` lets pass; None for none.
        fields: Further fields and their JSON values, by their names or the paths to them.
        is_success: Whether it means success.
    """
    envelope: dict[str, Any] = {}
    if code is not None:
        put_field(envelope, shape.code, code)
    if shape.message and message is not None:
        put_field(envelope, shape.message, message)
    if shape.data == "*":
        envelope |= data or {}
    elif shape.data and (data is not None or is_success or not shape.may_lack_code):
        put_field(envelope, shape.data, data)
    told = tell_success(shape, is_success=is_success)
    for path, value in (*told, *shape.fields, *(fields or {}).items()):
        put_field(envelope, path, value)
    return envelope


def tell_success(
    shape: WrittenShape, *, is_success: bool
) -> tuple[tuple[str, bool | int | float | str], ...]:
    """Return the field that tells success, with its value; nothing where there is none to write."""
    value = shape.success_value if is_success else shape.error_value
    if value is None and isinstance(shape.success_value, bool):
        value = not shape.success_value
    return ((shape.success_field, value),) if shape.success_field and value is not None else ()


def check_data(shape: WrittenShape, data: object, call: str, *, has_code: bool) -> None:
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
    if shape.data != "*" or data is None:
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
        return _ENCODER.encode(envelope).encode()
    except (TypeError, ValueError, RecursionError) as fault:
        raise ErrcodesUsageError(
            "data-not-json",
            f"{call}: JSON cannot hold this data: {fault}",
            "give strings, numbers, booleans, None, lists and dicts",
        ) from None
