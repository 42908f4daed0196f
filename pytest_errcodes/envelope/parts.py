"""The parts of an envelope, and where they were read: also out of what a mock kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.active.evidence import ENVELOPE, Evidence
from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import get_attribute
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from pytest_errcodes.active.evidence import Contradiction
    from pytest_errcodes.catalog import Code, EnvelopeShape


class Reading(NamedTuple):
    """The parts of an envelope, and where they were read.

    Attributes:
        code: The business code as it came; its type is not judged here. None for a success of a
            shape in which one has no code.
        message: The message, or None when there was none.
        data: The data, any JSON value; None when there was none.
        shape: The envelope shape it was read by.
        http_status: The HTTP status it came with, or None when that is not known.
        source: The object whose fields they were: a mapping or any object.
        recorded: Whether it was read out of what a mock kept.
        evidence: How the code was read.
        succeeded: Whether it is a success, where more than the code tells; None where that does.
        items: The items of a batch that have codes of their own, in order.
    """

    code: Code | None
    message: str | None
    data: Any
    shape: EnvelopeShape
    http_status: int | None
    source: object
    recorded: bool = False
    evidence: Evidence = ENVELOPE
    succeeded: bool | None = None
    items: tuple[Reading, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether it is a success, and all its items are."""
        is_own = self.shape.judge(self.code, self.succeeded)
        return is_own and all(one.is_success for one in self.items)

    def field(self, name: str) -> Any:
        """Return a field beside those of the envelope; ``ABSENT`` when it is missing."""
        source: Any = self.source
        if is_a(source, Mapping):
            try:
                return source.get(name, ABSENT)
            except Exception:  # noqa: BLE001  # a foreign mapping may raise anything
                return ABSENT
        return get_attribute(source, name)


class Readable:
    """What was read before and gives its own reading: an envelope."""

    __slots__ = ()

    def reading(self) -> Reading:
        """Return the parts it was made of."""
        raise NotImplementedError


class Recorded:
    """What a mock kept of an answer: it shows what was sent, not what a client made of it.

    A test that asserts on it has not seen its client at work. So it is told apart by its type, and
    so is what a test takes out of it.
    """

    __slots__ = ()


class RecordedObject(Recorded, dict[str, Any]):
    """A JSON object out of an answer that a mock kept."""


class RecordedText(Recorded, str):
    """The body of such an answer as text."""

    __slots__ = ()


class RecordedBytes(Recorded, bytes):
    """The body of such an answer."""

    __slots__ = ()


def refuse_contradiction(reading: Reading, found: Contradiction) -> Refusal:
    """Return the refusal of what says one code and carries another."""
    from pytest_errcodes.text.wording import show_code

    said = "None" if found.said is None else show_code(found.said)
    carried = show_code(found.carried)
    owner = reading.evidence.owner
    reason = f"{owner}.{found.attribute} says {said}, and its {found.holder} carries {carried}"
    return Refusal(reason, came=reading.source)


def find_wrong_part(reading: Reading) -> str:
    """Return which part of an envelope that somebody built is of a wrong type; empty for none."""
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.text.wording import name_kind

    wanted: dict[str, tuple[Any, str]] = {
        "code": ((int, str, type(None)), "an integer or a string"),
        "message": ((str, type(None)), "a string"),
        "shape": (EnvelopeShape, "an envelope shape"),
        "http_status": ((int, type(None)), "an integer"),
        "recorded": (bool, "a bool"),
        "evidence": (Evidence, "evidence of how it was read"),
        "succeeded": ((bool, type(None)), "a bool"),
        "items": (tuple, "a tuple of readings"),
    }
    for name, (kinds, words) in wanted.items():
        value = getattr(reading, name)
        is_bool = type(value) is bool and name in ("code", "http_status")
        if is_bool or not issubclass(type(value), kinds):
            return f"its .{name} is {name_kind(value)}, not {words}"
    return ""
