"""What an answer may say beyond its code and parameters, and what it asks of that code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypedDict

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_errcodes.catalog.answer_headers import Headers
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
