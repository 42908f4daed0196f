"""Finding batches: the lists of answers whose items have codes of their own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.tools.harvesting.field_names import (
    is_code_name,
    is_message_name,
    parent_of,
    plain_name,
)
from pytest_errcodes.tools.harvesting.found_shape import code_of, is_usual_success

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.tools.harvesting.found_shape import Witness
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, Fields

#: Lists of these names hold all that is wrong with one request.
_ERROR_LISTS = ("error", "errors")


class Batch(NamedTuple):
    """A list whose items have codes of their own.

    Attributes:
        path: Where it stands.
        code: Path of the code in an item.
        items: The items as answers of their own, with what the exceptions of their tests said.
    """

    path: str
    code: str
    items: tuple[Witness, ...]


def find_batches(answers: Sequence[Witness]) -> Iterator[Batch]:
    """Yield the lists whose items have codes: some mean a success, or the exceptions said some.

    Args:
        answers: The answers of a run, and what the exceptions of their tests said.
    """
    for path in dict.fromkeys(path for answer, _ in answers for path in answer.batches):
        items = tuple(
            (make_item(answer, fields), said)
            for answer, said in answers
            for fields in answer.batches.get(path, ())
        )
        code = _choose_code(items)
        stands_alone = any(path in one.batches and _has_own_code(one) for one, _ in answers)
        if code and _is_batch(path, code, items, stands_alone=stands_alone):
            yield Batch(path, code, items)


def make_item(answer: AnswerFacts, fields: Fields) -> AnswerFacts:
    """Return an item of an answer as an answer of its own."""
    return answer._replace(kind="item", fields=fields, batches={})


def without_batches(answer: AnswerFacts, batches: Sequence[Batch]) -> AnswerFacts:
    """Return an answer without the fields of the items of batches."""
    under = tuple(f"{batch.path}." for batch in batches if batch.path in answer.batches)
    if not under:
        return answer
    kept = {path: one for path, one in answer.fields.items() if not path.startswith(under)}
    return answer._replace(fields=kept)


def _choose_code(items: Sequence[Witness]) -> str:
    counts = Counter(
        path
        for item, _ in items
        for path in item.fields
        if is_code_name(path) and code_of(item, path) is not None
    )
    return max(counts, key=lambda path: (counts[path], -len(path)), default="")


def _is_batch(path: str, code: str, items: Sequence[Witness], *, stands_alone: bool) -> bool:
    """Return whether items have codes of errors of their own.

    A list of currencies has codes too, and a list of errors those of its one answer.

    Args:
        path: Where the list stands.
        code: Path of the code in an item.
        items: The items.
        stands_alone: Whether answers have another code beside the list.
    """
    good = bad = False
    for item, said in items:
        own = code_of(item, code)
        if own is None:
            continue
        if is_usual_success(own):
            good = True
        elif str(own) in said or _has_message(item, code):
            bad = True
    return bad and (good or (stands_alone and plain_name(path) not in _ERROR_LISTS))


def _has_message(item: AnswerFacts, code: str) -> bool:
    return any(
        parent_of(path) == parent_of(code) and is_message_name(path) and isinstance(one, str)
        for path, one in item.fields.items()
    )


def _has_own_code(answer: AnswerFacts) -> bool:
    """Return whether an answer has a code at top level."""
    return any(
        "." not in path and is_code_name(path) and code_of(answer, path) is not None
        for path in answer.fields
    )
