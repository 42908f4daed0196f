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
        """Field that carries the message."""

    @property
    def data(self) -> str:
        """Field that carries the data; empty when the envelope has none."""


def write_envelope(
    shape: WrittenShape,
    code: int | str,
    message: str,
    data: Any = None,
    fields: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return an envelope as the object that its JSON is.

    Args:
        shape: Which fields carry what.
        code: The code, as it stands on the wire.
        message: The message, with its parameters filled in.
        data: Any JSON value; not for a shape without a field for data.
        fields: Further fields and their JSON values, by their names or the paths to them.
    """
    envelope: dict[str, Any] = {}
    put_field(envelope, shape.code, code)
    put_field(envelope, shape.message, message)
    if shape.data:
        put_field(envelope, shape.data, data)
    for path, value in (fields or {}).items():
        put_field(envelope, path, value)
    return envelope


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
