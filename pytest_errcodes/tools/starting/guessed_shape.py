"""The shape of an envelope as sample answers show it, and what they do not tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.envelope_fields import TOP_LEVEL
from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.harvesting.field_names import rank_payload
from pytest_errcodes.tools.harvesting.found_shape import code_of, text_of
from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest
from pytest_errcodes.tools.harvesting.shape_inference import find_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.model import Code, CodeType
    from pytest_errcodes.tools.harvesting.found_shape import FoundShape
    from pytest_errcodes.tools.starting.sample_answers import SampleAnswer


_USUAL_WORD = "success"


class GuessedShape(NamedTuple):
    """What sample answers show.

    Attributes:
        shape: The shape.
        examples: The codes that they have, with their messages; an empty one where none came.
        http_status: The HTTP status of an error; 0 where nobody knows.
        doubts: What is a guess, by the field of ``[envelope]``.
    """

    shape: EnvelopeShape
    examples: dict[Code, str]
    http_status: int
    doubts: dict[str, str]


def guess_shape(samples: Sequence[SampleAnswer], code_path: str = "") -> GuessedShape:
    """Return the shape in which sample answers came.

    Args:
        samples: The answers.
        code_path: Where the code stands, if the user says so.

    Raises:
        ErrcodesUsageError: None of them seems to be an error with a code (``sample-answer``).
    """
    shapes = find_shapes([SeenByTest("samples", tuple(one.facts for one in samples))], code_path)
    if not shapes:
        raise _refuse_codeless(samples)
    found = shapes[0]
    examples: dict[Code, str] = {}
    for one in samples:
        code = code_of(one.facts, found.code)
        if code is not None and code not in found.success and one.is_error:
            examples.setdefault(code, text_of(one.facts, found.message))
    if not examples:
        raise _refuse_codeless(samples)
    doubts = dict(found.doubts)
    if not found.message:
        doubts["message"] = "no answer had one"
    elif not all(examples.values()):
        doubts["message"] = "it came empty"
    succeeded = [one for one in samples if not one.is_error]
    kind = _find_type([*examples, *found.success])
    shape = EnvelopeShape(
        code=found.code,
        message=found.message,
        code_type=kind,
        success_message=_find_success_message(found, succeeded),
        success=found.success,
    )
    failed = [one for one in samples if one.is_error]
    shape = _with_success(shape, found, (failed, succeeded), doubts)
    shape = replace(shape, data=_find_data(shape, samples, succeeded, doubts))
    statuses = [one.http_status for one in samples if one.is_error and one.http_status]
    return GuessedShape(shape, examples, statuses[0] if statuses else 0, doubts)


def _find_type(codes: Sequence[Code]) -> CodeType:
    kinds = {type(code) for code in codes}
    if kinds == {int}:
        return "integer"
    return "string" if kinds == {str} else "either"


def _find_success_message(found: FoundShape, succeeded: Sequence[SampleAnswer]) -> str:
    came = any(found.message in one.facts.fields for one in succeeded)
    return found.success_message if came else EnvelopeShape().success_message


def _with_success(
    shape: EnvelopeShape,
    found: FoundShape,
    samples: tuple[Sequence[SampleAnswer], Sequence[SampleAnswer]],
    doubts: dict[str, str],
) -> EnvelopeShape:
    """Return a shape with what tells a success.

    Args:
        shape: The shape.
        found: What was found of it.
        samples: The answers that are errors, and those that are successes.
        doubts: Where a guess is noted.
    """
    failed, succeeded = samples
    if found.flag:
        value, error = found.flag_value, failed[0].facts.fields.get(found.flag)
        if not isinstance(error, str):
            return replace(shape, success_field=found.flag, success_value=value)
        if not succeeded:
            value = _USUAL_WORD
            doubts["success"] = "no answer with a success was given"
        return replace(shape, success_field=found.flag, success_value=value, error_value=error)
    if found.success:
        return shape
    if not succeeded:
        doubts["success"] = "no answer with a success was given"
    if succeeded or "." in found.code:
        return replace(shape, success_rule="absent")
    return replace(shape, success=("0",) if shape.code_type == "string" else (0,))


def _find_data(
    shape: EnvelopeShape,
    samples: Sequence[SampleAnswer],
    succeeded: Sequence[SampleAnswer],
    doubts: dict[str, str],
) -> str:
    """Return the field of the payload."""
    own = {path.partition(".")[0] for path in (shape.code, shape.message, shape.success_field)}
    for answers in (succeeded, samples):
        fields = {path for one in answers for path in one.facts.fields if "." not in path} - own
        payloads = [path for path in fields if rank_payload(path) >= 0]
        if payloads:
            return min(payloads, key=rank_payload)
    if succeeded or shape.may_lack_code:
        return TOP_LEVEL
    doubts["data"] = "no answer with a success was given"
    return "data"


def _refuse_codeless(samples: Sequence[SampleAnswer]) -> ErrcodesUsageError:
    sources = ", ".join(dict.fromkeys(one.source for one in samples))
    return ErrcodesUsageError(
        "sample-answer",
        f"no answer of {sources} seems to be an error with a code",
        "give one that has a code; --code-field names its field where that has an unusual name",
    )
