"""What an answer may say beyond its code and parameters, and what it asks of that code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Protocol

    from pytest_errcodes.catalog.answer_headers import Headers
    from pytest_errcodes.catalog.envelope_fields import EnvelopeFields
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

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


class Call(Facts):
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
                _advise_on_option(name, near),
            )


def _advise_on_option(name: str, near: Sequence[str]) -> str:
    """Return what to write instead of an option that there is not."""
    if name in ("side_effect", "return_value"):
        return "what respx's mock takes goes by position: then(httpx.ConnectTimeout)"
    return f"did you mean {near[0]}=?" if near else "parameters of the message go by position"


def check_fields(
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
    if items is not None:
        _check_items(shape, options, call)


def _check_items(shape: EnvelopeFields, options: AnswerOptions, call: Call) -> None:
    """Refuse items that the shape has no field for, and what would stand beside a whole body."""
    __tracebackhide__ = True
    if not shape.items:
        owner = f" of {call.owner}" if call.owner else ""
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.verb}(..., items=...): the shape {shape.name!r}{owner} has no field for items",
            'name one in the catalog, as in items = "data.results"',
        )
    beside = [name for name in ("data", "fields") if options.get(name)]
    if shape.items == TOP_LEVEL and beside:
        raise ErrcodesUsageError(
            "reply-option",
            f"{call.verb}(..., items=..., {beside[0]}=...): the whole body is the list of items",
            f"leave out {beside[0]}=, or put it into the items",
        )


def check_http_status(status: object) -> int:
    """Return an HTTP status that an answer may have.

    Raises:
        ErrcodesUsageError: It is none (``http-status``).
    """
    __tracebackhide__ = True
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise ErrcodesUsageError(
            "http-status",
            f"http_status={show_value(status)} is not an HTTP status",
            "give a number from 100 to 599; the business code is the first argument of reply",
        )
    return int(status)
