"""What a harvest comes to: the draft, and the lines that tell of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_writing import advise_on_write, write_file
from pytest_errcodes.text.wording import join_words, show_code
from pytest_errcodes.tools.harvesting.differing_messages import find_differing
from pytest_errcodes.tools.harvesting.draft import make_draft
from pytest_errcodes.tools.harvesting.harvest_facts import AnswerFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.tools.harvesting.draft import Draft
    from pytest_errcodes.tools.harvesting.harvest_facts import SeenByTest

_MOST_FIELDS = 8
_MOST_CODES = 20
_NO_ANSWER = (
    "no answer was seen: no test sent a request over HTTP, or each mock stands in place of the "
    "client's own methods"
)
_KINDS = {
    "object": ("JSON object", "JSON objects"),
    "list": ("JSON list", "JSON lists"),
    "other JSON": ("other JSON value", "other JSON values"),
    "no JSON": ("without JSON", "without JSON"),
    "nothing": ("without a body", "without a body"),
    "long": ("too long to look at", "too long to look at"),
}


def write_draft(
    tests: Sequence[SeenByTest],
    name: str,
    path: Path,
    documented: Catalog | None,
    *,
    may_replace: bool,
) -> list[str]:
    """Write the draft, if there is a code to write.

    Args:
        tests: What each attempt of each test has seen.
        name: The file, as its user wrote it.
        path: Its path.
        documented: The catalog in force; None for none that a setting names.
        may_replace: Whether a file that is there may be written over, one of another run too.

    Returns:
        The lines that tell of it.
    """
    draft = make_draft(tests, path.stem, documented)
    differing = _tell_differing(tests, documented)
    if draft is None:
        return [*_tell_nothing(tests, name, documented), *differing]
    try:
        write_file(path, draft.text.encode(), may_replace=may_replace)
    except FileExistsError:  # it was not there when the run began
        return [
            f"{name} is not written: another run has written it meanwhile",
            "hint: name another file, or let it be written over with --errcodes-harvest-force",
        ]
    except OSError as error:
        lines = [f"{name} cannot be written: {error.strerror or error}"]
        return [*lines, f"hint: {advise_on_write(error)}"]
    return [*_tell_draft(draft, name, documented), *differing]


def tell_lost(cut: int, failures: Sequence[str]) -> list[str]:
    """Return what the draft lacks since it could not be noted, a line each.

    Args:
        cut: How many tests' notes a process did not write to their end.
        failures: Why a process could write none.
    """
    lines = []
    if cut:
        whose = "a process was" if cut == 1 else "processes were"
        lines.append(
            f"{_count(cut, 'test')} left out: {whose} killed, or the disk was full, as what it saw "
            "was noted"
        )
    lines += [f"not all that tests saw is noted: {reason}" for reason in dict.fromkeys(failures)]
    return lines


def _tell_differing(tests: Sequence[SeenByTest], documented: Catalog | None) -> list[str]:
    """Return the messages that differ from those of the catalog in force, a line each."""
    if documented is None:
        return []
    found = list(find_differing(tests, documented))
    lines = [f"  {one}" for one in found[:_MOST_CODES]]
    if len(found) > _MOST_CODES:
        lines.append(f"  and {len(found) - _MOST_CODES:,} more")
    return [f"not as {documented.name} has it:", *lines] if lines else []


def _tell_draft(draft: Draft, name: str, documented: Catalog | None) -> list[str]:
    codes = list(draft.catalog)
    counts = f"{_count(len(codes), 'code')}, {_count(draft.messages, 'message')}"
    lines = [f"{name}: {counts}, {draft.doubtful:,} doubtful"]
    if documented is not None:
        shown = join_words([show_code(code) for code in codes], _MOST_CODES)
        lines.append(f"missing in {documented.name}: {shown}")
    return [*lines, f"next: look at its comments, then errcodes lint {name}"]


def _tell_nothing(tests: Sequence[SeenByTest], name: str, documented: Catalog | None) -> list[str]:
    """Return why there is no code to write."""
    answers = [one for test in tests for one in test.facts if isinstance(one, AnswerFacts)]
    raised = sum(len(test.facts) for test in tests) - len(answers)
    if documented is not None and answers:
        return [
            f"{name} is not written: {documented.name} has every code that was seen",
            _tell_answers(answers),
        ]
    lines = [f"{name} is not written: no code was seen"]
    lines.append(_tell_answers(answers) if answers else _NO_ANSWER)
    fields = Counter(
        path for one in answers for path in one.fields if one.kind == "object" and "." not in path
    )
    if fields:
        listed = join_words([field for field, _ in fields.most_common()], _MOST_FIELDS)
        lines.append(f"fields of the objects: {listed}; none seems to hold a code")
    if raised:
        lines.append(f"{_count(raised, 'exception')} seen: none says a code")
    return lines


def _tell_answers(answers: Sequence[AnswerFacts]) -> str:
    """Return ``3 answers of requests seen: 2 JSON objects and 1 without JSON``."""
    libraries = Counter(one.library for one in answers).most_common()
    whose = f" of {libraries[0][0]}" if len(libraries) == 1 else ""
    if not whose:
        whose = f" ({join_words([f'{count:,} of {one}' for one, count in libraries])})"
    kinds = Counter(one.kind for one in answers).most_common()
    forms = join_words([f"{count:,} {_KINDS[kind][count > 1]}" for kind, count in kinds])
    return f"{_count(len(answers), 'answer')}{whose} seen: {forms}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
