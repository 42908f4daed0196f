"""Rules about the file: what makes it unusable, and what it ignores in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.text.wording import quote
from pytest_errcodes.tools.findings import Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogMistake
    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.tools.ignoring import Ignore
    from pytest_errcodes.tools.linting.lint_subject import Subject

INVALID = Rule("invalid-catalog", "error", "The file has a fault for which it is refused.")
DUPLICATE = Rule("duplicate-code", "error", "A code is documented a second time.")
UNUSED = Rule(
    "unused-ignore",
    "warning",
    "An entry of lint.ignore hides nothing: it names no rule, or codes without such a finding.",
)
RULES = (INVALID, DUPLICATE, UNUSED)


def report_mistakes(
    mistakes: Iterable[CatalogMistake], file: str, code_type: CodeType
) -> Iterator[Finding]:
    """Yield a finding for each mistake of a file that is refused."""
    for mistake in mistakes:
        message = f"{mistake.field}: {mistake.message}" if mistake.field else mistake.message
        rule = DUPLICATE if mistake.is_duplicate else INVALID
        number = integer_of(mistake.code) if code_type != "string" else None
        code = mistake.code if number is None else number
        place = Place(file, mistake.line)
        yield Finding(rule, message, mistake.hint, place, () if mistake.code == "" else (code,))


def report_unused(subject: Subject, entry: Ignore, nearest: str) -> Finding:
    """Return the finding for an entry of ``lint.ignore`` that hides nothing.

    Args:
        subject: The catalog.
        entry: The entry.
        nearest: What was meant, if it names no rule.
    """
    message = f"lint.ignore: {quote(str(entry))} hides nothing"
    if nearest:
        message = f"lint.ignore: no rule is named {quote(entry.slug)}"
    hint = nearest or "remove the entry"
    return Finding(UNUSED, message, hint, subject.place_of(("lint", "ignore")))
