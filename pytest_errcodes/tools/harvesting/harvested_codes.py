"""The codes that a run answered and raised, each with all that was seen of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.tools.harvesting.field_names import is_code_name, rank_message
from pytest_errcodes.tools.harvesting.found_shape import (
    code_of,
    is_error_status,
    is_usual_success,
    says_failure,
    text_of,
)
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, RaisedFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.found_shape import FoundShape
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_WORD = re.compile(r"[\w.:/#-]*\w")
_STATUS_WORDS = ("statuscode", "httpstatus", "httpcode", "responsecode")


@dataclass(slots=True)
class HarvestedCode:
    """One code, and what was seen of it.

    Attributes:
        code: The code, as it came.
        shape: The shape in which it was answered; None if it was only raised.
        messages: Its messages, and how often each came.
        tests: The tests that saw it.
        statuses: The HTTP statuses of its answers.
        classes: The classes of exceptions that said it.
        alone: Those that did not, and were raised where nothing else was answered.
        echoed: Words of its messages that the client had sent.
        places: Where it was answered.
    """

    code: Code
    shape: FoundShape | None
    messages: Counter[str] = field(default_factory=Counter)
    tests: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    echoed: set[str] = field(default_factory=set)
    places: Counter[str] = field(default_factory=Counter)

    @property
    def answers(self) -> int:
        """How many answers had it."""
        return self.statuses.total()


class CodeCollection:
    """Collects the codes of a run.

    Args:
        shapes: The shapes in which answers have codes.

    Attributes:
        codes: The codes so far.
    """

    def __init__(self, shapes: Sequence[FoundShape]) -> None:
        self.codes: dict[Code, HarvestedCode] = {}
        self._shapes = shapes

    def add(self, test: SeenByTest) -> None:
        """Take in what one attempt of a test has seen."""
        answered: list[HarvestedCode] = []
        for fact in test.facts:
            if isinstance(fact, AnswerFacts):
                found = self._add_answer(fact, test.test)
                if found is not None:
                    answered.append(found)
            else:
                self._add_raised(fact, answered, test.test)

    def _add_answer(self, answer: AnswerFacts, test: str) -> HarvestedCode | None:
        for shape in self._shapes:
            code = code_of(answer, shape.code)
            if code is None:
                continue
            if code in shape.success or not _is_error(answer, code, shape):
                return None
            found = self.codes.setdefault(code, HarvestedCode(code, shape))
            found.shape = found.shape or shape
            found.tests.add(test)
            found.statuses[answer.http_status] += 1
            found.places[answer.place] += 1
            found.echoed.update(answer.echoed)
            if text := text_of(answer, shape.message):
                found.messages[text] += 1
            return found
        return None

    def _add_raised(self, raised: RaisedFacts, answered: list[HarvestedCode], test: str) -> None:
        for one in reversed(answered):
            if says_code(raised, one.code, self._shapes):
                one.classes[raised.name] += 1
                return
        if raised.is_foreign:
            return
        if answered and len({one.code for one in answered}) == 1:
            answered[-1].alone[raised.name] += 1
        elif not answered:
            self._add_unanswered(raised, test)

    def _add_unanswered(self, raised: RaisedFacts, test: str) -> None:
        """Take the code that an exception says, of which no answer was seen."""
        carried = AnswerFacts("", "", raised.http_status, "", "object", raised.answer)
        found = self._add_answer(carried, test) if raised.answer else None
        if found is None:
            code = find_own_code(raised)
            if code is None or is_usual_success(code):
                return
            found = self.codes.setdefault(code, HarvestedCode(code, None))
            found.tests.add(test)
            if text := find_own_message(raised):
                found.messages[text] += 1
        found.classes[raised.name] += 1


def _is_error(answer: AnswerFacts, code: Code, shape: FoundShape) -> bool:
    """Return whether a field has an error's code there, and no fact of a payload."""
    if is_error_status(answer) or says_failure(answer) or shape.success:
        return True
    has_message = bool(text_of(answer, shape.message))
    return has_message or (not shape.absent and not is_usual_success(code))


def says_code(raised: RaisedFacts, code: Code, shapes: Iterable[FoundShape]) -> bool:
    """Return whether an exception says a code: by an attribute, its answer, or a word of it."""
    word = str(code)
    if any(str(value) == word for value in raised.attributes.values() if value is not None):
        return True
    if any(str(raised.answer.get(shape.code)) == word for shape in shapes):
        return True
    return word in _WORD.findall(raised.text)


def find_own_code(raised: RaisedFacts) -> Code | None:
    """Return the code that an exception has in an attribute; None for one that has none."""
    for name, value in raised.attributes.items():
        plain = "".join(letter for letter in name.lower() if letter.isalpha())
        if not is_code_name(name) or plain in _STATUS_WORDS or isinstance(value, bool):
            continue
        facts = AnswerFacts("", "", 0, "", "object", {name: value})
        if (code := code_of(facts, name)) is not None:
            return code
    return None


def find_own_message(raised: RaisedFacts) -> str:
    """Return the message that an exception has in an attribute; empty if it has none."""
    ranked = [
        (rank_message(name), value.strip())
        for name, value in raised.attributes.items()
        if rank_message(name) >= 0 and isinstance(value, str) and value.strip()
    ]
    return min(ranked)[1] if ranked else ""
