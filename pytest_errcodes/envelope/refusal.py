"""Why something is no envelope, and what is shown of it."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.errors import ErrcodesError

_PREFIX = "not an envelope: "
_LABEL = 12
_SHOWN = 200
#: As many members can be seen.
_FEW = 100
# More than is shown: a secret that the end of the piece cuts in two is found all the same.
_MASKED = 1_000


class NotAnEnvelopeError(ErrcodesError, ValueError):
    """An object in which no envelope can be read; its text says why, and shows what it was."""

    __module__ = "pytest_errcodes"  # where users import it from, and short in pytest's output


class Refusal(Facts):
    """Why an object is no envelope. Its text is made when it is asked for: most are never shown.

    Attributes:
        reason: What is wrong with it, in one line.
        hint: What to do about it; empty when there is nothing to advise.
        came: The body, or the object itself; None when there is nothing to show.
        http_status: The HTTP status it came with, or None.
        content_type: The content type it came with; may be empty.
        raised: The error that a reader of the user's raised instead of reading, or None.
    """

    reason: str
    hint: str = ""
    came: object = None
    http_status: int | None = None
    content_type: str = ""
    raised: NotAnEnvelopeError | None = None

    @classmethod
    def of_error(cls, error: NotAnEnvelopeError) -> Refusal:
        """Return what an error says that a reader of the user's raised."""
        reason = error.message.removeprefix(_PREFIX).partition("\n")[0]
        return cls(reason, error.hint, raised=error)

    @property
    def details(self) -> list[tuple[str, str]]:
        """What is shown of the object: labels (empty: a whole line), and texts without secrets."""
        if self.raised is not None:
            return [("", line) for line in self.raised.message.partition("\n")[2].splitlines()]
        from pytest_errcodes.text.wording import show_code, show_text, show_value

        found = []
        if self.http_status is not None:
            found.append(("HTTP status", show_code(self.http_status)))
        if self.content_type:
            found.append(("content type", show_text(self.content_type, _SHOWN)))
        came: Any = self.came
        if _is_body(came):
            if came:
                found.append(("body", _show_beginning(came)))
        elif came is not None:
            found.append(("value", show_value(came, _SHOWN) + _measure(came)))
        return found

    @property
    def lines(self) -> list[str]:
        """The details, a line each."""
        return [f"  {label:{_LABEL}}  {text}" if label else text for label, text in self.details]

    def error(self) -> NotAnEnvelopeError:
        """Return the error that says so, or that of the user's reader itself."""
        if self.raised is not None:
            return self.raised
        from pytest_errcodes.text.wording import join_lines

        text = join_lines([f"{_PREFIX}{self.reason}", *self.lines])
        return NotAnEnvelopeError("not-an-envelope", text, self.hint)


class Refused(Exception):  # noqa: N818  # no error: it carries a refusal out of the reader
    """Ends a reading that comes to nothing.

    Attributes:
        refusal: Why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Origin(NamedTuple):
    """Where a reading starts, to be shown if it comes to nothing.

    Attributes:
        came: The body, or the object itself.
        http_status: The HTTP status it came with, or None.
        content_type: The content type it came with; may be empty.
        holder: What held it: ``the .response of HTTPStatusError``; empty when nothing did.
    """

    came: object
    http_status: int | None = None
    content_type: str = ""
    holder: str = ""

    def refuse(self, reason: str, hint: str = "") -> NoReturn:
        """Raise ``Refused``: it is no envelope."""
        where = f" (in {self.holder})" if self.holder else ""
        raise Refused(
            Refusal(f"{reason}{where}", hint, self.came, self.http_status, self.content_type)
        )


def _show_beginning(body: str | bytes | bytearray) -> str:
    """Return the first characters of a body without secrets, and its size where more follow."""
    from pytest_errcodes.text.secrets import mask_text
    from pytest_errcodes.text.wording import escape

    piece = body[:_MASKED]
    text = piece if isinstance(piece, str) else piece.decode("utf-8", "backslashreplace")
    shown = mask_text(text)
    if len(shown) <= _SHOWN and len(body) <= _MASKED:
        return escape(shown)
    size = f"{len(body):,} {'characters' if isinstance(body, str) else 'bytes'}"
    return f"{escape(shown[:_SHOWN])}… ({size})"


def _is_body(value: object) -> bool:
    """Return whether a value is Python's own text or bytes; a metaclass is asked nothing."""
    kind = type(value)
    return kind is str or kind is bytes or kind is bytearray


def _measure(value: object) -> str:
    """Return how many members a large container has, in brackets; empty for any other value."""
    kind = type(value)
    if not (kind is dict or kind is list or kind is tuple) or len(value) <= _FEW:  # type: ignore[arg-type]  # these have
        return ""
    return f" ({len(value):,} {'fields' if kind is dict else 'items'})"  # type: ignore[arg-type]  # as above
