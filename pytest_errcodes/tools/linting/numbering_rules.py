"""Rules about the numbers of codes: labels of sections, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.documented_codes import group_by_section
from pytest_errcodes.catalog.labels import label_fits, label_words, number_test
from pytest_errcodes.tools.findings import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode, Section
    from pytest_errcodes.tools.findings import Finding
    from pytest_errcodes.tools.linting.lint_subject import Subject

OUTSIDE = Rule("outside-label", "warning", "A section's label does not announce one of its codes.")
GAP = Rule("gap", "note", "A few numbers are missing in a run of codes that is otherwise whole.")
RULES = (OUTSIDE, GAP)

# More missing numbers than this are no gap: a new group of codes begins after them.
_WIDEST = 5
# A gap is only told between two runs of so many codes: the number of a single code shows no order.
_RUN = 2


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A code that is a number, or a text that writes one."""

    number: int
    error_code: ErrorCode

    def spell(self, number: int) -> Code:
        """Return another number as this code is written: ``"00042"`` beside ``"00041"``."""
        code = self.error_code.code
        return str(number).zfill(len(code)) if isinstance(code, str) else number


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of this group."""
    for section, codes in group_by_section(subject.catalog).items():
        numbers = ((_number(code.code), code) for code in codes)
        numbered = [_Numbered(number, code) for number, code in numbers if number is not None]
        yield from _outside(subject, section, numbered)
        yield from _gaps(subject, numbered)


def _number(code: Code) -> int | None:
    """Return the number that a code is or writes; None for a word, or a very long number."""
    if isinstance(code, int):
        return code
    return int(code) if code.isascii() and code.isdigit() and len(code) <= 40 else None


def _outside(subject: Subject, section: Section, numbered: list[_Numbered]) -> Iterator[Finding]:
    """Yield a finding for each run of codes that the section's label does not announce."""
    if not any(number_test(word) or word.isdigit() for word in label_words(section.label)):
        return
    strays = [each for each in numbered if not label_fits(section.label, str(each.error_code.code))]
    for run in _runs(strays):
        codes = [each.error_code.code for each in run]
        named, verb = _write_subject(codes)
        message = f"{named} {verb} outside {section.label}, the label of section {section.id}"
        hint = _remedy(subject.catalog, codes)
        yield subject.finding(OUTSIDE, run[0].error_code, message, hint, codes=codes)


def _remedy(catalog: Catalog, codes: list[Code]) -> str:
    """Return where a run of codes should stand."""
    home = catalog.section_for(codes[0])
    added = _write_selector(codes)
    if home is None:
        return f"add {added} to the label"
    return f"move to section {home.id}, whose label is {home.label}, or add {added} to the label"


def _gaps(subject: Subject, numbered: list[_Numbered]) -> Iterator[Finding]:
    """Yield a finding for each gap between two runs of codes."""
    runs = _runs(sorted(numbered, key=lambda each: each.number))
    for before, after in pairwise(runs):
        first, last = before[-1].number + 1, after[0].number - 1
        if last - first >= _WIDEST or min(len(before), len(after)) < _RUN:
            continue
        missing = [after[0].spell(number) for number in range(first, last + 1)]
        if any(code in subject.catalog or subject.catalog.is_success(code) for code in missing):
            continue
        named, verb = _write_subject(missing)
        ends = f"{before[-1].error_code.code} and {after[0].error_code.code}"
        message = f"{named} {verb} missing between {ends}"
        written = _write_selector(missing)
        hint = f"add what the API can still answer; if nothing, ignore gap:{written}"
        yield subject.finding(GAP, after[0].error_code, message, hint, codes=missing)


def _runs(numbered: Iterable[_Numbered]) -> list[list[_Numbered]]:
    """Return codes in groups whose numbers follow one another without a gap."""
    runs: list[list[_Numbered]] = []
    for each in numbered:
        if runs and each.number == runs[-1][-1].number + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _write_selector(codes: list[Code]) -> str:
    """Return codes that follow one another as a selector."""
    return str(codes[0]) if len(codes) == 1 else f"{codes[0]}-{codes[-1]}"


def _write_subject(codes: list[Code]) -> tuple[str, str]:
    """Return codes that follow one another as the subject of a sentence, and its verb."""
    if len(codes) == 1:
        return str(codes[0]), "is"
    joint = "and" if len(codes) == 2 else "to"
    return f"{codes[0]} {joint} {codes[-1]}", "are"
