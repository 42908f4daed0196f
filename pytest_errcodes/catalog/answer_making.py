"""What a documented code is answered with: its message, its envelope, its HTTP status.

A reply of a route and a body for another mock are made here, with the same checks.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypedDict, cast

from pytest_errcodes.catalog.envelope_writing import encode_envelope, write_envelope
from pytest_errcodes.catalog.placeholders import cover_foreign
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_errcodes.catalog.answer_headers import Headers
    from pytest_errcodes.catalog.envelope_writing import WrittenShape
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle


class BodyOptions(TypedDict, total=False):
    """What a body may say beyond its code and parameters.

    Keys:
        data: Any JSON value, for the envelope's data field; null if absent.
        message: A message other than the documented one.
        fields: Further fields of the envelope and their JSON values, by their names or paths.
        code_type: ``str`` or ``int``: how the code is sent; as the catalog has it if absent.
        alternative: Which of the code's messages is sent, from 0; if absent, the first that
            takes as many parameters as are given.
    """

    data: Any
    message: str | None
    fields: Mapping[str, Any] | None
    code_type: type[str | int] | None
    alternative: int | None


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
        """The code."""

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
        code: Its first argument; empty for a method of the code itself.
        envelope: How the envelope is called: ``the envelope of catalog 'ltp'``.
    """

    verb: str
    code: str
    envelope: str

    def show(self, *arguments: str) -> str:
        """Return the call with these arguments, as one would write it."""
        return f"{self.verb}({', '.join((self.code, *arguments) if self.code else arguments)})"


class MadeAnswer(NamedTuple):
    """An answer, ready to be sent.

    Attributes:
        message: The message, with its parameters filled in.
        envelope: The envelope as the object that its JSON is.
        body: The same as JSON in UTF-8.
        http_status: The HTTP status, 100 to 599.
    """

    message: str
    envelope: dict[str, Any]
    body: bytes
    http_status: int


def make_answer(
    code: AnsweredCode,
    shape: WrittenShape,
    params: tuple[object, ...],
    options: AnswerOptions,
    call: Call,
) -> MadeAnswer:
    """Make an answer that carries a code.

    Args:
        code: The code; one that the catalog lacks has no template, and ``message`` is given.
        shape: The shape of its envelope.
        params: One value for each placeholder of its message.
        options: What else it says.
        call: What asked for it, for the texts.

    Raises:
        ErrcodesUsageError: A wrong number of parameters, data or fields that JSON cannot hold,
            fields that would replace the code, a code that cannot be of the type that is asked
            for, an HTTP status out of range.
    """
    __tracebackhide__ = True
    message = _find_message(code, params, options, call)
    http_status = code.http_status
    chosen = options.get("http_status")
    if chosen is not None:
        http_status = _check_http_status(chosen)
    if "data" in options and not shape.data:
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.show('data=...')}: {call.envelope} has no field for data",
            "name one in the catalog's [envelope], as in data = 'data', or leave out data=",
        )
    sent = _convert_code(code.code, options.get("code_type"), call)
    data, fields = options.get("data"), options.get("fields")
    envelope = write_envelope(shape, sent, message, data, fields)
    if fields:
        encode_envelope({"fields": dict(fields)}, call.show("fields=..."))
    return MadeAnswer(
        message, envelope, encode_envelope(envelope, call.show("data=...")), http_status
    )


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
) -> str:
    """Return the message that is sent: the one that is given, or a documented one, filled in."""
    __tracebackhide__ = True
    message, alternative = options.get("message"), options.get("alternative")
    if message is None:
        return _fill(code, find_template(code, params, alternative), params, call)
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
