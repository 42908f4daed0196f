"""The facts of a catalog: sections and error codes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, cast

from pytest_errcodes.catalog.code_bodies import CodeBodies
from pytest_errcodes.catalog.code_spelling import Code, CodeType, integer_of, other_spelling
from pytest_errcodes.catalog.envelope_fields import EnvelopeFields
from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.placeholders import PlaceholderStyle

__all__ = [
    "SUCCESS",
    "UNDOCUMENTED",
    "Code",
    "CodeType",
    "ErrorCode",
    "Section",
    "integer_of",
    "is_class_name",
    "other_spelling",
]


class Section(Facts):
    """A named group of codes.

    Attributes:
        id: The word that selectors use, such as ``trading``.
        title: The heading in the document, such as ``Trading``.
        label: The codes the document announces for it, such as ``4010xx``; may be empty.
        shape: The name of the envelope shape in which its codes come; empty for the default one.
    """

    id: str
    title: str
    label: str
    shape: str = ""


SUCCESS = Section("success", "Success", "")
#: Of what stands for a code that its catalog lacks.
UNDOCUMENTED = Section("undocumented", "Undocumented", "")


_USUAL_SHAPES = (EnvelopeFields(),)


class ErrorCode(CodeBodies):
    """One documented code of an API; immutable, equal and hashed by content.

    Attributes:
        code: The code, an ``int`` or a ``str`` as its catalog declares.
        message: The documented message to the letter, placeholders included.
        section: The section that documents it.
        style: How the message writes its placeholders.
        open_ended: Whether anything may follow the message.
        http_status: The HTTP status that the API answers it with.
        tags: Words that selectors may use beside section ids.
        description: What the document says of it beyond its message; may be empty.
        solution: What the document advises to do about it; may be empty.
        exception: Name of the class that a client raises for it, with or without its module; may
            be empty.
        alternatives: Further messages that it is documented with, in the document's order.
        shapes: The envelope shapes of its catalog, the default one first; no part of the content.
    """

    __slots__ = (
        "_templates",
        "alternatives",
        "code",
        "description",
        "exception",
        "http_status",
        "message",
        "open_ended",
        "section",
        "shapes",
        "solution",
        "style",
        "tags",
    )

    code: Code
    message: str
    section: Section
    style: PlaceholderStyle
    open_ended: bool
    http_status: int
    tags: tuple[str, ...]
    description: str
    solution: str
    exception: str
    alternatives: tuple[str, ...]
    shapes: tuple[EnvelopeFields, ...]
    _templates: tuple[MessageTemplate, ...]

    def __init__(
        self,
        code: Code,
        message: str,
        section: Section,
        *,
        style: PlaceholderStyle = "printf",
        open_ended: bool = False,
        http_status: int = 200,
        tags: tuple[str, ...] = (),
        description: str = "",
        solution: str = "",
        exception: str = "",
        alternatives: tuple[str, ...] = (),
        shapes: tuple[EnvelopeFields, ...] = _USUAL_SHAPES,
    ) -> None:
        _fill_code(self, code)
        _fill_message(self, message)
        _fill_section(self, section)
        _fill_style(self, style)
        _fill_open_ended(self, open_ended)
        _fill_http_status(self, http_status)
        _fill_tags(self, tags)
        _fill_description(self, description)
        _fill_solution(self, solution)
        _fill_exception(self, exception)
        _fill_alternatives(self, alternatives)
        _fill_shapes(self, shapes)

    @property
    def is_success(self) -> bool:
        """Whether it stands for a success; one without a code has the empty text for it."""
        return self.section == SUCCESS

    @property
    def is_undocumented(self) -> bool:
        """Whether it stands for a code that its catalog lacks; it has no message then."""
        return self.section is UNDOCUMENTED

    @property
    def shape_name(self) -> str:
        """The name of the envelope shape in which it comes; empty for the default one."""
        return self.section.shape

    @property
    def template(self) -> MessageTemplate:
        """The message as a template; the first one, where there are several."""
        return self.templates[0]

    @property
    def templates(self) -> tuple[MessageTemplate, ...]:
        """The messages as templates; read from them when first asked for."""
        try:
            return self._templates
        except AttributeError:
            from pytest_errcodes.catalog.message_template import MessageTemplate

            templates = tuple(
                MessageTemplate(message, self.style, self.open_ended) for message in self.messages
            )
            object.__setattr__(self, "_templates", templates)
            return templates

    @property
    def messages(self) -> tuple[str, ...]:
        """All documented messages to the letter, in the document's order; one or more."""
        return (self.message, *self.alternatives)

    def match(self, text: str) -> tuple[int, tuple[str, ...]] | None:
        """Return which message ``text`` fits, from 0, and its parameters; None for none."""
        for place, template in enumerate(self.templates):
            params = template.match(text)
            if params is not None:
                return place, params
        return None

    @property
    def slug(self) -> str:
        """The message in kebab case, such as ``client-order-id-already-exists``."""
        from pytest_errcodes.catalog.message_template import slug_of

        return slug_of(self.template) or str(self.code)

    def replaced(self, **changes: Any) -> ErrorCode:
        """Return the same code with other values for some of its attributes."""
        return ErrorCode(**(self._attributes() | changes))

    def as_dict(self) -> dict[str, object]:
        """Return the facts as JSON values; a field that says nothing is left out.

        Keys: ``code``, ``message``, ``section`` (its id) and ``http_status``, always;
        ``messages`` (all of them, if there are several), ``open_ended``, ``tags``,
        ``placeholders``, ``description``, ``solution``, ``exception``, if there are any.
        """
        facts: dict[str, object] = {
            "code": self.code,
            "message": self.message,
            "section": self.section.id,
            "http_status": self.http_status,
        }
        optional = {
            "messages": list(self.messages) if self.alternatives else [],
            "open_ended": self.open_ended,
            "tags": list(self.tags),
            "placeholders": list(self.template.placeholders),
            "description": self.description,
            "solution": self.solution,
            "exception": self.exception,
        }
        return facts | {name: value for name, value in optional.items() if value}

    def __str__(self) -> str:
        return f"{self.code} {self.message}"

    def __repr__(self) -> str:
        return f"<ErrorCode {self.code!r} {self.message!r}>"

    def _content(self) -> tuple[object, ...]:
        """Return what makes two codes equal."""
        options = (self.style, self.open_ended, self.http_status, self.tags, self.alternatives)
        texts = (self.description, self.solution, self.exception)
        return (self.code, self.message, self.section, *options, *texts)

    def __eq__(self, other: object) -> bool:
        if not issubclass(type(other), ErrorCode):
            return NotImplemented
        other = cast("ErrorCode", other)
        return self is other or self._content() == other._content()

    def __hash__(self) -> int:
        return hash((self.code, self.message))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an ErrorCode is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an ErrorCode is immutable: {name} cannot be deleted")

    def __copy__(self) -> ErrorCode:
        return self

    def __deepcopy__(self, memo: object) -> ErrorCode:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (partial(ErrorCode, **self._attributes()), ())

    def _attributes(self) -> dict[str, Any]:
        """Return what the constructor takes."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "_templates"}


# A slot's own setter costs a fifth of object.__setattr__, and a catalog may hold 100,000 codes.
_fill_code = ErrorCode.__dict__["code"].__set__
_fill_message = ErrorCode.__dict__["message"].__set__
_fill_section = ErrorCode.__dict__["section"].__set__
_fill_style = ErrorCode.__dict__["style"].__set__
_fill_open_ended = ErrorCode.__dict__["open_ended"].__set__
_fill_http_status = ErrorCode.__dict__["http_status"].__set__
_fill_tags = ErrorCode.__dict__["tags"].__set__
_fill_description = ErrorCode.__dict__["description"].__set__
_fill_solution = ErrorCode.__dict__["solution"].__set__
_fill_exception = ErrorCode.__dict__["exception"].__set__
_fill_alternatives = ErrorCode.__dict__["alternatives"].__set__
_fill_shapes = ErrorCode.__dict__["shapes"].__set__


def is_class_name(text: str) -> bool:
    """Return whether a text may name a class: ``OrderError``, ``client.OrderError``."""
    from keyword import iskeyword

    return all(part.isidentifier() and not iskeyword(part) for part in text.split("."))
