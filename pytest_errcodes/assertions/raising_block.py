"""The block of a ``with`` that must raise an exception with a code."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pytest_errcodes.active.context import current
from pytest_errcodes.active.ownership import enter_block, is_within, leave_block
from pytest_errcodes.assertions.asserts import make_failure, read_expected
from pytest_errcodes.assertions.swallowed_failures import forget_failure, note_failure
from pytest_errcodes.envelope.broken_objects import write_error
from pytest_errcodes.envelope.code_values import are_same_code
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.advice import suggest_return
from pytest_errcodes.judging.changed_message import find_changed_message
from pytest_errcodes.judging.comparison import compare
from pytest_errcodes.judging.counting import pick_received
from pytest_errcodes.judging.exception_classes import compare_class, find_classes, read_class
from pytest_errcodes.judging.expectation import AnyCode
from pytest_errcodes.judging.mismatch import Mismatch
from pytest_errcodes.judging.sights import Sights
from pytest_errcodes.judging.wire_verdict import judge_wire
from pytest_errcodes.text.wording import show_code, show_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.active.ownership import Block
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.exception_classes import Classes
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.wire_verdict import Wire

Raised = TypeVar("Raised", bound=BaseException)


class RaisesCode(Generic[Raised]):
    """A block that must raise an exception that carries a code; made by ``raises_code``."""

    def __init__(
        self,
        expected: ExpectedEnvelope,
        place: str,
        exception: type[Raised] | tuple[type[Raised], ...] | None,
        match: str | re.Pattern[str] | None,
        wire: Wire,
        *,
        early: bool,
    ) -> None:
        self._expected = expected
        self._place = place
        self._wire = wire
        self._exception = exception
        self._match = match
        self._early = early
        self._caught: tuple[Any, Envelope] | None = None
        self._seen: list[Observation] = []
        self._block: Block | None = None
        self._unwatch: Callable[[], object] | None = None
        self._counts = False  # whether it is the outermost that says how often its code comes
        self._unchecked = current().unchecked  # of the test that made it
        self.await_entry(self._unchecked)
        if not current().test_name:
            current().has_early_blocks = True

    def await_entry(self, unchecked: dict[int | str, Callable[[], ErrcodesUsageError]]) -> None:
        """Let a test fail for the block that has made or got it, unless the test enters it."""
        unchecked[id(self)] = self._tell_unentered

    def was_entered(self, unchecked: object) -> bool:
        """Return whether it was entered in the attempt of a test that has made all this."""
        return self._block is not None and self._block.test is unchecked

    def _tell_unentered(self) -> ErrcodesUsageError:
        return ErrcodesUsageError("never-entered", *self._explain_unchecked("was never entered"))

    def _tell_unleft(self) -> ErrcodesUsageError:
        return ErrcodesUsageError(
            "never-left", *self._explain_unchecked("was entered and never left")
        )

    def _explain_unchecked(self, why: str) -> tuple[str, str]:
        """Return what is wrong with a block that did not judge, and the hint."""
        title = self._expected.title
        place = self._place.removeprefix("raises_code")
        return (
            f"raises_code({title}){place} {why}, so it checked nothing",
            f"write `with raises_code({title}):`, and below it what must raise",
        )

    @property
    def value(self) -> Raised:
        """The exception that was raised."""
        __tracebackhide__ = True
        caught: Raised = self._take_caught("value")[0]
        return caught

    @property
    def envelope(self) -> Envelope:
        """The envelope that the exception carries."""
        __tracebackhide__ = True
        return self._take_caught("envelope")[1]

    def _take_caught(self, name: str) -> tuple[Any, Envelope]:
        __tracebackhide__ = True
        if self._caught is None:
            raise ErrcodesUsageError(
                "nothing-caught",
                f"raises_code({self._expected.title}) has caught nothing yet",
                f"read .{name} after the with block",
            )
        return self._caught

    def __enter__(self) -> RaisesCode[Raised]:
        __tracebackhide__ = True
        self._unchecked.pop(id(self), None)
        self._seen = []
        context = current()
        self._unwatch = context.watch_wire()
        self._unchecked = context.unchecked  # of the test that enters it
        self._unchecked[id(self)] = self._tell_unleft
        context.open_blocks[id(self)] = self._leave
        self._block = enter_block(self._unchecked)
        context.subscribe(self._observe)
        self._counts = self._wire.times is not None and self._code.code not in context.counted
        if self._counts:
            context.counted.add(self._code.code)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        __tracebackhide__ = True
        take = current().take_raised
        if take is not None and error is not None:
            take(error)
        if self._block is not None and not self._block.is_open:
            raise self._refuse_late() from error
        try:
            holds = self._judge(error)
        except AssertionError as failure:
            note_failure(self._place, failure, str(failure), self._unchecked)
            raise
        else:
            if holds:
                forget_failure(self._place, self._unchecked)
            elif error is not None and issubclass(type(error), Exception):
                is_mistake = issubclass(type(error), ErrcodesUsageError)
                told = f"{show_name(type(error))} carries no code"
                note_failure(
                    self._place, error, str(error) if is_mistake else told, self._unchecked
                )
            return holds
        finally:
            self._leave()

    def _refuse_late(self) -> ErrcodesUsageError:
        """Return the error for a block that outlives its test, and has not seen what came after."""
        title = self._expected.title
        place = self._place.removeprefix("raises_code")
        return ErrcodesUsageError(
            "never-left",
            f"raises_code({title}){place} was still open at the end of its test, "
            "and saw nothing of what came after",
            f"write `with raises_code({title}):` around the call that must raise, and nothing else",
        )

    def _leave(self) -> None:
        """See and count nothing more."""
        context = current()
        self._unchecked.pop(id(self), None)
        context.open_blocks.pop(id(self), None)
        if self._counts:
            context.counted.discard(self._code.code)
            self._counts = False
        context.unsubscribe(self._observe)
        if self._block is not None:
            leave_block(self._block)
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None

    def _observe(self, observation: Observation) -> None:
        """Keep what is seen, but for what threads and tasks do that have blocks of their own."""
        if self._block is not None and is_within(self._block):
            self._seen.append(observation)

    def _judge(self, error: BaseException | None) -> bool:
        """Return whether the exception is as expected; False lets it through."""
        __tracebackhide__ = True
        if error is None:
            raise make_failure(self._compare_silence())
        if issubclass(type(error), ErrcodesUsageError):  # our UnknownCodeError has a code too
            return False
        found = read_expected(error, self._expected)
        if isinstance(found, Refusal):
            found = read_class(error, self._expected.code, self._classes) or found
        if isinstance(found, Refusal):
            from pytest_errcodes.assertions.codeless import note_codeless

            note_codeless(error, self._expected, self._seen)
            return False
        envelope = Envelope.of_reading(found)
        mismatch = (
            compare(envelope, self._expected)
            or self._compare_type(error, envelope)
            or self._compare_text(error, envelope)
            or self._compare_change(envelope)
        )
        if mismatch:
            raise make_failure(mismatch) from error
        if not self._early:
            from pytest_errcodes.judging.early_end import find_early_end_of_block

            # The block stands in the frame that leaves it, which called __exit__.
            end = find_early_end_of_block(error, sys._getframe(2))  # noqa: SLF001  # no other way
            if end is not None:
                from pytest_errcodes.judging.early_end_text import render_early_end

                raise AssertionError(render_early_end(end, [self._expected.title])) from error
        surfaced = envelope.surface("exception", self._place, error)
        self._judge_wire(surfaced)
        self._settle(surfaced)
        self._caught = (error, envelope)
        return True

    def _judge_wire(self, surfaced: Observation | None) -> None:
        """Fail where the wire carried the code otherwise; account for what it carried, if not."""
        __tracebackhide__ = True
        context, code = current(), self._code
        sights = Sights(self._seen, counted=context.counted, accounted=context.accounted)
        unmet = judge_wire(code, self._expected, self._wire, sights)
        if unmet:
            if surfaced is not None:  # whoever catches the failure has asserted nothing
                context.withdrawn.append(surfaced)
            raise make_failure(unmet) from None  # the client's raise is not what is wrong
        if self._wire.times is not None:
            context.accounted += [one for one in self._seen if are_same_code(one.code, code.code)]

    def _settle(self, surfaced: Observation | None) -> None:
        """Note what the block has said itself: a marker that does not is not to judge it anew."""
        if self._expected.has_words:
            current().settle(surfaced, "message")
        if not self._wire.received:
            current().settle(surfaced, "received")
        if self._exception is not None:
            current().settle(surfaced, "exception")

    @property
    def _code(self) -> ErrorCode:
        code = self._expected.code
        assert not isinstance(code, AnyCode)  # noqa: S101  # raises_code takes one code
        return code

    def _compare_silence(self) -> Mismatch:
        """Return the mismatch of a block that raised nothing, with what was observed in it."""
        seen = tuple(self._seen) if self._seen or current().sees_wire else None
        goal = self._expected.fix_catalog()
        hints: tuple[str, ...] = ()
        if any(show_code(one.code) == goal.title for one in self._seen if not one.surfaced):
            received = f"the client received {goal.title} and raised nothing"
            hints = (f"{received}: it swallowed the error, {suggest_return(self._code)}",)
        return Mismatch("nothing-raised", "exception", None, seen, goal, hints=hints)

    def _compare_type(self, error: BaseException, envelope: Envelope) -> Mismatch | None:
        return compare_class(type(error), self._classes, self._expected, envelope)

    @property
    def _classes(self) -> Classes:
        """The classes that the exception may be of: those given, or the catalog's."""
        given = self._exception or ()
        return find_classes(given if isinstance(given, tuple) else (given,), self._expected.code)

    def _compare_change(self, envelope: Envelope) -> Mismatch | None:
        """Return how the client changed the parameters of the message that it received."""
        if not self._wire.received:
            return None
        received = pick_received(self._seen, self._code.code)
        told = [envelope.observation("exception", self._place)]
        return find_changed_message(told, received, self._code, self._expected)

    def _compare_text(self, error: BaseException, envelope: Envelope) -> Mismatch | None:
        if self._match is None or re.search(self._match, write_error(error)):
            return None
        pattern = getattr(self._match, "pattern", self._match)
        goal = self._expected.fix_catalog()
        return Mismatch("exception-text", "exception", pattern, write_error(error), goal, envelope)
