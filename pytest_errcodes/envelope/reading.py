"""Reading the parts of an envelope out of a body, a response, an exception, any object."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.evidence import Evidence
from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_writing import as_mapping
from pytest_errcodes.catalog.field_paths import ABSENT, find_data, find_field
from pytest_errcodes.catalog.model import ErrorCode
from pytest_errcodes.catalog.outcome import (
    fits_constants,
    has_code,
    judge_code,
    judge_codeless,
)
from pytest_errcodes.envelope.attribute_names import HTTP_STATUSES
from pytest_errcodes.envelope.broken_objects import make_plain, name_class, tell_error
from pytest_errcodes.envelope.carried_answers import CarriedAnswers
from pytest_errcodes.envelope.code_values import (
    find_code,
    is_documented,
    is_of_catalog,
)
from pytest_errcodes.envelope.field_advice import advise_on_fields, find_held_exception
from pytest_errcodes.envelope.foreign_objects import (
    find_foreign_code,
    name_type,
    peek_at_error,
    read_response,
)
from pytest_errcodes.envelope.json_body import parse_object, parse_value
from pytest_errcodes.envelope.object_reading import ObjectReader
from pytest_errcodes.envelope.own_code import OwnCode
from pytest_errcodes.envelope.parts import Readable, Reading, find_wrong_part
from pytest_errcodes.envelope.plain_errors import read_plain_error
from pytest_errcodes.envelope.recorded import Recorded
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError, Origin, Refusal, Refused
from pytest_errcodes.errors import ErrcodesError, ErrcodesUsageError
from pytest_errcodes.text.json_values import name_kind
from pytest_errcodes.text.true_kinds import is_a, is_one_of

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, EnvelopeShape
    from pytest_errcodes.envelope.foreign_objects import Response

__all__ = ["Reading", "read"]

#: Whose responses have no code of their own.
_LIBRARIES = ("httpx", "httpx2", "requests", "aiohttp", "urllib3")
_NO_CONTENT = 204
_BODIES = (str, bytes, bytearray)
_TEXTS = (*_BODIES, memoryview)
#: Failures of a test. A tuple, as a union is made anew each time.
_FAILURES = (AssertionError, ErrcodesError)
#: An object may hold others without an end.
_MOST_ANSWERS = 30
#: The rank of a shape of which an answer has all.
_WHOLE = (True, 2, True, True)
_BLANKS = 100
_SWALLOWED = "if the client returned it, it may have swallowed the error"


def read(obj: object, catalog: Catalog, shape: EnvelopeShape | None = None) -> Reading | Refusal:
    """Read the parts of an envelope out of ``obj``, as ``Envelope.of`` says.

    What says one code and carries another is read as what it says; the evidence of the reading
    tells of the contradiction, and comparing it with anything fails.

    Args:
        obj: What may hold an envelope.
        catalog: Whose shapes are tried.
        shape: The one shape to read by instead.

    Returns:
        The parts, or why it is no envelope.
    """
    try:
        return _Reader(catalog, (shape,) if shape else catalog.shapes).read(obj)
    except Refused as refused:
        return refused.refusal


def read_sent(
    body: bytes, http_status: int, catalog: Catalog, shape: EnvelopeShape
) -> Reading | Refusal:
    """Read the body of an answer, as it is sent, by one shape; the arguments are its parts."""
    try:
        return _Reader(catalog, (shape,)).read_body(body, Origin(body, http_status))
    except Refused as refused:
        return refused.refusal


class _Reader:
    """Reads by some shapes; one for each object to be read."""

    def __init__(self, catalog: Catalog, shapes: tuple[EnvelopeShape, ...]) -> None:
        self.catalog = catalog
        self.shapes = shapes
        self._left = _MOST_ANSWERS

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        """Read one object; whatever it raises, other than Ctrl-C and the like, is a refusal."""
        self._left -= 1
        if self._left < 0:
            Origin(obj, holder=holder).refuse(f"more than {_MOST_ANSWERS} answers are in it")
        if is_a(obj, _FAILURES):
            reason = f"{name_type(obj)} is a failure of the test, and no answer of the API"
            Origin(obj, holder=holder).refuse(reason)
        found = _ask_readers(obj)
        try:
            reading = self._read_known(obj if found is None else found, holder, depth)
            return reading._replace(recorded=True) if isinstance(obj, Recorded) else reading
        except (Refused, ErrcodesUsageError):
            raise
        except Exception as error:  # noqa: BLE001  # a foreign object may raise anything
            reason = f"reading {name_type(obj)} raised {tell_error(error)}"
            refusal = Refusal(f"{reason} (in {holder})" if holder else reason, came=obj)
        raise Refused(refusal)

    def _read_known(self, obj: Any, holder: str, depth: int) -> Reading:
        if isinstance(obj, Readable):
            reading = obj.reading()
            if wrong := find_wrong_part(reading):
                Origin(obj, holder=holder).refuse(f"{wrong}: {name_type(obj)} was built so")
            return reading
        if isinstance(obj, ErrorCode):
            reason = "an entry of the catalog is no answer of the API"
            Origin(obj, holder=holder).refuse(reason, "assert what the client raises or returns")
        if obj is None:
            Origin(obj, holder=holder).refuse("it is None", _SWALLOWED)
        if is_a(obj, Mapping):
            return self._read_mapping(obj, Origin(obj, holder=holder))
        if isinstance(obj, _TEXTS):
            body: Any = obj if is_one_of(type(obj), _BODIES) else make_plain(obj)
            return self.read_body(body, Origin(body, holder=holder))
        is_error = isinstance(obj, BaseException)
        response = (peek_at_error if is_error else read_response)(obj)
        if response and not is_error and not self._speaks_for_itself(obj):
            try:
                return self._read_response(response, holder)
            except Refused:
                # What an exception carries says nothing against the code that it says itself.
                if depth or not self._is_coded_by_status(response):
                    raise
                return self._read_status(obj, response)
        return self._read_object(obj, holder, depth, response)

    def _read_response(self, response: Response, holder: str) -> Reading:
        origin = Origin(response.body, response.http_status, response.content_type, holder)
        if response.body is None:
            origin.refuse(response.obstacle, response.hint)
        body = response.body
        if not is_one_of(type(body), _BODIES):
            body = make_plain(body)
            origin = origin._replace(came=body)
        return self.read_body(body, origin)

    def _read_status(self, obj: object, response: Response) -> Reading:
        status, evidence = response.http_status, Evidence("attribute", name_class(obj))
        parts = (status, None, None, self.shapes[0], status, response.body)
        return Reading(*parts, evidence=evidence)

    def _is_coded_by_status(self, response: Response) -> bool:
        """Whether an HTTP status is a code: the catalog has it, and finds codes in such a place."""
        if not is_documented(response.http_status, self.catalog):
            return False
        names = (name for shape in self.shapes for name in shape.attributes)
        return any(name.rpartition(".")[2] in HTTP_STATUSES for name in names)

    def read_body(self, body: str | bytes | bytearray, origin: Origin) -> Reading:
        if body[:_BLANKS].lstrip()[:1] in ("[", b"[") and self._may_be_list:
            reading = self._read_list(parse_value(body, origin), origin)
            if reading is not None:
                return reading
        if origin.http_status is not None and any(map(_takes_bodies, self.shapes)):
            reading = self._read_payload(body, origin)
            if reading is not None:
                return reading
        return self._read_mapping(parse_object(body, origin), origin)

    @property
    def _may_be_list(self) -> bool:
        return any(shape.may_be_list for shape in self.shapes)

    def _read_list(self, values: list[Any], origin: Origin) -> Reading | None:
        """Return what a list says that is the whole body; None for one that may be a payload."""
        view = as_mapping(values)
        coded = [shape for shape in self.shapes if shape.is_list and has_code(view, shape)]
        if coded:
            reader = _Reader(self.catalog, tuple(coded))
            return reader._read_mapping(view, origin)._replace(source=values)
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
            start = body[:_BLANKS].lstrip()[:1]
            if start not in ("[", b"["):
                return None
            data = parse_value(body, origin)
        shape = next(filter(_takes_bodies, self.shapes))
        return Reading(None, None, data, shape, status, data, succeeded=True)

    def _read_mapping(self, mapping: Mapping[Any, Any], origin: Origin) -> Reading:
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
        values = list(found.values()) if isinstance(found, Mapping) else found
        if not isinstance(values, list):
            return ()
        own = [one for one in self.catalog.shapes if one.name == (shape.item_shape or shape.name)]
        shapes = tuple(replace(one, items="", item_shape="") for one in own or [shape])
        reader = _Reader(self.catalog, shapes)
        readings = []
        for value in values:
            if is_a(value, Mapping):
                with suppress(Refused):
                    readings.append(reader._read_mapping(value, Origin(value, http_status)))
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

    def _speaks_for_itself(self, obj: object) -> bool:
        """Whether a response has an attribute for the code beside its body."""
        if type(obj).__module__.partition(".")[0] in _LIBRARIES or find_foreign_code(obj):
            return False
        return bool(OwnCode(obj, self.shapes, self.catalog).said)

    def _read_object(
        self, obj: object, holder: str, depth: int, response: Response | None
    ) -> Reading:
        if isinstance(obj, BaseException):
            plain = read_plain_error(obj, self.shapes, self.catalog)
            if plain is not None:
                return plain
        origin = Origin(obj, holder=holder)
        if isinstance(obj, list) and self._may_be_list and (listed := self._read_list(obj, origin)):
            return listed
        if not isinstance(obj, BaseException) and (held := find_held_exception(obj)):
            # Such as what pytest.raises gives: it is the exception that carries the code.
            origin.refuse(f"{name_type(obj)} holds an exception, and is none", f"pass its .{held}")
        answers = CarriedAnswers.of(obj, self, depth)
        if response is not None and response.body is not None:
            where = f"the .content of {name_class(obj)}"
            answers.add(".content", response.body, self, where, depth)
        reading = ObjectReader(self, obj, origin, answers).read()
        if response is None or reading.http_status is not None:
            return reading
        return reading._replace(http_status=response.http_status)


def _ask_readers(obj: object) -> object:
    """Return what a reader of the run makes of an object; what one raises is its own failure."""
    for reader in current().readers:
        try:
            found = reader(obj)
        except NotAnEnvelopeError as error:
            raise Refused(Refusal.of_error(error)) from None
        if found is not None:
            return found
    return None


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
