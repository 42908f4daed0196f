"""Finding the envelope shapes of a run: by the names of fields, what stands in them, and when."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.tools.harvesting.field_names import (
    is_code_name,
    is_flag_name,
    is_message_name,
    is_status_name,
    may_be_code_name,
    parent_of,
    rank_message,
    rank_payload,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    FoundShape,
    code_of,
    is_error_status,
    is_http_status,
    is_usual_success,
    read_flag,
    says_failure,
    text_of,
)
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, RaisedFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_MOST_SHAPES = 4
_WORD = re.compile(r"[\w.:/#-]*\w")


class Witnessed:
    """The answers of a run that are JSON objects, and what their tests raised.

    Attributes:
        answers: Each answer, and what exceptions of its test said.
    """

    def __init__(self, tests: Iterable[SeenByTest]) -> None:
        self.answers: list[tuple[AnswerFacts, frozenset[str]]] = []
        for test in tests:
            said = frozenset(_list_said(test))
            self.answers += [
                (one, said)
                for one in test.facts
                if isinstance(one, AnswerFacts) and one.kind == "object"
            ]


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
    rest = Witnessed(tests).answers
    if code_path:
        is_there = any(code_of(one, code_path) is not None for one, _ in rest)
        return [_describe(code_path, rest)] if is_there else []
    shapes: list[FoundShape] = []
    while len(shapes) < _MOST_SHAPES:
        path = _choose_code(rest, [shape.code for shape in shapes])
        if path is None:
            break
        shapes.append(_describe(path, rest))
        rest = [pair for pair in rest if code_of(pair[0], path) is None]
    return shapes


def _choose_code(
    answers: Sequence[tuple[AnswerFacts, frozenset[str]]], taken: Sequence[str]
) -> str | None:
    """Return the path of the field that most likely has the code; None if no field seems to."""
    scores: Counter[str] = Counter()
    repeats: Counter[str] = Counter()  # how often it only says the HTTP status once more
    beside = {parent_of(path) for path in taken}
    for answer, said in answers:
        for path in answer.fields:
            if not may_be_code_name(path) or (parent_of(path) in beside and not is_code_name(path)):
                continue
            code = code_of(answer, path)
            if code is None:
                continue
            weight = _weigh(answer, path, code, said)
            scores[path] += weight
            if weight and str(code) == str(answer.http_status):
                repeats[path] += weight
    for path in list(scores):
        if repeats[path] == scores[path]:  # any other code says more
            scores[path] = 1 if scores[path] and is_code_name(path) else 0
            if is_status_name(path):
                scores[path] = 0
    best = max(scores, key=lambda path: (scores[path], -len(path)), default=None)
    return best if best is not None and scores[best] else None


def _weigh(answer: AnswerFacts, path: str, code: Code, said: frozenset[str]) -> int:
    """Return how much one answer speaks for a field as that of the code."""
    failed = is_error_status(answer) or says_failure(answer)
    surfaced = str(code) in said
    if not is_code_name(path):
        is_plain_name = "." not in path or path.startswith("error")
        return 2 if is_plain_name and failed and not isinstance(code, int) else 0
    parent = parent_of(path)
    has_message = any(
        parent_of(other) == parent and is_message_name(other) and isinstance(value, str)
        for other, value in answer.fields.items()
    )
    weight = 4 * surfaced + 3 * failed + 3 * has_message
    if not weight and parent == "" and is_usual_success(code):
        weight = 1
    in_payload = rank_payload(path.partition(".")[0]) >= 0 or any(map(str.isdigit, path.split(".")))
    return weight // 3 if in_payload else weight


def _describe(path: str, answers: Sequence[tuple[AnswerFacts, frozenset[str]]]) -> FoundShape:
    """Return the shape whose code stands at a path."""
    having = [(one, said) for one, said in answers if code_of(one, path) is not None]
    flag = _find_flag([one for one, _ in having], [one for one, _ in answers])
    message = _find_message(path, [one for one, _ in having])
    success: dict[Code, None] = {}
    for answer, said in having:
        code = code_of(answer, path)
        if code is not None and _is_success(answer, code, said, flag):
            success[code] = None
    good = [one for one, _ in having if code_of(one, path) in success]
    failed = {code_of(one, path) for one, _ in having} - set(success)
    absent = [
        one
        for one, _ in answers
        if code_of(one, path) is None and not is_error_status(one) and not says_failure(one)
    ]
    texts = Counter(filter(None, (text_of(one, message) for one in good)))
    return FoundShape(
        code=path,
        message=message,
        data=_find_data(path, message, good),
        success=tuple(success),
        success_message=texts.most_common(1)[0][0] if texts else "",
        flag=flag,
        flag_value=_find_flag_value(flag, [one for one, _ in answers], means=True),
        flag_error=_find_flag_value(flag, [one for one, _ in answers], means=False),
        fails_by_status=all(is_error_status(one) for one, _ in having),
        absent=len(absent),
        seen=len(having),
        doubts=_find_doubts(path, message, failed, having),
    )


def _is_success(answer: AnswerFacts, code: Code, said: frozenset[str], flag: str) -> bool:
    if is_error_status(answer) or says_failure(answer):
        return False
    if is_usual_success(code):
        return True
    return bool(flag) and read_flag(answer.fields.get(flag)) is True and str(code) not in said


def _find_message(path: str, having: Sequence[AnswerFacts]) -> str:
    """Return the path of the message: the nearest to the code, by its name."""
    counts: Counter[str] = Counter()
    for answer in having:
        for other, value in answer.fields.items():
            if isinstance(value, str) and rank_message(other) >= 0 and other != path:
                counts[other] += 1
    here = path
    while here:
        here = parent_of(here)
        found = [other for other in counts if parent_of(other) == here]
        usual = [other for other in found if is_message_name(other)] or found
        if usual:
            most = max(counts[other] for other in usual)
            often = [other for other in usual if counts[other] * 2 >= most]
            return min(often, key=rank_message)
    return ""


def _find_flag(having: Sequence[AnswerFacts], answers: Sequence[AnswerFacts]) -> str:
    """Return the path of a field that says failure where codes are, and success elsewhere."""
    counts: Counter[str] = Counter()
    for answer in answers:
        for path, value in answer.fields.items():
            if "." not in path and is_flag_name(path) and read_flag(value) is not None:
                counts[path] += 1
    for path, _ in counts.most_common():
        if any(read_flag(one.fields.get(path)) is False for one in having):
            return path
    return ""


def _find_flag_value(flag: str, answers: Sequence[AnswerFacts], *, means: bool) -> bool | str:
    """Return what most often stands in a flag of an answer that is a success, or is none."""
    values = Counter[bool | str](
        value
        for one in answers
        if isinstance(value := one.fields.get(flag), bool | str) and read_flag(value) is means
    )
    return values.most_common(1)[0][0] if values else means


def _find_data(path: str, message: str, good: Sequence[AnswerFacts]) -> str:
    """Return the path of the payload in the answers that have a code and are successes."""
    counts: Counter[str] = Counter()
    for answer in good:
        for other in answer.fields:
            if "." not in other and rank_payload(other) >= 0 and other not in (path, message):
                counts[other] += 1
    return min(counts, key=lambda other: (-counts[other], rank_payload(other)), default="")


def _find_doubts(
    path: str,
    message: str,
    failed: set[Code | None],
    having: Sequence[tuple[AnswerFacts, frozenset[str]]],
) -> dict[str, str]:
    doubts = {}
    if not is_code_name(path):
        doubts["code"] = "by its values, not by its name"
    bad = [one for one, _ in having if code_of(one, path) in failed]
    if bad and all(is_http_status(code_of(one, path) or 0, [one.http_status]) for one in bad):
        doubts["code"] = "says the HTTP status once more, and no more"
    without = sum(not text_of(one, message) for one in bad)
    if message and without:
        doubts["message"] = f"missing in {without} of {len(bad)} answers with an error"
    if not message:
        doubts["message"] = "no answer had one"
    return doubts
