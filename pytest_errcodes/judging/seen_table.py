"""All that a test saw, as a table under the codes that it expected."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.text.secrets import mask_text
from pytest_errcodes.text.wording import escape, shorten, show_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import NoEnvelope, Observation
    from pytest_errcodes.catalog import ErrorCode

NO_MESSAGE = "(no message)"
_MOST_SEEN = 20
_LONGEST_MESSAGE = 200
# More than is shown, so that a secret is found whole; a message may have 50 MB.
_MOST_MASKED = 4_000


class _Entry(NamedTuple):
    """One entry of the table: a line, and another one below it for where it was seen."""

    label: str
    code: str
    message: str
    where: str = ""


_NOTHING = _Entry("seen", "nothing", "")


def draw_seen(codes: Sequence[ErrorCode], seen: Sequence[Observation]) -> list[str]:
    """Return the lines of the table: what was expected, and what was observed, equal ones once.

    What the test has got from an HTTP client itself is there once, as received.
    """
    seen = [one for one in seen if one.source != "returned"]
    entries = [_Entry("expected", show_code(code.code), code.message) for code in codes]
    counted = Counter((one.code, one.message, one.source, _tell_place(one)) for one in seen)
    entries += [_make_entry(*one, count) for one, count in islice(counted.items(), _MOST_SEEN)]
    if not seen:
        entries.append(_NOTHING)
    label_width = max(len(entry.label) for entry in entries)
    code_width = max(len(entry.code) for entry in entries if entry is not _NOTHING)
    lines = []
    for label, code, message, where in entries:
        lines.append(f"  {label:{label_width}}  {code:{code_width}}  {message}".rstrip())
        if where:
            lines.append(f"  {'':{label_width}}  {'':{code_width}}  {where}")
    more = len(counted) - _MOST_SEEN
    return [*lines, f"  … and {more} more"] if more > 0 else lines


def draw_no_envelopes(answers: Sequence[NoEnvelope]) -> list[str]:
    """Return the lines that tell how many answers were no envelope, and of the first why."""
    if not answers:
        return []
    first, refusal = answers[0].seen_at(), answers[0].refusal
    if len(answers) == 1:
        title = f"1 answer was no envelope, that to {first}: {refusal.reason}"
    else:
        title = f"{len(answers)} answers were no envelopes, the first to {first}: {refusal.reason}"
    hints = [f"hint: {refusal.hint}"] if refusal.hint else []
    return [title, *refusal.lines, *hints]


def shorten_message(message: str | None) -> str:
    """Return a message as it stands in our tables: on one line, short, without secrets."""
    if message is None:
        return NO_MESSAGE
    return shorten(escape(mask_text(message[:_MOST_MASKED])), _LONGEST_MESSAGE)


def write_times(count: int) -> str:
    """Return how often something happened, in words: ``once``, ``2 times``."""
    return "once" if count == 1 else f"{count} times"


def _tell_place(one: Observation) -> str:
    return ", ".join(filter(None, (one.place, one.evidence.note)))


def _make_entry(code: object, message: str | None, source: str, place: str, count: int) -> _Entry:
    how = "received from" if source in ("route", "client") else "surfaced:"
    where = f"{how} {place}" + (f", {write_times(count)}" if count > 1 else "")
    return _Entry("seen", show_code(code), shorten_message(message), where)
