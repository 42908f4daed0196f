"""One answer of the API: code, message and data, whatever object carried them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.evidence import ENVELOPE, Evidence
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.active.observers import observe
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.envelope.equal_values import are_equal
from pytest_errcodes.envelope.parts import Readable, Reading, refuse_contradiction
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.active.carriers import Carrier
    from pytest_errcodes.active.observation import Source
    from pytest_errcodes.catalog import Code


@dataclass(frozen=True, slots=True, repr=False)
class Envelope(Readable):  # noqa: PLW1641  # the dataclass makes the hash
    """One response body of the API's shape.

    Attributes:
        code: The business code as it came; its type is not judged here. None for a success of a
            shape in which one has no code.
        message: The message, or None when there was none.
        data: The data, any JSON value; None when there was none.
        shape: The envelope shape it was read by.
        http_status: The HTTP status it came with, or None when that is not known.
        recorded: Whether it was read out of what a mock kept, and not of what a client returned.
        evidence: How the code was read; no part of what makes two envelopes equal.
        succeeded: Whether it is a success, where more than the code tells; None where that does.
        items: The items of a batch that have codes of their own, in order.
    """

    code: Code | None
    message: str | None
    data: Any
    shape: EnvelopeShape
    http_status: int | None = None
    recorded: bool = field(default=False, compare=False)
    evidence: Evidence = field(default=ENVELOPE, compare=False)
    succeeded: bool | None = None
    items: tuple[Envelope, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, obj: object, shape: EnvelopeShape | None = None) -> Envelope:
        """Read an envelope out of nearly anything.

        Args:
            obj: A mapping, JSON text or bytes, a response of httpx, httpx2, requests or aiohttp
                whose body is read, an exception or any object: by its attribute for the code,
                else ``.envelope``, ``.response`` or ``.body``, else, of an exception, its text.
                The readers of the run (hook ``pytest_errcodes_envelope``) are asked first.
            shape: The shape to read by; None tries those of the catalog in force, and takes the
                first whose code and message are there, else the first whose code is.

        Raises:
            NotAnEnvelopeError: No envelope can be read out of it, or its attribute says another
                code than what it carries.
            ErrcodesUsageError: ``shape`` is no envelope shape (``unknown-shape``).
        """
        __tracebackhide__ = True
        if shape is not None and not issubclass(type(shape), EnvelopeShape):
            raise _refuse_shape(shape)
        found = read(obj, current().catalog, shape)
        if isinstance(found, Refusal):
            raise found.error().with_traceback(None) from None
        if contradiction := found.evidence.contradiction:
            raise refuse_contradiction(found, contradiction).error().with_traceback(None) from None
        return cls.of_reading(found)

    @classmethod
    def of_reading(cls, reading: Reading) -> Envelope:
        """Return the envelope that was read; what was one before comes back itself."""
        source = reading.source
        if isinstance(source, Envelope):
            return source
        return cls(
            *reading[:5],
            recorded=reading.recorded,
            evidence=reading.evidence,
            succeeded=reading.succeeded,
            items=tuple(map(cls.of_reading, reading.items)),
        )

    def reading(self) -> Reading:
        """Return the parts it was made of."""
        parts = (self.code, self.message, self.data, self.shape, self.http_status)
        items = tuple(item.reading() for item in self.items)
        return Reading(*parts, self, self.recorded, self.evidence, self.succeeded, items)

    def observation(
        self,
        source: Source,
        seen_at: str | Callable[[], str],
        method: str | None = None,
        url: str | None = None,
        carrier: Carrier | None = None,
    ) -> Observation:
        """Return that it was seen; the arguments are those of ``Observation``."""
        return Observation(
            self.code,
            self.message,
            self.data,
            self.shape,
            self.http_status,
            source,
            seen_at,
            method,
            url,
            carrier,
            self.evidence,
            self.succeeded,
        )

    def surface(self, source: Source, seen_at: str, carrier: object) -> Observation | None:
        """Observe that it surfaced, unless a mock kept it: that shows nothing of the client.

        Args:
            source: ``exception`` or ``assertion``.
            seen_at: Where, for a reader.
            carrier: The object that carried it to the client's caller.

        Returns:
            What was observed, if anything was.
        """
        context = current()
        if self.recorded:
            if self.code is not None:
                context.doubted.add(self.code)
            context.recorded.append(self.observation(source, seen_at))
        if self.recorded or not context.observers:
            return None
        known = context.carriers.identify(carrier)
        observation = self.observation(source, seen_at, carrier=known)
        observe(observation)
        return observation

    @property
    def is_success(self) -> bool:
        """Whether it means success in its shape, and so do all items of a batch.

        A code of the wrong type never does.
        """
        is_own = self.shape.judge(self.code, self.succeeded)
        return is_own and all(item.is_success for item in self.items)

    def __eq__(self, other: object) -> bool:
        if type(other) is not Envelope:
            return NotImplemented
        parts = (
            (one.code, one.message, one.shape, one.http_status, one.succeeded)
            for one in (self, other)
        )
        return next(parts) == next(parts) and are_equal(self.data, other.data)

    def __repr__(self) -> str:
        from pytest_errcodes.text.wording import shorten, show_code, show_value

        parts = [show_code(self.code)]
        if self.message is not None:
            parts.append(f"message={shorten(show_value(self.message), 100)}")
        if self.data is not None:
            parts.append(f"data={shorten(show_value(self.data), 100)}")
        if self.http_status is not None:
            parts.append(f"http_status={show_code(self.http_status)}")
        return f"Envelope({', '.join(parts)})"


def _refuse_shape(shape: object) -> ErrcodesUsageError:
    from pytest_errcodes.text.wording import show_value

    return ErrcodesUsageError(
        "unknown-shape",
        f"shape={show_value(shape)} is no envelope shape",
        "pass one of those that the catalog has: load_catalog(...).shapes",
    )
