"""Finding the envelope shapes of a run: by the names of fields, what stands in them, and when."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.envelope_fields import ERROR_STATUSES
from pytest_errcodes.tools.harvesting.batch_inference import find_batches, without_batches
from pytest_errcodes.tools.harvesting.field_names import (
    holds_error,
    is_code_name,
    is_message_name,
    is_status_name,
    may_be_code_name,
    parent_of,
    rank_payload,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    SOME_ERROR,
    FoundShape,
    code_of,
    is_error_status,
    is_usual_success,
    says_failure,
    text_of,
)
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, RaisedFacts
from pytest_errcodes.tools.harvesting.shape_description import describe_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.batch_inference import Batch
    from pytest_errcodes.tools.harvesting.found_shape import Witness
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_MOST_SHAPES = 4
_WORD = re.compile(r"[\w.:/#-]*\w")
#: ``api.err.LoginRequired``, ``USER_NOT_FOUND``: no word that a person would say.
_WORDED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)+")
#: What only an error is called.
_ERROR_WORD = re.compile(
    r"(?:.*[.#])?[A-Z]\w*(?:Exception|Error|Fault)|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
)


def list_answers(tests: Iterable[SeenByTest]) -> list[Witness]:
    """Return the answers of a run that may be envelopes, and what their tests raised."""
    answers: list[Witness] = []
    for test in tests:
        said = frozenset(_list_said(test))
        answers += [
            (one, said)
            for one in test.facts
            if isinstance(one, AnswerFacts)
            # A list may well be the payload of a success.
            and (one.kind == "object" or (one.kind == "list" and is_error_status(one)))
        ]
    return answers


def _list_said(test: SeenByTest) -> Iterable[str]:
    """Yield what the exceptions of a test said, value by value and word by word."""
    for one in test.facts:
        if isinstance(one, RaisedFacts):
            yield from (str(value) for value in one.attributes.values() if value not in ("", None))
            yield from _WORD.findall(one.text)


def find_shapes(tests: Sequence[SeenByTest], code_path: str = "") -> list[FoundShape]:
    """Return the shapes in which codes were answered, the most frequent one first.

    Args:
        tests: What each test has seen.
        code_path: Where the code stands, if that is known; there is one shape then, or none.
    """
    answers = list_answers(tests)
    if code_path:
        is_there = any(code_of(one, code_path) is not None for one, _ in answers)
        return [describe_shape(code_path, answers)] if is_there else []
    batches = list(find_batches(answers))
    rest = [(without_batches(one, batches), said) for one, said in answers]
    shapes: list[FoundShape] = []
    while len(shapes) < _MOST_SHAPES:
        path = _choose_code(rest, [shape.code for shape in shapes])
        if path is None:
            break
        shapes.append(describe_shape(path, rest))
        rest = [pair for pair in rest if code_of(pair[0], path) is None]
    for batch in batches:
        shapes = _add_batch(shapes, batch, answers)
    return shapes


def _add_batch(
    shapes: Sequence[FoundShape], batch: Batch, answers: Sequence[Witness]
) -> list[FoundShape]:
    """Return shapes of which one has the items of a batch."""
    item = describe_shape(batch.code, batch.items)
    having = [pair for pair in answers if batch.path in pair[0].batches]
    for place, shape in enumerate(shapes):
        if shape.items or not any(code_of(one, shape.code) is not None for one, _ in having):
            continue
        owner = shape._replace(items=batch.path)
        if (shape.code, shape.message) != (item.code, item.message):
            owner = owner._replace(item=item)
        else:
            owner = owner._replace(success=tuple(dict.fromkeys((*shape.success, *item.success))))
        return [*shapes[:place], owner, *shapes[place + 1 :]]
    if any(shape.items == batch.path for shape in shapes):
        return list(shapes)
    # An answer without a code of its own, which would be where its items have theirs.
    owner = FoundShape(item.code, absent=len(having), items=batch.path, item=item)
    return [*shapes, owner]


def _choose_code(answers: Sequence[Witness], taken: Sequence[str]) -> str | None:
    """Return the path of the field that most likely has the code; None if no field seems to."""
    scores: Counter[str] = Counter()
    repeats: Counter[str] = Counter()  # how often it only says the HTTP status once more
    beside = {parent_of(path) for path in taken}
    worded = find_worded_codes([answer for answer, _ in answers])
    for answer, said in answers:
        for path in answer.fields:
            may_be = may_be_code_name(path) or path in worded
            if not may_be or (parent_of(path) in beside and not is_code_name(path)):
                continue
            code = code_of(answer, path)
            if code is None:
                continue
            weight = 2 if path in worded else _weigh(answer, path, code, said)
            scores[path] += weight
            if weight and repeats_status(answer, path, code):
                repeats[path] += weight
    for path in list(scores):
        if repeats[path] == scores[path]:  # any other code says more
            scores[path] = 1 if scores[path] and is_code_name(path) else 0
            if is_status_name(path):
                scores[path] = 0
    best = max(
        scores, key=lambda path: (scores[path], is_code_name(path), -len(path)), default=None
    )
    return best if best is not None and scores[best] else None


def _is_of_errors(path: str) -> bool:
    """Return whether a field stands in what is called an error, or in a list of them."""
    return any(map(holds_error, path.split(".")))


def _weigh(answer: AnswerFacts, path: str, code: Code, said: frozenset[str]) -> int:
    """Return how much one answer speaks for a field as that of the code."""
    failed = is_error_status(answer) or says_failure(answer)
    surfaced = str(code) in said
    if not is_code_name(path):
        is_plain_name = "." not in path or path.startswith("error")
        # Of an answer that only the client has seen, no HTTP status tells that it is an error.
        is_error = failed or (surfaced and not answer.http_status)
        is_told = not isinstance(code, int) or holds_error(path)
        return 2 if is_plain_name and is_error and is_told else 0
    parent = parent_of(path)
    has_message = any(
        parent_of(other) == parent and is_message_name(other) and isinstance(value, str)
        for other, value in answer.fields.items()
    )
    # Contracts and currencies have codes and descriptions too.
    is_listed = any(map(str.isdigit, path.split("."))) and not _is_of_errors(path)
    weight = 4 * surfaced + 3 * failed + 3 * (has_message and not is_listed)
    if not weight and parent == "" and is_usual_success(code):
        weight = 1
    in_payload = rank_payload(path.partition(".")[0]) >= 0 or is_listed
    return weight // 3 if in_payload else weight


def find_worded_codes(answers: Sequence[AnswerFacts]) -> frozenset[str]:
    """Return the fields of messages in which each error has a word made of words, and no text.

    An answer with a field for a code has its code there.
    """
    found: set[str] = set()
    prose: set[str] = set()
    for answer in answers:
        for path, value in answer.fields.items():
            if not isinstance(value, str) or not value or not is_message_name(path):
                continue
            if not _WORDED.fullmatch(value):
                prose.add(path)
            elif (is_error_status(answer) or says_failure(answer)) and not _has_code(answer, path):
                found.add(path)
    return frozenset(found - prose)


def _has_code(answer: AnswerFacts, path: str) -> bool:
    """Return whether a field beside a message has a code of an error, by its name."""
    return any(
        parent_of(other) == parent_of(path)
        and is_code_name(other)
        and (code := code_of(answer, other)) is not None
        and not is_usual_success(code)
        for other in answer.fields
    )


def repeats_status(answer: AnswerFacts, path: str, code: Code) -> bool:
    """Return whether a code only says the HTTP status once more.

    Where that status is not known, a number that may be one does, if a word says more beside it.
    """
    if answer.http_status not in (0, SOME_ERROR):
        return str(code) == str(answer.http_status)
    if not isinstance(code, int) or code not in ERROR_STATUSES:
        return False
    return any(
        parent_of(other) == parent_of(path)
        and may_be_code_name(other)
        and isinstance(code_of(answer, other), str)
        for other in answer.fields
    )


def is_error_by_word(answer: AnswerFacts) -> bool:
    """Return whether an answer has a word at top level that only an error is called, and a text."""
    has_message = any(
        not parent_of(path) and is_message_name(path) and text_of(answer, path)
        for path in answer.fields
    )
    return has_message and any(
        not parent_of(path) and may_be_code_name(path) and _ERROR_WORD.fullmatch(value)
        for path, value in answer.fields.items()
        if isinstance(value, str)
    )
