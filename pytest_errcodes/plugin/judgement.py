"""What one attempt of a test saw, against what its markers expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.observers import observe
from pytest_errcodes.envelope.broken_objects import name_class
from pytest_errcodes.envelope.exception_parts import find_traceback, set_traceback
from pytest_errcodes.judging.early_end import find_early_end_of_test
from pytest_errcodes.judging.exception_classes import read_expected_class
from pytest_errcodes.judging.exception_codes import find_codeless, observe_exception
from pytest_errcodes.judging.own_handlers import Unasserted, find_handlers_of_test
from pytest_errcodes.judging.raise_places import find_line, find_own_part
from pytest_errcodes.judging.sights import Sights, list_valid
from pytest_errcodes.judging.verdict import explain_codeless, is_raised_at_once, judge
from pytest_errcodes.plugin.handler_watch import HandlerWatch
from pytest_errcodes.plugin.marker_reader import find_marks
from pytest_errcodes.plugin.returned_answers import ReturnedAnswers, find_codes, find_homes
from pytest_errcodes.plugin.row_codes import has_row_without_code

if TYPE_CHECKING:
    from types import CodeType, FrameType, TracebackType

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Code
    from pytest_errcodes.envelope.reading import Reading
    from pytest_errcodes.judging.early_end import EarlyEnd
    from pytest_errcodes.judging.exception_codes import Codeless
    from pytest_errcodes.judging.expectation import Expectation
    from pytest_errcodes.judging.own_handlers import Keeper, OwnHandler
    from pytest_errcodes.simulation.adapters.unwatched import UnwatchedRequests


class Judgement:
    """Takes in what a test saw, and judges it when it ends.

    Attributes:
        expectations: What its markers say.
        passed: What blocks of the test let pass, and what each waits for.
        swallowed: What the test itself swallowed in another way than by ``except``.
    """

    def __init__(self, context: Context, item: Any) -> None:
        self.expectations: list[Expectation] = []
        self.passed: list[tuple[BaseException, str]] = []
        self.swallowed: list[tuple[Keeper, int, BaseException]] = []
        self._context = context
        self._item = item
        self._seen: list[Observation] = []
        self._seen_before: list[Observation] | None = None  # by fixtures, once they are set up
        self._codeless: list[Codeless] = []  # what was raised and carries no code
        self._early_block: tuple[EarlyEnd, list[Observation]] | None = None  # the first
        self._returned = ReturnedAnswers(self._seen, context.carriers)
        self._watch: HandlerWatch | None = None  # of the test's own ``except`` clauses
        self._awaited = ""  # what the test waited for when another exception ended it
        self._unwatched: UnwatchedRequests | None = None

    def observe(self, observation: Observation) -> None:
        """Take in one observation."""
        self._seen.append(observation)
        if not observation.surfaced:
            self._returned.look()

    def expect(self, expectations: list[Expectation]) -> None:
        """Judge by these expectations."""
        self.expectations = expectations
        self._context.counted = {
            code.code for one in expectations if one.times is not None for code in one.codes
        }
        self._context.test_codes = codes = find_codes(self._item)
        handlers = find_handlers_of_test(codes, *find_homes(self._item))
        self._watch = HandlerWatch(handlers, self._observe_own) if handlers else None
        self._context.hand_over = self._returned.take

    def watch_handlers(self) -> None:
        """See what the test's own ``except`` clauses catch from now on."""
        if self._watch is not None:
            self._watch.start()

    def unwatch_handlers(self) -> None:
        """See no longer what they catch."""
        if self._watch is not None:
            self._watch.close()

    def begin(self, unwatched: UnwatchedRequests) -> None:
        """Forget what came before: what fixtures did is not what the test did.

        Args:
            unwatched: Tells whose requests cannot be seen from now on.
        """
        self._unwatched = unwatched
        if self._seen_before is None:  # of several examples, the first comes after the fixtures
            self._seen_before = self._seen[:]
        self._seen.clear()
        self._returned.clear()
        self._codeless.clear()
        self.passed.clear()
        self.swallowed.clear()
        self._awaited = ""
        self._early_block = None
        if self._watch is not None:
            self._watch.forget()
        self._context.forget_seen()

    def find_own_part(self, traceback: TracebackType | None) -> TracebackType | None:
        """Return the part of a traceback that begins with the test's own function, if it does."""
        name = getattr(self._item, "originalname", self._item.name)
        return find_own_part(traceback, getattr(self._item, "obj", None), name)

    def observe_raised(
        self, error: BaseException, traceback: TracebackType | None, *, is_caught: bool
    ) -> list[Observation]:
        """Observe what surfaced with an exception.

        Args:
            error: The exception.
            traceback: Where it came from.
            is_caught: Whether the test caught it; else it ends the test.

        Returns:
            What was observed; nothing for one that carries no code.
        """
        path = str(self._item.path)
        raised = observe_exception(error, path, traceback, self._read_class, is_caught=is_caught)
        for one in raised:
            observe(one)
        if not raised:
            if is_caught and issubclass(type(error), AssertionError):
                line = find_line(traceback or error.__traceback__, self._context.test_codes)
                self.swallowed.append(("block", line, error))
            self._codeless += find_codeless(error, path, traceback)
        return raised

    def _observe_own(self, error: BaseException, code: CodeType, handler: OwnHandler) -> None:
        """Observe what an ``except`` clause of the test caught, and the test asserts."""
        if self._context.take_raised is not None:
            self._context.take_raised(error)
        raised = self.observe_raised(error, find_traceback(error), is_caught=True)
        if raised and self._early_block is None and not self._may_end_early:
            from pytest_errcodes.judging.early_end import find_early_end_of_try

            end = find_early_end_of_try(error, code, handler.tried)
            if end is not None:
                self._early_block = end._replace(ended="catching block"), raised

    def _look_at_unasserted(self) -> list[Unasserted]:
        """Return what the test itself caught of a code and nothing asserts.

        It counts nowhere, but against a client that is to handle the code: the test swallowed it.
        """
        if self._watch is None and not self.swallowed:  # as in nearly all tests
            return []
        found = []
        handled = [one for one in self.expectations if one.surfaced is False]
        codes = {code.code for one in handled for code in one.codes}
        of_clauses = self._watch.list_unasserted() if self._watch else ()
        for keeper, line, error in [*(("except", *one) for one in of_clauses), *self.swallowed]:
            path, traceback = str(self._item.path), find_traceback(error)
            raised = observe_exception(error, path, traceback, self._read_class, is_caught=True)
            self._seen += [one for one in raised if one.code in codes]
            if raised or issubclass(type(error), AssertionError):
                carried = [one.code for one in raised]
                found.append(Unasserted(line, name_class(error), keeper, carried))
            elif traceback and traceback.tb_next:  # else the test raised it itself
                self._codeless += find_codeless(error, path, traceback)
        if self._watch is not None and self._watch.is_blind:
            found.append(Unasserted(0, ""))
        return found

    def _read_class(self, error: BaseException) -> Reading | None:
        """Read an expected code off the class of an exception that says none itself."""
        return read_expected_class(error, self.expectations, self._seen)

    def judge(self, raised: list[Observation]) -> str:
        """Return the text of what the expectations miss; empty if nothing.

        Args:
            raised: What surfaced with the exception that ends the test.
        """
        unasserted = self._look_at_unasserted()
        context, answers = self._context, self._context.no_envelopes
        at_once = Sights(self._seen, codeless=self._codeless, no_envelopes=answers)
        if not context.withdrawn and is_raised_at_once(self.expectations, at_once):
            return ""
        sights = at_once._replace(
            seen=self._list_valid(unasserted),
            raised=raised,
            counted=context.counted,
            selected=self._find_selected(),
            recorded=context.recorded,
            unasserted=unasserted,
            unwatched=self._unwatched.find_senders() if self._unwatched else "",
            accounted=context.accounted,
            settled=context.find_settled(),
        )
        unmet = judge(self.expectations, sights)
        if not unmet:
            return ""
        from pytest_errcodes.judging.advice import tell_seen_before
        from pytest_errcodes.judging.mismatch import tell_no_envelopes
        from pytest_errcodes.judging.rendering import render_all

        unmet = tell_seen_before(unmet, self._seen_before or ())
        return render_all(tell_no_envelopes(unmet, answers))

    def _list_valid(self, unasserted: list[Unasserted]) -> list[Observation]:
        expected = [code.code for one in self.expectations for code in one.codes]
        # An assertion that failed and was caught speaks against the answers that it looked at.
        has_failed = any(one.name == "AssertionError" for one in unasserted)
        is_contradicted = has_failed or bool(self._codeless)
        swallowed = {code for one in unasserted for code in one.codes if code is not None}
        gone, doubted = self._context.withdrawn, self._context.doubted | swallowed
        return list_valid(self._seen, expected, gone, doubted, is_contradicted=is_contradicted)

    def look_into_block(
        self,
        error: BaseException,
        raised: list[Observation],
        traceback: TracebackType | None,
        caller: FrameType,
    ) -> None:
        """Look what an exception left undone in a block that caught it.

        Args:
            error: The exception.
            raised: What surfaced with it.
            traceback: Where it came from; unittest takes it from the exception.
            caller: The frame that leaves the block.
        """
        if self._early_block is not None or self._may_end_early:
            return
        from pytest_errcodes.judging.early_end import find_early_end_of_block

        kept = find_traceback(error)
        set_traceback(error, traceback)
        try:
            end = find_early_end_of_block(error, caller)
        finally:
            set_traceback(error, kept)
        if end is not None:
            self._early_block = end._replace(ended="catching block"), raised

    def explain_early_block(self) -> str:
        """Return the text of what was left undone in a block that caught; empty if nothing."""
        if self._early_block is None:
            return ""
        from pytest_errcodes.judging.early_end_text import render_early_end_by

        return render_early_end_by(*self._early_block)

    def explain_early_end(
        self, error: BaseException, own: TracebackType | None, raised: list[Observation]
    ) -> str:
        """Return the text of what an exception left undone in the test; empty if nothing.

        Args:
            error: The exception.
            own: The part of its traceback that begins with the test's own function.
            raised: What surfaced with it.
        """
        if own is None or self._may_end_early:
            return ""
        end = find_early_end_of_test(error, own)
        if end is None or has_row_without_code(self._item):
            return ""
        from pytest_errcodes.judging.early_end_text import render_early_end_by

        return render_early_end_by(end, raised)

    @property
    def _may_end_early(self) -> bool:
        return any(one.early for one in self.expectations)

    def _find_selected(self) -> Code | None:
        """The code that ``every_code`` gave the test."""
        callspec = getattr(self._item, "callspec", None)
        if callspec is None or not find_marks(self._item, "every_code"):
            return None
        return getattr(callspec.params.get("error_code"), "code", None)

    def is_awaited_otherwise(self, error: BaseException, traceback: TracebackType | None) -> bool:
        """Return whether the test itself waits for another class than that of what ends it.

        Args:
            error: The exception that ends it.
            traceback: Where it came from.
        """
        blocks = [awaited for passed, awaited in self.passed if passed is error]
        clause = self._watch.find_passed(error, traceback) if self._watch else None
        if clause is not None:
            line, classes = clause
            blocks.append(f"the except in line {line} waits for {classes}")
        if blocks:
            self._awaited = f"{name_class(error)} came, and {blocks[0]}"
        return bool(blocks)

    def explain_failure(self) -> str:
        """Return how the test's own exception lost an expected code; empty if it did not."""
        if not self._codeless:
            return self._awaited
        return explain_codeless(self.expectations, Sights(self._seen, codeless=self._codeless))
