"""The answers of the API that an exception or object carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from pytest_errcodes.active.evidence import Contradiction
from pytest_errcodes.envelope.attribute_names import ANSWERS
from pytest_errcodes.envelope.broken_objects import find_attributes, name_class
from pytest_errcodes.envelope.code_values import are_same_code, has_code_within
from pytest_errcodes.envelope.foreign_objects import read_response
from pytest_errcodes.envelope.parts import Readable
from pytest_errcodes.envelope.refusal import Refused
from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code
    from pytest_errcodes.envelope.parts import Reading
    from pytest_errcodes.envelope.refusal import Refusal

#: Attributes that hold an answer whatever its class; the others may hold anything.
_CERTAIN = ("envelope", "response")
_DEEPEST = 5


class Reader(Protocol):
    """What reads an answer."""

    def read(self, obj: object, holder: str = "", depth: int = 0) -> Reading:
        """Return the parts of an envelope, or raise ``Refused``."""


class CarriedAnswers:
    """The answers that an exception or object carries, in the order in which they are asked.

    Attributes:
        readings: What was read, by where it stands: ``.response``.
        success: What was read that has no code and is a success; None if nothing was.
        refusal: Why the first was no envelope that could not be read; None if there is none.
    """

    def __init__(self) -> None:
        self.readings: list[tuple[str, Reading]] = []
        self.refusal: Refusal | None = None
        self.success: Reading | None = None

    @classmethod
    def of(cls, obj: object, reader: Reader, depth: int) -> CarriedAnswers:
        """Read what an object carries; nothing deeper than exceptions are nested in real life."""
        found = cls()
        if depth >= _DEEPEST or isinstance(obj, tuple):  # such as a mock's record of a call
            return found
        for name, value in find_attributes(obj, ANSWERS):
            if value is None:
                continue
            if name in _CERTAIN or is_answer(value):
                found.add(f".{name}", value, reader, f"the .{name} of {name_class(obj)}", depth)
        return found

    def add(self, place: str, value: object, reader: Reader, holder: str, depth: int) -> None:
        """Read one more."""
        try:
            reading = reader.read(value, holder, depth + 1)
            if reading.code is not None:
                self.readings.append((place, reading))
            elif place[1:] in _CERTAIN:  # a success without a code, which no error carries
                self.success = reading
        except Refused as refused:
            self.refusal = self.refusal or refused.refusal

    @property
    def first(self) -> Reading | None:
        """The first that was read."""
        return self.readings[0][1] if self.readings else None

    @property
    def holder(self) -> str:
        """Where the first stands."""
        return self.readings[0][0] if self.readings else ""

    @property
    def contradiction(self) -> Contradiction | None:
        """The first answer against the others."""
        first = self.first
        return (
            None
            if first is None or first.code is None
            else self.find_contradiction(self.holder[1:], first.code)
        )

    def find_contradiction(self, name: str, said: Code) -> Contradiction | None:
        """Return the answer that has another code than an attribute says, if there is one.

        An answer that has the code further down says it too: the result of one order of several.
        """
        for place, reading in self.readings:
            if reading.code is None or reading.evidence.note or are_same_code(reading.code, said):
                continue
            body = reading.source if isinstance(reading.source, Mapping) else reading.data
            if not has_code_within(body, said):
                return Contradiction(name, said, place, reading.code)
        return None


def is_answer(value: object) -> bool:
    """Whether a value is of a kind that an answer is kept in: JSON, an envelope, a response."""
    try:
        if isinstance(value, str):
            return str.lstrip(value)[:1] == "{"
        if isinstance(value, bytes | bytearray):
            return value.lstrip()[:1] == b"{"
        return (
            is_a(value, Mapping)
            or isinstance(value, Readable)
            or (
                not isinstance(value, int | float | list | BaseException)
                and read_response(value) is not None
            )
        )
    except Exception:  # noqa: BLE001  # its __class__, or whatever is asked, may raise anything
        return False
