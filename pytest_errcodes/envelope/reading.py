"""Reading an envelope out of a mapping, a body, a response, an exception or any object."""

from __future__ import annotations

import enum
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.envelope import Envelope, NotAnEnvelopeError
from pytest_errcodes.envelope.foreign_objects import (
    ABSENT,
    attribute,
    foreign_code,
    response_of,
    type_name,
)
from pytest_errcodes.text.secrets import mask_text
from pytest_errcodes.text.wording import escape, show_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog import Catalog, Code, EnvelopeShape

_SHOWN = 200
# More than is shown: a secret that the end of the piece cuts in two is found all the same.
_MASKED = 1_000
_DEEPEST = 5
_SWALLOWED = "if the client returned it, it may have swallowed the error"


@dataclass(frozen=True, slots=True)
class Reading:
    """An envelope, and the object whose fields it was read from: a mapping or any object."""

    envelope: Envelope
    source: object

    def field(self, name: str) -> Any:
        """Return a field beside those of the envelope; ``ABSENT`` when it is missing."""
        if isinstance(self.source, Mapping):
            return self.source.get(name, ABSENT)
        return attribute(self.source, name)


def read(obj: object, catalog: Catalog, shape: EnvelopeShape | None = None) -> Reading:
    """Read an envelope out of ``obj``, as ``Envelope.of`` says.

    Args:
        obj: What may hold an envelope.
        catalog: Whose shapes are tried.
        shape: The one shape to read by instead.

    Raises:
        NotAnEnvelopeError: No envelope can be read out of it.
    """
    return _Reader(catalog, (shape,) if shape else catalog.shapes).read(obj)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a refusal shows of the object that was refused.

    Attributes:
        came: The body or the object itself.
        http_status: The HTTP status it came with, or None.
        content_type: The content type it came with; may be empty.
        holder: What held it: ``the .response of HTTPStatusError``; empty when nothing did.
    """

    came: object
    http_status: int | None = None
    content_type: str = ""
    holder: str = ""

    def refuse(self, fault: str, hint: str = "") -> NoReturn:
        """Raise the error that says what was wrong, and shows what it was."""
        where = f" (in {self.holder})" if self.holder else ""
        lines = [f"not an envelope: {fault}{where}"]
        if self.http_status is not None:
            lines.append(f"  HTTP status   {self.http_status}")
        if self.content_type:
            lines.append(f"  content type  {escape(self.content_type)}")
        if isinstance(self.came, str | bytes | bytearray):
            if self.came:
                lines.append(f"  body          {_beginning(self.came)}")
        elif self.came is not None:
            lines.append(f"  value         {_beginning(show_value(self.came))}")
        raise NotAnEnvelopeError("not-an-envelope", "\n".join(lines), hint)


def _beginning(body: str | bytes | bytearray) -> str:
    piece = body[:_MASKED]
    text = piece if isinstance(piece, str) else piece.decode("utf-8", "backslashreplace")
    shown = mask_text(text)
    if len(shown) <= _SHOWN and len(body) <= _MASKED:
        return escape(shown)
    size = f"{len(body):,} {'characters' if isinstance(body, str) else 'bytes'}"
    return f"{escape(shown[:_SHOWN])}… ({size})"


class _NotANumberError(ValueError):
    """NaN or an infinity, which Python's JSON reader lets through and JSON does not know."""


def _refuse_constant(name: str) -> NoReturn:
    raise _NotANumberError(name)


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)
_JSON_KINDS = {list: "a list", str: "a string", int: "a number", float: "a number"}


class _Reader:
    """Reads by some shapes; one for each object to be read."""

    def __init__(self, catalog: Catalog, shapes: tuple[EnvelopeShape, ...]) -> None:
        self.catalog = catalog
        self.shapes = shapes

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        for reader in current().readers:
            found = reader(obj)
            if found is not None:
                return self._read_known(found, holder, depth)
        return self._read_known(obj, holder, depth)

    def _read_known(self, obj: object, holder: str, depth: int) -> Reading:
        if isinstance(obj, Envelope):
            return Reading(obj, obj)
        if obj is None:
            _Origin(obj, holder=holder).refuse("it is None", _SWALLOWED)
        if isinstance(obj, Mapping):
            return self._read_mapping(obj, _Origin(obj, holder=holder))
        if isinstance(obj, str | bytes | bytearray | memoryview):
            body = bytes(obj) if isinstance(obj, memoryview) else obj
            return self._read_body(body, _Origin(body, holder=holder))
        if isinstance(obj, BaseException):
            return self._read_exception(obj, holder, depth)
        if response := response_of(obj):
            origin = _Origin(response.body, response.http_status, response.content_type, holder)
            if response.body is None:
                origin.refuse(response.fault, response.hint)
            return self._read_body(response.body, origin)
        return self._read_attributes(obj, _Origin(obj, holder=holder))

    def _read_body(self, body: str | bytes | bytearray, origin: _Origin) -> Reading:
        value = _json_value(_text_of(body, origin), origin)
        if isinstance(value, dict):
            return self._read_mapping(value, origin)
        kind = _JSON_KINDS.get(type(value)) or json.dumps(value)
        return origin.refuse(f"the JSON is {kind}, not an object")

    def _read_mapping(self, mapping: Mapping[Any, Any], origin: _Origin) -> Reading:
        shape = self._shape(mapping.__contains__)
        if shape is None:
            names = " or ".join(dict.fromkeys(repr(shape.code) for shape in self.shapes))
            return origin.refuse(f"the field {names} is missing", _likely_code(mapping))
        code = self._code(mapping[shape.code], shape, f"the field {shape.code!r}", origin)
        message = _message(mapping.get(shape.message), f"the field {shape.message!r}", origin)
        data = mapping.get(shape.data) if shape.data else None
        return Reading(Envelope(code, message, data, shape, origin.http_status), mapping)

    def _read_exception(self, error: BaseException, holder: str, depth: int) -> Reading:
        refusal: NotAnEnvelopeError | None = None
        for name in ("envelope", "response"):
            carried = attribute(error, name)
            if carried is ABSENT or carried is None or depth == _DEEPEST:
                continue
            try:
                return self.read(carried, f"the .{name} of {type(error).__name__}", depth + 1)
            except NotAnEnvelopeError as refused:
                refusal = refusal or refused
        try:
            return self._read_attributes(error, _Origin(error, holder=holder))
        except NotAnEnvelopeError as refused:
            # What the exception carries was meant to be read; that it has no code was not.
            raise (refusal or refused) from None

    def _read_attributes(self, obj: object, origin: _Origin) -> Reading:
        if foreign := foreign_code(obj):
            status = attribute(obj, foreign.status_field) if foreign.status_field else None
            known = _Origin(obj, status if isinstance(status, int) else None, "", origin.holder)
            known.refuse(f"the code of {foreign.owner} is {foreign.meaning}", foreign.hint)
        names = _Names.of(obj, self.shapes)
        shape = names.shape
        if not names.code:
            origin.refuse(f"{type_name(obj)} has no attribute {shape.code!r}", _advice(obj))
        value = attribute(obj, names.code)
        if callable(value):
            origin.refuse(f"the {names.code!r} of {type_name(obj)} is a method, as in gRPC errors")
        if not names.message:
            hint = f"give it an attribute {shape.message!r}, or one 'envelope' or 'response'"
            origin.refuse(f"{type_name(obj)} has a code and no message", hint)
        code = self._code(value, shape, f"the attribute {names.code!r}", origin)
        message = attribute(obj, names.message)
        message = _message(message, f"the attribute {names.message!r}", origin)
        data = attribute(obj, names.data) if names.data else None
        return Reading(Envelope(code, message, data, shape, _http_status(obj)), obj)

    def _shape(self, has: Callable[[str], bool]) -> EnvelopeShape | None:
        with_code = [shape for shape in self.shapes if has(shape.code)]
        whole = (shape for shape in with_code if has(shape.message))
        return next(whole, with_code[0] if with_code else None)

    def _code(self, value: Any, shape: EnvelopeShape, where: str, origin: _Origin) -> Code:
        if isinstance(value, enum.Enum) and not isinstance(value, int | str):
            value = value.value
        if isinstance(value, bool) or not isinstance(value, int | str):
            origin.refuse(f"{where} is {_kind(value)}, not an integer or a string")
        if isinstance(value, int):
            return int(value)
        return self._as_documented(str.__str__(value), shape)

    def _as_documented(self, text: str, shape: EnvelopeShape) -> Code:
        """Return a code that may be written both ways as the catalog writes its codes."""
        from pytest_errcodes.catalog.model import other_spelling

        has_numbers = isinstance(next(iter(self.catalog), 0), int)
        return other_spelling(text) if shape.code_type == "either" and has_numbers else text


@dataclass(frozen=True, slots=True)
class _Names:
    """By which names an object has its code, message and data; empty for what it has not."""

    shape: EnvelopeShape
    code: str
    message: str
    data: str

    @classmethod
    def of(cls, obj: object, shapes: tuple[EnvelopeShape, ...]) -> _Names:
        """Find the first shape whose fields are there, else whatever names there are."""

        def first(*names: str) -> str:
            present = (name for name in names if name and attribute(obj, name) is not ABSENT)
            return next(present, "")

        for shape in shapes:
            if first(shape.code) and first(shape.message):
                return cls(shape, shape.code, shape.message, first(shape.data, "data"))
        code = first(*(shape.code for shape in shapes), "code")
        message = first(*(shape.message for shape in shapes), "message", "msg") if code else ""
        return cls(shapes[0], code, message, first(shapes[0].data, "data"))


def _text_of(body: str | bytes | bytearray, origin: _Origin) -> str:
    if isinstance(body, str):
        text = body
    else:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = body[error.start]
            origin.refuse(f"the body is not UTF-8: byte 0x{byte:02x} at offset {error.start:,}")
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        origin.refuse("the body is empty")
    return text


def _json_value(text: str, origin: _Origin) -> Any:
    try:
        return _JSON.decode(text)
    except json.JSONDecodeError as error:
        fault, hint = _json_fault(text, error)
    except _NotANumberError as error:
        fault, hint = f"the body holds {error}, which JSON does not know", ""
    except RecursionError:
        fault, hint = "the JSON is nested too deep to read", ""
    except ValueError:
        fault, hint = "the JSON holds an integer with more digits than Python reads", ""
    return origin.refuse(fault, hint)


def _json_fault(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    start = text[:1_000].lstrip().lower()
    if start.startswith("<"):
        if "html" in start:
            hint = "something before the API answered: look at the URL, the proxy, the gateway"
            return "the body is an HTML page, not JSON", hint
        return "the body is XML, not JSON", ""
    rest = text[error.pos : error.pos + 6].rstrip()
    if any(word.startswith(rest) for word in ("true", "false", "null")) or error.msg.startswith(
        "Unterminated string"
    ):
        return f"the JSON is cut off after {len(text):,} characters", ""
    return f"the body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}", ""


def _message(value: Any, where: str, origin: _Origin) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return origin.refuse(f"{where} is {_kind(value)}, not a string")


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return f"{'a bool' if isinstance(value, bool) else 'a number'} ({show_value(value)})"
    if isinstance(value, Mapping):
        return "an object"
    return f"a {type(value).__name__}"


def _http_status(obj: object) -> int | None:
    for name in ("http_status", "status_code"):
        value = attribute(obj, name)
        if isinstance(value, int) and 100 <= value <= 599:
            return int(value)
    return None


def _likely_code(mapping: Mapping[Any, Any]) -> str:
    """Return a hint when a field looks like the code under another name."""
    for name in mapping:
        if isinstance(name, str) and "code" in name.lower():
            return f'if {name!r} is the code, the catalog must say so: [envelope] code = "{name}"'
    return ""


def _advice(obj: object) -> str:
    if inspect.isawaitable(obj):
        return "await it first"
    if isinstance(obj, BaseException):
        return "give it 'code' and 'message', or an attribute 'envelope' or 'response'"
    return ""
