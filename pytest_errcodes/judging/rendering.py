"""The texts of mismatches, as a user reads them: the one place that writes them.

A text says what was expected, what came, where the two part, and what to do about it. It shows no
secret, and no line of it is much longer than a hundred columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.judging.comparison import find_documented, find_nearest
from pytest_errcodes.judging.comparison_rows import Row, draw_rows
from pytest_errcodes.judging.difference import measure_prefix, show_template
from pytest_errcodes.judging.expectation import AnyCode, write_message
from pytest_errcodes.judging.message_comparison import find_nearest_template, fits
from pytest_errcodes.judging.mismatch import Mismatch, StructureMismatch
from pytest_errcodes.judging.seen_table import NO_MESSAGE
from pytest_errcodes.judging.unmet_texts import render_unmet
from pytest_errcodes.text.secrets import MASK, is_secret, looks_secret
from pytest_errcodes.text.wording import (
    join_lines,
    join_words,
    show_around,
    show_code,
    show_name,
    show_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_errcodes.active.evidence import Contradiction
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import Answer, UnmetExpectation

_MISSING = "(missing)"
_MOST_RAISED = 10
#: Of a path with more steps, so many at its beginning and at its end are shown.
_MOST_STEPS, _ENDS = 30, 10
_LONGEST_VALUE = 60
#: Of a text that differs only so far on, the part around the difference is shown.
_FAR = 500


def render(mismatch: Mismatch | StructureMismatch | UnmetExpectation) -> str:
    """Return the text of a mismatch, in lines."""
    if isinstance(mismatch, Mismatch):
        lines = _render_mismatch(mismatch)
    elif isinstance(mismatch, StructureMismatch):
        lines = _render_structure(mismatch)
    else:
        lines = render_unmet(mismatch)
    return join_lines(lines)


def render_all(mismatches: Iterable[Mismatch | UnmetExpectation]) -> str:
    """Return the texts of several mismatches, an empty line between them, equal texts once."""
    # No map: a StopIteration, as of a mock that the test left in place, would end it in silence.
    texts = [render(mismatch) for mismatch in mismatches]
    return "\n\n".join(dict.fromkeys(texts))


def show_field(
    field: str, path: tuple[object, ...], expected: object, came: object
) -> tuple[str, str, str]:
    """Return how a field is called that lies somewhere in a value, and both of its values.

    Args:
        field: How the value itself is called.
        path: The keys and indexes that lead to the field.
        expected: The value that was expected; ``ABSENT`` for none.
        came: The value that came; ``ABSENT`` for none.
    """
    steps = [
        f".{show_name(step)}" if isinstance(step, str) else f"[{show_value(step, _LONGEST_VALUE)}]"
        for step in (path if len(path) <= _MOST_STEPS else (*path[:_ENDS], *path[-_ENDS:]))
    ]
    if len(path) > _MOST_STEPS:
        steps.insert(_ENDS, f"…({len(path) - 2 * _ENDS:,} more)…")
    name = field + "".join(steps)
    hides = any(map(looks_secret, path[-1:])) or any(
        is_secret(path[-1], value) for value in (expected, came) if path
    )
    if hides:
        texts = [_MISSING if value is ABSENT else MASK for value in (expected, came)]
        return name, texts[0], texts[1]
    if issubclass(type(expected), str) and issubclass(type(came), str):
        left, right = str.__str__(expected), str.__str__(came)
        at = measure_prefix(left, right)
        if at > _FAR:
            return name, show_around(left, at), show_around(right, at)
    texts = [_MISSING if value is ABSENT else show_value(value) for value in (expected, came)]
    return name, texts[0], texts[1]


# -- one envelope ------------------------------------------------------------------------------


def _render_mismatch(mismatch: Mismatch) -> list[str]:
    answer = mismatch.answer
    if answer is not None and mismatch.kind in _OF_ANSWERS:
        lines = _OF_ANSWERS[mismatch.kind](mismatch, answer)
    else:
        lines = _OF_EXCEPTIONS[mismatch.kind](mismatch)
    if answer is not None and answer.evidence.note:
        lines.append(f"  {show_code(answer.code)} was {answer.evidence.note}")
    lines += [f"hint: {hint}" for hint in mismatch.hints]
    if mismatch.kind == "code" and mismatch.nested:
        others = dict.fromkeys(other.goal.title for other in mismatch.nested)
        lines.append(f"(expected as well: {join_words(list(others))})")
    return [*lines, mismatch.seen_at] if mismatch.seen_at else lines


def _render_code(mismatch: Mismatch, answer: Answer) -> list[str]:
    goal, key = mismatch.goal, show_code(answer.code)
    came = NO_MESSAGE if answer.message is None else answer.message
    documented = find_documented(answer, goal)
    if documented is None or fits(answer, documented):
        rows = [_make_goal_row(goal), Row("came", key, came)]
    else:
        rows = [
            _make_goal_row(goal),
            Row("came", key, find_nearest_template(documented, came).text),
            Row("message", "", came),
        ]
    nearest = find_nearest(answer, goal)
    labels = ["nearest", *[""] * len(nearest)]
    rows += [
        Row(label, show_code(near.code), near.message)
        for label, near in zip(labels, nearest, strict=False)
    ]
    at = max((measure_prefix(key, show_code(code)) for code in mismatch.expected), default=0)
    return [f"expected {goal.title}, came {key}", *draw_rows(rows, key_at=at)]


def _render_contradiction(mismatch: Mismatch, answer: Answer) -> list[str]:
    goal, owner = mismatch.goal, answer.evidence.owner
    found: Contradiction = mismatch.came
    said = "none" if found.said is None else show_code(found.said)
    carried = show_code(found.carried)
    rows = [
        _make_goal_row(goal),
        Row("says", said, f"in .{found.attribute} of {owner}"),
        Row("carries", carried, f"in its {found.holder}"),
    ]
    says = "no code" if found.said is None else said
    title = f"expected {goal.title}, came {owner}, which says {says} and carries {carried}"
    return [title, *draw_rows(rows)]


def _render_message(mismatch: Mismatch, answer: Answer) -> list[str]:
    key, expected, came = show_code(answer.code), mismatch.expected, mismatch.came
    if isinstance(expected, str):
        noun, shown = "the message given for", expected
    else:
        noun, shown = "the documented message of", show_template(expected)
    title = f"expected {noun} {key}, came {'none' if came is None else 'another'}"
    if answer.message is None and came is not None:
        title = f"expected {noun} {key} in the text of {answer.evidence.owner}, came another"
    at_shown, at = mismatch.at or (0, 0)
    text = NO_MESSAGE if came is None else came
    rows = [Row("expected", key, shown, at_shown), Row("came", key, text, at)]
    return [title, *draw_rows(rows)]


def _render_parameters(mismatch: Mismatch, answer: Answer) -> list[str]:
    goal, key = mismatch.goal, show_code(answer.code)
    at_shown, at = mismatch.at or (0, 0)
    noun = "parameter" if len(mismatch.nested) == 1 else "parameters"
    title = f"expected {key} with the {noun} given, came {'another' if mismatch.came else 'none'}"
    rows = [
        Row("expected", key, _make_goal_row(goal).text, at_shown),
        Row("came", key, answer.message or "", at),
    ]
    details = [line for one in mismatch.nested for line in _render_parameter(one, answer)]
    return [title, *draw_rows(rows), *details]


def _render_parameter(mismatch: Mismatch, answer: Answer) -> list[str]:
    documented = find_documented(answer, mismatch.goal)
    found = documented.match(answer.message or "") if documented else None
    placeholders = documented.templates[found[0]].placeholders if documented and found else ()
    (number,) = mismatch.path
    names: dict[object, str] = dict(enumerate(placeholders, 1))
    expected, came = (
        "none" if value is ABSENT else show_value(value)
        for value in (mismatch.expected, mismatch.came)
    )
    name = names.get(number, "what follows")
    return [f"  parameter {number} ({name}): expected {expected}, came {came}"]


def _render_field(mismatch: Mismatch, answer: Answer) -> list[str]:
    field = mismatch.field
    other = "other data" if field == "data" else "another"
    title = f"expected {show_code(answer.code)} with the {field} given, came {other}"
    path, expected, came = show_field(field, mismatch.path, mismatch.expected, mismatch.came)
    at = measure_prefix(expected, came)
    return [title, *draw_rows([Row("expected", path, expected, at), Row("came", path, came, at)])]


def _render_no_envelope(mismatch: Mismatch) -> list[str]:
    row = _make_goal_row(mismatch.goal)
    return [
        f"expected {mismatch.goal.title}, came no envelope: {mismatch.came.reason}",
        f"  expected      {row.key}  {row.text}",
        *mismatch.came.lines,
    ]


# -- exceptions --------------------------------------------------------------------------------


def _render_nothing_raised(mismatch: Mismatch) -> list[str]:
    title = f"expected {mismatch.goal.title} to be raised, came no exception"
    rows, seen = [_make_goal_row(mismatch.goal)], mismatch.came
    if seen is None:
        return [title, *draw_rows(rows)]
    rows += [
        Row("surfaced" if one.surfaced else "received", show_code(one.code), one.place)
        for one in seen[:_MOST_RAISED]
    ] or [Row("received", "nothing", "")]
    more = len(seen) - _MOST_RAISED
    return [title, *draw_rows(rows), *([f"  … and {more} more"] if more > 0 else [])]


def _render_exception_type(mismatch: Mismatch) -> list[str]:
    wanted = " or ".join(mismatch.expected)
    title = f"expected {mismatch.goal.title} raised as {wanted}, came as {mismatch.came}"
    return [title, *draw_rows([_make_goal_row(mismatch.goal)])]


def _render_exception_text(mismatch: Mismatch) -> list[str]:
    goal = mismatch.goal
    rows = [
        _make_goal_row(goal),
        Row("pattern", "", show_value(mismatch.expected)),
        Row("text", "", show_value(mismatch.came)),
    ]
    title = f"expected {goal.title} in an exception whose text matches, came another"
    return [title, *draw_rows(rows)]


_OF_ANSWERS: dict[str, Callable[[Mismatch, Answer], list[str]]] = {
    "code": _render_code,
    "contradiction": _render_contradiction,
    "message": _render_message,
    "parameters": _render_parameters,
    "parameter": _render_parameter,
    "field": _render_field,
}
_OF_EXCEPTIONS: dict[str, Callable[[Mismatch], list[str]]] = {
    "no-envelope": _render_no_envelope,
    "nothing-raised": _render_nothing_raised,
    "exception-type": _render_exception_type,
    "exception-text": _render_exception_text,
}


def _make_goal_row(goal: ExpectedEnvelope) -> Row:
    """Return what is expected, as the first line of a comparison."""
    if not isinstance(goal.code, AnyCode):
        return Row("expected", goal.title, write_message(goal.code, goal.params))
    catalog = goal.judging_catalog
    if goal.code is AnyCode.DOCUMENTED:
        return Row("expected", "any", f"code that the catalog {catalog.name} documents")
    codes = " or ".join(map(show_code, catalog.shape.success)) or "success"
    return Row("expected", codes, catalog.shape.success_message)


# -- structures --------------------------------------------------------------------------------


def _render_structure(mismatch: StructureMismatch) -> list[str]:
    """Return why matchers do not match: a line for each member of ``in``, all for ``==``."""
    left, right = (show_value(value, _LONGEST_VALUE) for value in (mismatch.left, mismatch.right))
    lines = [f"{left} {mismatch.operator} {right}"]
    for place, one in mismatch.members:
        reason = render(one).splitlines()
        if mismatch.operator == "in":
            lines.append(f"{place}: {reason[0]}")
        else:
            lines += [f"at {place}:"] * bool(place) + reason
    return [*lines, *([f"and {mismatch.unseen} more"] if mismatch.unseen else [])]
