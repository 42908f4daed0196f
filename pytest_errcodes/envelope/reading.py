"""Reading the parts of an envelope out of a body, a response, an exception, any object."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.foreign_objects import (
    ABSENT,
    find_foreign_code,
    get_attribute,
    name_type,
    read_response,
)
from pytest_errcodes.envelope.json_body import parse_object
from pytest_errcodes.envelope.recorded import Recorded
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError, Origin, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape

_DEEPEST = 5
_SWALLOWED = "if the client returned it, it may have swallowed the error"


class Reading(NamedTuple):
    """The parts of an envelope, and where they were read.

    Attributes:
        code: The business code as it came; its type is not judged here.
        message: The message, or None when there was none.
        data: The data, any JSON value; None when there was none.
        shape: The envelope shape it was read by.
        http_status: The HTTP status it came with, or None when that is not known.
        source: The object whose fields they were: a mapping or any object.
        recorded: Whether it was read out of what a mock kept.
    """

    code: Code
    message: str | None
    data: Any
    shape: EnvelopeShape
    http_status: int | None
    source: object
    recorded: bool = False

    def field(self, name: str) -> Any:
        """Return a field beside those of the envelope; ``ABSENT`` when it is missing."""
        if isinstance(self.source, Mapping):
            return self.source.get(name, ABSENT)
        return get_attribute(self.source, name)


class Readable:
    """What was read before and gives its own reading: an envelope."""

    __slots__ = ()

    def reading(self) -> Reading:
        """Return the parts it was made of."""
        raise NotImplementedError


def read(obj: object, catalog: Catalog, shape: EnvelopeShape | None = None) -> Reading | Refusal:
    """Read the parts of an envelope out of ``obj``, as ``Envelope.of`` says.

    Args:
        obj: What may hold an envelope.
        catalog: Whose shapes are tried.
        shape: The one shape to read by instead.

    Returns:
        The parts, or why it is no envelope.
    """
    try:
        found = _Reader(catalog, (shape,) if shape else catalog.shapes).read(obj)
        return found._replace(recorded=True) if isinstance(obj, Recorded) else found
    except Refused as refused:
        return refused.refusal


class _Reader:
    """Reads by some shapes; one for each object to be read."""

    def __init__(self, catalog: Catalog, shapes: tuple[EnvelopeShape, ...]) -> None:
        self.catalog = catalog
        self.shapes = shapes

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        for reader in current().readers:
            try:
                found = reader(obj)
            except NotAnEnvelopeError as error:
                raise Refused(Refusal.of_error(error)) from None
            if found is not None:
                return self._read_known(found, holder, depth)
        return self._read_known(obj, holder, depth)

    def _read_known(self, obj: object, holder: str, depth: int) -> Reading:
        if isinstance(obj, Readable):
            return obj.reading()
        if obj is None:
            Origin(obj, holder=holder).refuse("it is None", _SWALLOWED)
        if isinstance(obj, Mapping):
            return self._read_mapping(obj, Origin(obj, holder=holder))
        if isinstance(obj, str | bytes | bytearray | memoryview):
            body = bytes(obj) if isinstance(obj, memoryview) else obj
            return self._read_body(body, Origin(body, holder=holder))
        if isinstance(obj, BaseException):
            return self._read_exception(obj, holder, depth)
        if response := read_response(obj):
            origin = Origin(response.body, response.http_status, response.content_type, holder)
            if response.body is None:
                origin.refuse(response.obstacle, response.hint)
            return self._read_body(response.body, origin)
        return self._read_attributes(obj, Origin(obj, holder=holder))

    def _read_body(self, body: str | bytes | bytearray, origin: Origin) -> Reading:
        return self._read_mapping(parse_object(body, origin), origin)

    def _read_mapping(self, mapping: Mapping[Any, Any], origin: Origin) -> Reading:
        shape = self._find_shape(mapping.__contains__)
        if shape is None:
            names = " or ".join(dict.fromkeys(repr(shape.code) for shape in self.shapes))
            return origin.refuse(f"the field {names} is missing", _advise_on_fields(mapping))
        code = self._check_code(mapping[shape.code], shape, f"the field {shape.code!r}", origin)
        message = mapping.get(shape.message)
        message = _check_message(message, f"the field {shape.message!r}", origin)
        data = mapping.get(shape.data) if shape.data else None
        return Reading(code, message, data, shape, origin.http_status, mapping)

    def _read_exception(self, error: BaseException, holder: str, depth: int) -> Reading:
        refusal: Refusal | None = None
        for name in ("envelope", "response"):
            carried = get_attribute(error, name)
            if carried is ABSENT or carried is None or depth == _DEEPEST:
                continue
            try:
                return self.read(carried, f"the .{name} of {type(error).__name__}", depth + 1)
            except Refused as refused:
                refusal = refusal or refused.refusal
        try:
            return self._read_attributes(error, Origin(error, holder=holder))
        except Refused as refused:
            # What the exception carries was meant to be read; that it has no code was not.
            raise Refused(refusal or refused.refusal) from None

    def _read_attributes(self, obj: object, origin: Origin) -> Reading:
        if foreign := find_foreign_code(obj):
            status = get_attribute(obj, foreign.status_field) if foreign.status_field else None
            known = Origin(obj, status if isinstance(status, int) else None, "", origin.holder)
            known.refuse(f"the code of {foreign.owner} is {foreign.meaning}", foreign.hint)
        names = _Names.of(obj, self.shapes)
        shape = names.shape
        if not names.code:
            reason = f"{name_type(obj)} has no attribute {shape.code!r}"
            origin.refuse(reason, _advise_on_type(obj))
        value = get_attribute(obj, names.code)
        if callable(value):
            origin.refuse(f"the {names.code!r} of {name_type(obj)} is a method, as in gRPC errors")
        if not names.message:
            hint = f"give it an attribute {shape.message!r}, or one 'envelope' or 'response'"
            origin.refuse(f"{name_type(obj)} has a code and no message", hint)
        code = self._check_code(value, shape, f"the attribute {names.code!r}", origin)
        message = get_attribute(obj, names.message)
        message = _check_message(message, f"the attribute {names.message!r}", origin)
        data = get_attribute(obj, names.data) if names.data else None
        return Reading(code, message, data, shape, _find_http_status(obj), obj)

    def _find_shape(self, has: Callable[[str], bool]) -> EnvelopeShape | None:
        with_code = [shape for shape in self.shapes if has(shape.code)]
        whole = (shape for shape in with_code if has(shape.message))
        return next(whole, with_code[0] if with_code else None)

    def _check_code(self, value: Any, shape: EnvelopeShape, where: str, origin: Origin) -> Code:
        """Return a code as a plain integer or text; refuse what is neither."""
        if isinstance(value, enum.Enum) and not isinstance(value, int | str):
            value = value.value
        if isinstance(value, bool) or not isinstance(value, int | str):
            origin.refuse(f"{where} is {_name_kind(value)}, not an integer or a string")
        if isinstance(value, int):
            return int(value)
        return self._as_documented(str.__str__(value), shape)

    def _as_documented(self, text: str, shape: EnvelopeShape) -> Code:
        """Return a code that may be written both ways as the catalog writes its codes."""
        if shape.code_type != "either" or not isinstance(next(iter(self.catalog), 0), int):
            return text
        from pytest_errcodes.catalog.model import other_spelling

        return other_spelling(text)


class _Names(NamedTuple):
    """By which names an object has its code, message and data; empty for what it has not."""

    shape: EnvelopeShape
    code: str
    message: str
    data: str

    @classmethod
    def of(cls, obj: object, shapes: tuple[EnvelopeShape, ...]) -> _Names:
        """Find the first shape whose fields are there, else whatever names there are."""
        for shape in shapes:
            if _has(obj, shape.code) and _has(obj, shape.message):
                data = _find_name(obj, shape.data, "data")
                return cls(shape, shape.code, shape.message, data)
        code = _find_name(obj, *(shape.code for shape in shapes), "code")
        messages = (*(shape.message for shape in shapes), "message", "msg") if code else ()
        data = _find_name(obj, shapes[0].data, "data")
        return cls(shapes[0], code, _find_name(obj, *messages), data)


def _has(obj: object, name: str) -> bool:
    return name != "" and get_attribute(obj, name) is not ABSENT


def _find_name(obj: object, *names: str) -> str:
    """Return the first of some names that an object has an attribute of; empty for none."""
    for name in names:
        if _has(obj, name):
            return name
    return ""


def _check_message(value: Any, where: str, origin: Origin) -> str | None:
    """Return a message; refuse what is neither text nor None."""
    if value is None or isinstance(value, str):
        return value
    return origin.refuse(f"{where} is {_name_kind(value)}, not a string")


def _name_kind(value: Any) -> str:
    """Return what a value is in JSON's words: ``null``, ``a number (7)``."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        from pytest_errcodes.text.wording import show_value

        return f"{'a bool' if isinstance(value, bool) else 'a number'} ({show_value(value)})"
    if isinstance(value, Mapping):
        return "an object"
    return f"a {type(value).__name__}"


def _find_http_status(obj: object) -> int | None:
    for name in ("http_status", "status_code"):
        value = get_attribute(obj, name)
        if isinstance(value, int) and 100 <= value <= 599:
            return int(value)
    return None


def _advise_on_fields(mapping: Mapping[Any, Any]) -> str:
    """Return a hint when a field looks like the code under another name."""
    for name in mapping:
        if isinstance(name, str) and "code" in name.lower():
            return f'if {name!r} is the code, the catalog must say so: [envelope] code = "{name}"'
    return ""


def _advise_on_type(obj: object) -> str:
    """Return a hint for an object that has no code."""
    if inspect.isawaitable(obj):
        return "await it first"
    if isinstance(obj, BaseException):
        return "give it 'code' and 'message', or an attribute 'envelope' or 'response'"
    return ""
