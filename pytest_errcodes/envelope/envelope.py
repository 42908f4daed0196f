"""One answer of the API: code, message and data, whatever object carried them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_errcodes.errors import ErrcodesError

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code, EnvelopeShape


class NotAnEnvelopeError(ErrcodesError, ValueError):
    """An object in which no envelope can be read; its text says why, and shows what it was."""

    __module__ = "pytest_errcodes"  # where users import it from, and short in pytest's output


@dataclass(frozen=True, slots=True, repr=False)
class Envelope:
    """One response body of the API's shape.

    Attributes:
        code: The business code as it came; its type is not judged here.
        message: The message, or None when there was none.
        data: The data, any JSON value; None when there was none.
        shape: The envelope shape it was read by.
        http_status: The HTTP status it came with, or None when that is not known.
    """

    code: Code
    message: str | None
    data: Any
    shape: EnvelopeShape
    http_status: int | None = None

    @classmethod
    def of(cls, obj: object, shape: EnvelopeShape | None = None) -> Envelope:
        """Read an envelope out of nearly anything.

        Args:
            obj: A mapping, JSON text or bytes, a response of httpx, httpx2, requests or aiohttp
                whose body is read, an exception that carries one (``.envelope``, ``.response``,
                or ``.code`` with ``.message`` or ``.msg``), or any object with attributes for
                code and message. The readers of the run (hook ``pytest_errcodes_envelope``) are
                asked first.
            shape: The shape to read by; None tries those of the catalog in force, and takes the
                first whose code and message are there, else the first whose code is.

        Raises:
            NotAnEnvelopeError: No envelope can be read out of it.
        """
        from pytest_errcodes.active.context import current
        from pytest_errcodes.envelope.reading import read

        __tracebackhide__ = True
        try:
            return read(obj, current().catalog, shape).envelope
        except NotAnEnvelopeError as error:
            raise error.with_traceback(None) from None

    @property
    def is_success(self) -> bool:
        """Whether the code means success in its shape; one of the wrong type never does."""
        return self.shape.is_success(self.code)

    def __repr__(self) -> str:
        from pytest_errcodes.text.wording import show_code, show_value

        parts = [show_code(self.code)]
        if self.message is not None:
            parts.append(f"message={show_value(self.message, 100)}")
        if self.data is not None:
            parts.append(f"data={show_value(self.data, 100)}")
        if self.http_status is not None:
            parts.append(f"http_status={self.http_status}")
        return f"Envelope({', '.join(parts)})"
