"""The shapes of the envelope as sample answers show them, and what they do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words
from pytest_errcodes.tools.harvesting.draft_shapes import draft_shapes
from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest
from pytest_errcodes.tools.harvesting.harvested_codes import CodeCollection
from pytest_errcodes.tools.harvesting.shape_inference import find_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.starting.sample_answers import SampleAnswer


_MOST_NAMED = 6


class GuessedShapes(NamedTuple):
    """What sample answers show.

    Attributes:
        shapes: The shapes, the most frequent one first.
        examples: The codes that they have, with their messages; an empty one where none came.
        shape_names: The names of the further shapes in which codes came.
        http_status: The HTTP status of an error; 0 where nobody knows.
        doubts: What is a guess, by the field of ``[envelope]``, or the table of a further shape.
    """

    shapes: tuple[EnvelopeShape, ...]
    examples: dict[Code, str]
    shape_names: dict[Code, str]
    http_status: int
    doubts: dict[str, str]


def guess_shapes(samples: Sequence[SampleAnswer], code_path: str) -> GuessedShapes:
    """Return the shapes in which sample answers came.

    Args:
        samples: The answers.
        code_path: Where the code stands, if the user says so.

    Raises:
        ErrcodesUsageError: None of them seems to be an error with a code (``sample-answer``).
    """
    seen = SeenByTest("samples", tuple(one.facts for one in samples))
    found = find_shapes([seen], code_path)
    collection = CodeCollection(found)
    collection.add(seen)
    codes = list(collection.codes.values())
    if not codes:
        raise _refuse_codeless(samples)
    drafted = draft_shapes(codes, found)
    examples = {one.code: next(iter(one.messages), "") for one in codes}
    # What is doubtful about a further shape stands under its table.
    doubts = {
        field if table == "envelope" else table: said
        for (table, field), said in drafted.comments.items()
    }
    if doubts.get("message", "").startswith("missing"):
        doubts["message"] = "it came empty"
    return GuessedShapes(
        drafted.shapes,
        examples,
        {one.code: drafted.name_of(one.shape) for one in codes},
        next((one.http_status for one in samples if one.is_error and one.http_status), 0),
        doubts,
    )


def _refuse_codeless(samples: Sequence[SampleAnswer]) -> ErrcodesUsageError:
    sources = ", ".join(dict.fromkeys(one.source for one in samples))
    errors = [one for one in samples if one.is_error] or list(samples)
    fields = errors[0].facts.fields
    named = [path for path, value in fields.items() if not isinstance(value, dict | list)]
    hint = "give one that has a code; --code-field names its field where that has an unusual name"
    if named:
        hint += f": {join_words(named, _MOST_NAMED)}"
    return ErrcodesUsageError(
        "sample-answer", f"no answer of {sources} seems to be an error with a code", hint
    )
