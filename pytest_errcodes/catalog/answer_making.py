"""What a code is answered with: its message, its envelope in a shape, its HTTP status.

A reply of a route and a body for another mock are made here, with the same checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypedDict, TypeVar, cast

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL, EnvelopeFields
from pytest_errcodes.catalog.envelope_writing import check_data, encode_envelope, write_envelope
from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.answer_headers import Headers
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

Shape = TypeVar("Shape", bound=EnvelopeFields)


class BodyOptions(TypedDict, total=False):
    """What a body may say beyond its code and parameters.

    Keys:
        data: Any JSON value, for the envelope's data field; null if absent.
        message: A message other than the documented one.
        fields: Further fields of the envelope and their JSON values, by their names or paths.
        code_type: ``str`` or ``int``: how the code is sent; as the catalog has it if absent.
        alternative: Which of the code's messages is sent, from 0; if absent, the first that
            takes as many parameters as are given.
        shape: The name of the envelope shape; that of the code's section if absent.
    """

    data: Any
    message: str | None
    fields: Mapping[str, Any] | None
    code_type: type[str | int] | None
    alternative: int | None
    shape: str | None


class AnswerOptions(BodyOptions, total=False):
    """What an answer may say beyond its code and parameters.

    Keys:
        http_status: The HTTP status, 100 to 599; the catalog's (200 unless it says otherwise) if
            absent.
        headers: Headers to add, as a mapping or as pairs; they replace ours of the same name.
    """

    http_status: int | None
    headers: Headers | None


class AnsweredCode(Protocol):
    """What an answer asks of its code; ``ErrorCode`` is one."""

    @property
    def code(self) -> int | str:
        """The code; the empty text for a success that has none."""

    @property
    def is_success(self) -> bool:
        """Whether it stands for a success."""

    @property
    def is_undocumented(self) -> bool:
        """Whether it stands for a code that its catalog lacks."""

    @property
    def shape_name(self) -> str:
        """The name of the shape that its section chooses; empty for the default one."""

    @property
    def style(self) -> PlaceholderStyle:
        """How its messages write placeholders."""

    @property
    def templates(self) -> tuple[MessageTemplate, ...]:
        """Its messages, in order, as templates."""

    @property
    def http_status(self) -> int:
        """The HTTP status it is answered with."""


class Call(NamedTuple):
    """What asked for an answer, as texts name it.

    Attributes:
        verb: What was called, such as ``reply``.
        code: Its first argument; empty for a method of the code itself, and for no code.
        owner: Whose shapes they are: ``catalog 'ltp'``; empty where that is not known.
    """

    verb: str
    code: str
    owner: str = ""

    def show(self, *arguments: str) -> str:
        """Return the call with these arguments, as one would write it."""
        return f"{self.verb}({', '.join((self.code, *arguments) if self.code else arguments)})"


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
    message = _find_message(code, params, options, call)
    http_status = code.http_status
    chosen = options.get("http_status")
    if chosen is not None:
        http_status = _check_http_status(chosen)
    _check_fields(shape, options, items, call, has_message=not code.is_undocumented)
    wire = None if _is_codeless(code) else _spell_code(code.code, shapes, shape, options, call)
    data, fields = options.get("data"), options.get("fields")
    check_data(shape, data, call.show("data=..."), has_code=wire is not None)
    if isinstance(data, list) and shape.data == TOP_LEVEL:
        envelope: Any = data
    else:
        written = None if items is None else [_write_item(item, shapes, shape) for item in items]
        if written is not None:  # which stand within it, and it is the test's own
            inside = shape.data and shape.items.startswith(f"{shape.data}.")
            data = {} if data is None and inside else deepcopy(data)
        envelope = write_envelope(
            shape, wire, message, data, fields, items=written, is_success=code.is_success
        )
    if fields:
        encode_envelope({"fields": dict(fields)}, call.show("fields=..."))
    body = encode_envelope(envelope, call.show("data=..."))
    if not is_simple(shape, shapes):
        _check_reading(envelope, shape, code, http_status, call)
    return MadeAnswer(message if shape.message else None, body, http_status)


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
        None if _is_codeless(code) else code.code,
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
    return is_flat and shape.code_type == shapes[0].code_type != "either"


def _is_codeless(code: AnsweredCode) -> bool:
    return code.is_success and code.code == ""


def _check_fields(
    shape: EnvelopeFields,
    options: AnswerOptions,
    items: object,
    call: Call,
    *,
    has_message: bool,
) -> None:
    """Refuse an option for which the shape has no field; a code without template has to have one.

    Raises:
        ErrcodesUsageError: There is one (``reply-option``).
    """
    __tracebackhide__ = True
    envelope = f"the envelope of {call.owner}" if call.owner else "the envelope"
    if "data" in options and not shape.data:
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.show('data=...')}: {envelope} has no field for data",
            "name one in the catalog's [envelope], as in data = 'data', or leave out data=",
        )
    if has_message and options.get("message") is not None and not shape.message:
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.show('message=...')}: {envelope} has no field for a message",
            "name one in the catalog's [envelope], as in message = 'msg', or leave out message=",
        )
    if items is not None and not shape.items:
        owner = f" of {call.owner}" if call.owner else ""
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.verb}(..., items=...): the shape {shape.name!r}{owner} has no field for items",
            'name one in the catalog, as in items = "data.results"',
        )


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
    if _is_codeless(item):
        return write_envelope(inner, None, None, is_success=True)
    template = item.templates[0]
    message = template.render(*template.sample)
    return write_envelope(inner, inner.spell(item.code), message, is_success=item.is_success)


def check_option_names(options: Iterable[str], known: Iterable[str], verb: str) -> None:
    """Refuse an option that there is not.

    Raises:
        ErrcodesUsageError: One is not known; the hint names the nearest.
    """
    __tracebackhide__ = True
    known = list(known)
    for name in options:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, n=1)
            raise ErrcodesUsageError(
                "reply-option",
                f"{verb}(...) knows no option {name!r}; it knows {', '.join(known)}",
                f"did you mean {near[0]}=?" if near else "parameters of the message go by position",
            )


def _find_message(
    code: AnsweredCode, params: tuple[object, ...], options: AnswerOptions, call: Call
) -> str | None:
    """Return the message that is sent: the one that is given, or a documented one, filled in.

    A success that has no code comes without one.
    """
    __tracebackhide__ = True
    message, alternative = options.get("message"), options.get("alternative")
    if message is None:
        if code.is_undocumented:  # in a shape that has no field for a message
            return None
        filled = _fill(code, find_template(code, params, alternative), params, call)
        return None if _is_codeless(code) else filled
    if not isinstance(message, str):
        raise ErrcodesUsageError(
            "reply-message",
            f"message={show_value(message)} is not text",
            "give the whole message as text, or leave it out for the documented one",
        )
    if params or alternative is not None:
        other = "parameters" if params else "alternative="
        hint = "the parameters for" if params else "which one is"
        raise ErrcodesUsageError(
            "message-and-parameters",
            f"{call.show('...')} has both message= and {other}",
            f"give {hint} the documented message, or the whole message=",
        )
    return message


def find_template(
    code: AnsweredCode, params: tuple[object, ...], alternative: object = None
) -> MessageTemplate:
    """Return the message of a code that is meant.

    Args:
        code: The code.
        params: What stands in the message where it has placeholders.
        alternative: Its place among the code's messages, from 0; None for the first that takes so
            many parameters.

    Raises:
        ErrcodesUsageError: There is no such place, or no message takes so many parameters.
    """
    __tracebackhide__ = True
    templates = code.templates
    if alternative is not None:
        is_place = isinstance(alternative, int) and not isinstance(alternative, bool)
        if is_place and alternative in range(len(templates)):
            return templates[cast("int", alternative)]
        raise _refuse_alternative(code, alternative)
    if len(templates) == 1:
        return templates[0]
    for template in templates:
        if template.takes(len(params)):
            return template
    takes = "; ".join(f"{template.text!r} takes {template.count_text}" for template in templates)
    raise ErrcodesUsageError(
        "parameter-count",
        f"none of the {len(templates)} messages of {show_code(code.code)} takes {len(params)} "
        f"parameters: {takes}",
        "pass one parameter for each placeholder of one of them, in order",
    )


def _refuse_alternative(code: AnsweredCode, alternative: object) -> ErrcodesUsageError:
    number = len(code.templates)
    owns = "one message" if number == 1 else f"{number} messages"
    return ErrcodesUsageError(
        "alternative",
        f"alternative={show_value(alternative)}: {show_code(code.code)} has {owns}",
        "leave it out" if number == 1 else f"give a place from 0 to {number - 1}",
    )


def _fill(
    code: AnsweredCode, template: MessageTemplate, params: tuple[object, ...], call: Call
) -> str:
    """Return a message with the parameters filled in."""
    __tracebackhide__ = True
    message = template.render(*params)
    found = cover_foreign(template.text, code.style)[1] if code.style != "none" else []
    # {} may be an empty object, and <a and b> a comparison.
    foreign = [one for one in found if one.text != "{}" and one.style != "angle"]
    if not foreign:
        return message
    style, text = foreign[0]
    own = template.placeholders
    hint = f'say placeholders = "{style}" in the catalog, under [envelope]'
    if own:
        hint = f"write {own[0]} and {text} in one style in the catalog"
    raise ErrcodesUsageError(
        "foreign-placeholder",
        f"{call.show()} would send {text} as it is: the message "
        f"{show_value(template.text)} is read with placeholders of the style {code.style!r}",
        f"{hint}; if the API does send {text}, give the whole message=",
    )


def _check_http_status(status: object) -> int:
    __tracebackhide__ = True
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise ErrcodesUsageError(
            "http-status",
            f"http_status={show_value(status)} is not an HTTP status",
            "give a number from 100 to 599; the business code is the first argument of reply",
        )
    return int(status)


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
