"""Reading the parts of an envelope out of a body: an object of JSON, a list, a payload."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_writing import as_mapping
from pytest_errcodes.catalog.field_paths import ABSENT, find_data, find_field
from pytest_errcodes.catalog.outcome import (
    fits_constants,
    has_code,
    judge_code,
    judge_codeless,
)
from pytest_errcodes.envelope.code_values import find_code, is_of_catalog
from pytest_errcodes.envelope.field_advice import advise_on_fields
from pytest_errcodes.envelope.json_body import parse_object, parse_value
from pytest_errcodes.envelope.parts import Reading
from pytest_errcodes.envelope.refusal import Origin, Refusal, Refused
from pytest_errcodes.text.true_kinds import is_a
from pytest_errcodes.text.wording import name_kind

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, EnvelopeShape

_NO_CONTENT = 204
#: The rank of a shape of which an answer has all.
_WHOLE = (True, 2, True, True)
_BLANKS = 100


def read_sent(
    body: bytes, http_status: int, catalog: Catalog, shape: EnvelopeShape
) -> Reading | Refusal:
    """Read the body of an answer, as it is sent, by one shape; the arguments are its parts."""
    try:
        return BodyReader(catalog, (shape,)).read_body(body, Origin(body, http_status))
    except Refused as refused:
        return refused.refusal


def _begins_list(body: str | bytes | bytearray) -> bool:
    start = body[:_BLANKS].lstrip()[:1]
    # Apart: `python -bb` raises where a text is compared with bytes.
    return start == "[" if isinstance(start, str) else start == b"["


class BodyReader:
    """Reads bodies by some shapes."""

    def __init__(self, catalog: Catalog, shapes: tuple[EnvelopeShape, ...]) -> None:
        self.catalog = catalog
        self.shapes = shapes

    def read_body(self, body: str | bytes | bytearray, origin: Origin) -> Reading:
        """Read the body of an answer, or a text in which nothing else stands."""
        if self.may_be_list and _begins_list(body):
            reading = self.read_list(parse_value(body, origin), origin)
            if reading is not None:
                return reading
        if origin.http_status is not None and any(map(_takes_bodies, self.shapes)):
            reading = self._read_payload(body, origin)
            if reading is not None:
                return reading
        return self.read_mapping(parse_object(body, origin), origin)

    @property
    def may_be_list(self) -> bool:
        """Whether a list may be an envelope, by some shape."""
        return any(shape.may_be_list for shape in self.shapes)

    def read_list(self, values: list[Any], origin: Origin) -> Reading | None:
        """Return what a list says that is the whole body; None for one that may be a payload."""
        view = as_mapping(values)
        coded = [shape for shape in self.shapes if shape.is_list and has_code(view, shape)]
        if coded:
            reader = BodyReader(self.catalog, tuple(coded))
            return reader.read_mapping(view, origin)._replace(source=values)
        status = origin.http_status
        is_fine = status is None or 200 <= status < 300
        shape = next((one for one in self.shapes if one.items == TOP_LEVEL), None)
        if shape is None:
            if not is_fine:
                origin.refuse(f"the field {self.shapes[0].code!r} is missing")
            return None
        items = self._read_items(view, shape, status)
        if len(items) < len(values):
            origin.refuse(f"{len(values) - len(items)} of the {len(values)} items have no code")
        if not is_fine and all(one.is_success for one in items):
            origin.refuse(f"no item is an error, and HTTP status {status} is none of a success")
        return Reading(None, None, values, shape, status, values, succeeded=is_fine, items=items)

    def _read_payload(self, body: str | bytes | bytearray, origin: Origin) -> Reading | None:
        """Return a success whose payload is a list, or that has no body, as its status says."""
        status = origin.http_status
        if status is None or not 200 <= status < 300:
            return None
        data: Any = None
        if status != _NO_CONTENT or body:
            if not _begins_list(body):
                return None
            data = parse_value(body, origin)
        shape = next(filter(_takes_bodies, self.shapes))
        return Reading(None, None, data, shape, status, data, succeeded=True)

    def read_mapping(self, mapping: Mapping[Any, Any], origin: Origin) -> Reading:
        """Read an object of JSON, or a mapping that a client made of it."""
        shape = self._find_shape(mapping)
        if shape is None:
            return self._read_codeless(mapping, origin)
        value = find_field(mapping, shape.code)
        code = find_code(value, shape, self.catalog)
        if code is None:
            kind = name_kind(value)
            origin.refuse(f"the field {shape.code!r} is {kind}, not an integer or a string")
        message = _find_message(mapping, shape)
        if message is not None and not isinstance(message, str):
            kind = name_kind(message)
            origin.refuse(f"the field {shape.message!r} is {kind}, not a string")
        if message is not None and type(message) is not str:
            message = str.__str__(message)
        data = find_data(mapping, shape)
        reading = Reading(code, message, data, shape, origin.http_status, mapping)
        if shape.is_plain and is_of_catalog(shape, self.catalog):
            return reading
        is_error = code in self.catalog
        status = origin.http_status
        return reading._replace(
            succeeded=judge_code(mapping, shape, value, status, is_error=is_error),
            items=self._read_items(mapping, shape, status),
        )

    def _read_codeless(self, mapping: Mapping[Any, Any], origin: Origin) -> Reading:
        """Return a success that has no code, if that is what it is."""
        shape, reason, hint = judge_codeless(mapping, self.shapes, origin.http_status)
        if shape is None:
            names = " or ".join(dict.fromkeys(repr(shape.code) for shape in self.shapes))
            missing = f"the field {names} is missing"
            return origin.refuse(reason or missing, hint or advise_on_fields(mapping))
        message = _find_message(mapping, shape)
        # Else a field of the payload that is called so.
        message = str.__str__(message) if isinstance(message, str) else None
        data, status = find_data(mapping, shape, has_code=False), origin.http_status
        items = self._read_items(mapping, shape, status)
        return Reading(None, message, data, shape, status, mapping, succeeded=True, items=items)

    def _read_items(
        self, mapping: Mapping[Any, Any], shape: EnvelopeShape, http_status: int | None
    ) -> tuple[Reading, ...]:
        """Return those items of a batch that have a code, or are told to be successes."""
        if not shape.items:
            return ()
        found = mapping if shape.items == TOP_LEVEL else find_field(mapping, shape.items)
        if found is mapping and not mapping.keys() <= as_mapping([*mapping]).keys():
            return ()  # an answer to one request alone
        values = list(found.values()) if is_a(found, Mapping) else found
        if not is_a(values, list):
            return ()
        own = [one for one in self.catalog.shapes if one.name == (shape.item_shape or shape.name)]
        shapes = tuple(one.replaced(items="", item_shape="") for one in own or [shape])
        reader = BodyReader(self.catalog, shapes)
        readings = []
        for value in values:
            if is_a(value, Mapping):
                with suppress(Refused):
                    readings.append(reader.read_mapping(value, Origin(value, http_status)))
        return tuple(readings)

    def _find_shape(self, mapping: Mapping[Any, Any]) -> EnvelopeShape | None:
        with_code = [one for one in self.shapes if has_code(mapping, one)]
        if len(with_code) < 2:
            return with_code[0] if with_code else None
        ranks: list[tuple[bool | int, ...]] = []
        for one in with_code:
            rank = self._rank(mapping, one)
            if rank == _WHOLE:
                return one
            ranks.append(rank)
        return with_code[ranks.index(max(ranks))]

    def _rank(self, mapping: Mapping[Any, Any], shape: EnvelopeShape) -> tuple[bool | int, ...]:
        """Return how well a shape fits that has its code in an answer; more is better."""
        has_message = any(find_field(mapping, one) is not ABSENT for one in shape.message_fields)
        worded = 2 if has_message else int(not shape.message)
        is_of_type = shape.allows(find_field(mapping, shape.code))
        path = shape.data
        has_data = path in ("", TOP_LEVEL) or find_field(mapping, path) is not ABSENT
        return (fits_constants(mapping, shape), worded, is_of_type, has_data)


def _takes_bodies(shape: EnvelopeShape) -> bool:
    """Whether the body of a success is its payload, so that it may be a list, or empty."""
    return shape.success_rule != "codes" and shape.data == TOP_LEVEL


def _find_message(mapping: Mapping[Any, Any], shape: EnvelopeShape) -> Any:
    """Return what stands in the first of the message's fields that is there; None for none."""
    for path in shape.message_fields:
        value = find_field(mapping, path)
        if value is not ABSENT:
            return value
    return None
