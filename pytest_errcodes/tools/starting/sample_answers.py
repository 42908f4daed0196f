"""Answers that a user has saved or pasted: what each holds, their shapes, what they tell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.catalog import Catalog
from pytest_errcodes.catalog.model import Section, integer_of
from pytest_errcodes.catalog.placeholders import is_plain
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import join_words
from pytest_errcodes.tools.harvesting.draft_shapes import draft_shapes
from pytest_errcodes.tools.harvesting.fact_reduction import reduce_answer
from pytest_errcodes.tools.harvesting.field_names import (
    holds_error,
    is_code_name,
    is_message_name,
    parent_of,
    rank_payload,
)
from pytest_errcodes.tools.harvesting.found_shape import (
    SOME_ERROR,
    SOME_SUCCESS,
    code_of,
    is_usual_success,
    list_flags,
    read_flag,
    says_failure,
)
from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest
from pytest_errcodes.tools.harvesting.harvested_codes import CodeCollection
from pytest_errcodes.tools.harvesting.shape_inference import find_shapes, is_error_by_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.model import Code, ErrorCode
    from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts, Fields

_STATUS_LINE = re.compile(r"HTTP/[\d.]+ (\d{3})\b")
_MOST_NAMED = 6


class SampleAnswer(NamedTuple):
    """One answer.

    Attributes:
        source: The file it came from; ``standard input`` for that.
        facts: Its fields; the HTTP status is a made-up one where nobody knows it.
        is_error: Whether it seems to be an error.
        http_status: Its HTTP status, which headers before the JSON tell; 0 where nobody knows.
        is_listed: Whether it stood in a list: of answers, or one that is an answer itself.
    """

    source: str
    facts: AnswerFacts
    is_error: bool
    http_status: int
    is_listed: bool = False


def read_samples(names: Sequence[str], code_path: str) -> list[SampleAnswer]:
    """Return the answers of files; ``-`` stands for standard input.

    A file holds an answer, several one after the other, or a list of them; each may have its HTTP
    headers before it.

    Args:
        names: The files.
        code_path: Where the code stands, if the user says so; empty if not.

    Raises:
        ErrcodesUsageError: A file cannot be read (``import-source``), or holds no JSON object
            (``sample-answer``).
    """
    from pytest_errcodes.tools.importing.import_source import read_source

    found = []
    for name in names:
        source = read_source(name)
        answers = list(_split(source.text, source.shown))
        if not answers:
            raise _refuse(f"{source.shown} holds no answer: a JSON object begins with {{")
        found += [
            _describe(source.shown, value, status, code_path)._replace(is_listed=is_listed)
            for value, status, is_listed in answers
        ]
    return found


def _split(text: str, source: str) -> Iterator[tuple[object, int, bool]]:
    """Yield each answer in a text with its HTTP status, 0 for none, and whether a list had it."""
    decoder, at = json.JSONDecoder(), 0
    while (
        start := min((i for i in (text.find("{", at), text.find("[", at)) if i >= 0), default=-1)
    ) >= 0:
        statuses = _STATUS_LINE.findall(text, at, start)
        try:
            value, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, getattr(error, "pos", start)) + 1
            said = getattr(error, "msg", "it is nested too deeply")
            raise _refuse(f"{source}:{line}: an answer is no JSON: {said}") from None
        status = int(statuses[-1]) if statuses else 0
        # A list of one API's answers; one that holds anything else is told of as what it is.
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                raise _refuse(f"{source}: an answer is {_name(one)}, and no JSON object")
            yield one, status, isinstance(value, list)


def _describe(source: str, value: object, status: int, code_path: str) -> SampleAnswer:
    facts = reduce_answer(("", ""), status, "", value, "object")
    code = code_of(facts, code_path)
    is_error = (code is not None and not is_usual_success(code)) or not _seems_success(facts)
    stand_in = status or (SOME_ERROR if is_error else SOME_SUCCESS)
    return SampleAnswer(source, facts._replace(http_status=stand_in), is_error, status)


def _seems_success(facts: AnswerFacts) -> bool:
    """Return whether an answer seems to be a success: as it says itself, or as no error would."""
    if facts.http_status >= 400 or says_failure(facts):
        return False
    fields = facts.fields
    top = [path for path in fields if not parent_of(path)]
    if any(fields[path] or _holds_some(fields, path) for path in top if holds_error(path)):
        return False
    codes = [
        code
        for path in fields
        # One field alone holds the whole envelope, whatever its name is.
        if is_code_name(path) and (len(top) == 1 or rank_payload(path.partition(".")[0]) < 0)
        if (code := code_of(facts, path)) is not None
    ]
    if any(read_flag(value) for _, value in list_flags(facts)):
        return True
    if codes:
        worded = (read_flag(fields[path]) for path in fields if is_message_name(path))
        return all(map(is_usual_success, codes)) or any(worded)
    return not is_error_by_word(facts)


def _holds_some(fields: Fields, path: str) -> bool:
    """Return whether an object or a list is not empty."""
    return any(one.startswith(f"{path}.") for one in fields)


def _name(value: object) -> str:
    from pytest_errcodes.catalog.files.field_mistakes import noun

    return noun(value)


def _refuse(message: str) -> ErrcodesUsageError:
    return ErrcodesUsageError(
        "sample-answer", message, 'save one answer as it came: {"code": 1001, "message": "…"}'
    )


def join_samples(
    catalog: Catalog, examples: Mapping[Code, str], shape_names: Mapping[Code, str]
) -> Catalog:
    """Return an imported catalog with what samples tell of its codes.

    Args:
        catalog: The catalog.
        examples: The codes of samples, with their messages.
        shape_names: The further shapes in which some of them came; empty for the default one.
    """
    by_kind = _group_by_kind(shape_names)
    codes: list[ErrorCode] = []
    sections: dict[Section, None] = {}
    for code, entry in catalog.items():
        shape = shape_names.get(code, by_kind.get(_is_number(code), ""))
        section = entry.section
        if shape and section.shape != shape:
            section = Section(f"{section.id}-{shape}", section.title, section.label, shape)
        sections[section] = None
        message = examples.get(code, "")
        told = message if _is_better(message, entry) else entry.message
        codes.append(entry.replaced(message=told, section=section))
    ordered = list(sections)
    codes.sort(key=lambda one: ordered.index(one.section))
    return Catalog(
        catalog.name,
        codes,
        sections=ordered,
        shapes=catalog.shapes,
        title=catalog.title,
        http_status=catalog.http_status,
    )


def _group_by_kind(shape_names: Mapping[Code, str]) -> dict[bool, str]:
    """Return the one shape in which numbers came, and that of words, where each has one."""
    found: dict[bool, set[str]] = {}
    for code, name in shape_names.items():
        found.setdefault(_is_number(code), set()).add(name)
    return {kind: names.pop() for kind, names in found.items() if len(names) == 1}


def _is_number(code: Code) -> bool:
    return integer_of(str(code)) is not None


def _is_better(message: str, entry: ErrorCode) -> bool:
    """Return whether a message came where the import had but the name of a class."""
    return (
        bool(message)
        and entry.message == entry.exception.rpartition(".")[2]
        and is_plain(message, entry.style)
    )


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
