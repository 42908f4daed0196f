"""The codes that a run answered and raised, each with all that was seen of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.tools.harvesting.batch_inference import make_item
from pytest_errcodes.tools.harvesting.field_names import (
    is_code_name,
    is_usual_attribute,
    rank_message,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    code_of,
    is_error_status,
    is_usual_success,
    read_shape,
    says_failure,
    text_of,
)
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, RaisedFacts
from pytest_errcodes.tools.harvesting.shape_inference import find_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.found_shape import FoundShape
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_WORD = re.compile(r"[\w.:/#-]*\w")
_PLAIN_WORD = re.compile(r"[a-z]+")
_STATUS_WORDS = ("statuscode", "httpstatus", "httpcode", "responsecode")
_TYPE_WORDS = ("errortype", "errorname")


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
    """

    code: Code
    shape: FoundShape | None
    messages: Counter[str] = field(default_factory=Counter)
    tests: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    echoed: set[str] = field(default_factory=set)

    def learn_status(self, http_status: int) -> None:
        """Take the HTTP status that an exception says for that of an answer whose own is hidden."""
        if http_status and self.statuses[0]:
            self.statuses[0] -= 1
            self.statuses[http_status] += 1

    @property
    def answers(self) -> int:
        """How many answers had it."""
        return self.statuses.total()


class CodeCollection:
    """Collects the codes of a run.

    Args:
        shapes: The shapes in which answers have codes.

    Attributes:
        shapes: The shapes.
        codes: The codes so far.
        attributes: The attributes in which exceptions had them.
        codeless: JSON objects under an HTTP status of an error in which no code was found.
    """

    def __init__(self, shapes: Sequence[FoundShape]) -> None:
        self.codes: dict[Code, HarvestedCode] = {}
        self.attributes: Counter[str] = Counter()
        self.codeless: list[AnswerFacts] = []
        self.shapes = shapes

    def add(self, test: SeenByTest) -> None:
        """Take in what one attempt of a test has seen."""
        answered: list[HarvestedCode] = []
        for fact in test.facts:
            if isinstance(fact, AnswerFacts):
                answered += self._add_answer(fact, test.test)
            else:
                self._add_raised(fact, answered, test)

    def _add_answer(self, answer: AnswerFacts, test: str) -> list[HarvestedCode]:
        """Take the codes of an answer: its own, and those that its items have; return them."""
        found = [self._add_code(answer, self.shapes, test)]
        for shape in self.shapes:
            if shape.items:
                for fields in answer.batches.get(shape.items, ()):
                    item = make_item(answer, fields)
                    found.append(self._add_code(item, [shape.item or shape], test))
            if ".0." in shape.code:  # a list of errors, whose first one was taken
                path = shape.code.partition(".0.")[0]
                for fields in answer.batches.get(path, ())[1:]:
                    within = {f"{path}.0.{field}": one for field, one in fields.items()}
                    found.append(self._add_code(answer._replace(fields=within), [shape], test))
        codes = [one for one in found if one is not None]
        if not codes and answer.kind == "object" and answer.fields and is_error_status(answer):
            self.codeless.append(answer)
        return codes

    def _add_code(
        self, answer: AnswerFacts, shapes: Iterable[FoundShape], test: str
    ) -> HarvestedCode | None:
        for shape in shapes:
            code = code_of(answer, shape.code)
            if code is None:
                continue
            if code in shape.success or not _is_error(answer, code, shape):
                return None
            found = self.codes.setdefault(code, HarvestedCode(code, shape))
            found.shape = found.shape or shape
            found.tests.add(test)
            found.statuses[answer.http_status] += 1
            found.echoed.update(answer.echoed)
            if text := text_of(answer, shape.message):
                found.messages[text] += 1
            return found
        return None

    def _add_raised(
        self, raised: RaisedFacts, answered: list[HarvestedCode], test: SeenByTest
    ) -> None:
        for one in reversed(answered):
            if says_code(raised, one.code, self.shapes):
                one.classes[raised.name] += 1
                one.learn_status(raised.http_status)
                self._note_attributes(raised, one.code)
                return
        if raised.is_foreign:
            return
        if answered and len({one.code for one in answered}) == 1:
            answered[-1].alone[raised.name] += 1
        elif not answered:
            self._add_unanswered(raised, test.test, test.http_statuses)

    def _add_unanswered(
        self, raised: RaisedFacts, test: str, http_statuses: frozenset[int]
    ) -> None:
        """Take the code that an exception says, of which no answer was seen."""
        carried = AnswerFacts("", "", raised.http_status, "", "object", raised.answer)
        found = self._add_code(carried, self.shapes, test) if raised.answer else None
        if found is None:
            code = find_own_code(raised)
            if code is None or is_usual_success(code):
                return
            if integer_of(str(code)) in http_statuses:
                return  # the HTTP status of an answer that has no code
            found = self.codes.setdefault(code, HarvestedCode(code, None))
            found.tests.add(test)
            if text := find_own_message(raised):
                found.messages[text] += 1
        found.classes[raised.name] += 1
        self._note_attributes(raised, found.code)

    def _note_attributes(self, raised: RaisedFacts, code: Code) -> None:
        for name, value in raised.attributes.items():
            if name.isidentifier() and str(value) == str(code) and not isinstance(value, bool):
                self.attributes[name] += 1

    def drop_http_statuses(self) -> None:
        """Leave out numbers that only exceptions said, and that are HTTP statuses by their look.

        Where all codes that came are words, such an attribute says with which status one came.
        """
        answered = [one.code for one in self.codes.values() if one.shape is not None]
        if not answered or any(integer_of(str(code)) is not None for code in answered):
            return
        raised = [code for code, one in self.codes.items() if one.shape is None]
        for code in filter(_may_be_status, raised):
            del self.codes[code]

    def choose_attributes(self) -> tuple[str, ...]:
        """Return the attribute that has the code of exceptions, if nobody would look there."""
        if not self.attributes or any(map(is_usual_attribute, self.attributes)):
            return ()
        return (self.attributes.most_common(1)[0][0],)


def collect_codes(tests: Sequence[SeenByTest], documented: Catalog | None) -> CodeCollection:
    """Return the codes that tests have seen, by the shapes of a catalog or by those found."""
    if documented is None:
        shapes = find_shapes(tests)
    else:
        shapes = [read_shape(shape, documented.shapes) for shape in documented.shapes]
    collection = CodeCollection(shapes)
    for test in tests:
        collection.add(test)
    collection.drop_http_statuses()
    return collection


def _is_error(answer: AnswerFacts, code: Code, shape: FoundShape) -> bool:
    """Return whether a field has an error's code there, and no fact of a payload."""
    if is_error_status(answer) or says_failure(answer) or shape.success:
        return True
    has_message = bool(text_of(answer, shape.message))
    return has_message or (not shape.absent and not is_usual_success(code))


def says_code(raised: RaisedFacts, code: Code, shapes: Iterable[FoundShape]) -> bool:
    """Return whether an exception says a code: by its name, an attribute, its answer, a word."""
    word = str(code)
    if raised.name.rpartition(".")[2] == word:  # an API that names the class itself
        return True
    if any(str(value) == word for value in raised.attributes.values() if value is not None):
        return True
    if any(str(raised.answer.get(shape.code)) == word for shape in shapes):
        return True
    # A plain word of a language, such as request, may stand in any text.
    return not _PLAIN_WORD.fullmatch(word) and word in _WORD.findall(raised.text)


def find_own_code(raised: RaisedFacts) -> Code | None:
    """Return the code that an exception has in an attribute; None for one that has none.

    What may be an HTTP status comes last.
    """
    found = []
    for name, value in raised.attributes.items():
        plain = "".join(letter for letter in name.lower() if letter.isalpha())
        if plain in _STATUS_WORDS or not (is_code_name(name) or plain in _TYPE_WORDS):
            continue
        facts = AnswerFacts("", "", 0, "", "object", {name: value})
        if (code := code_of(facts, name)) is not None:
            found.append(code)
    return min(found, key=_may_be_status, default=None)


def _may_be_status(code: Code) -> bool:
    return str(code).isdigit() and 100 <= int(code) <= 599  # HTTP itself has no others


def find_own_message(raised: RaisedFacts) -> str:
    """Return the message that an exception has in an attribute; empty if it has none."""
    ranked = [
        (rank_message(name), value.strip())
        for name, value in raised.attributes.items()
        if rank_message(name) >= 0 and isinstance(value, str) and value.strip()
    ]
    return min(ranked)[1] if ranked else ""
