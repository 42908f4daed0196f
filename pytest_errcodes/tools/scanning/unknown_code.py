"""Codes in source that the catalog lacks."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.catalog.unknown import nearest_codes
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_argument
from pytest_errcodes.tools.findings import Finding, Rule
from pytest_errcodes.tools.scanning.known_codes import (
    find_documented,
    is_success,
    may_be_code,
    names_code,
    show_codes,
)
from pytest_errcodes.tools.scanning.source_names import says_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts, SourceLiteral

UNKNOWN_CODE = Rule(
    "unknown-code", "error", "A code that the catalog lacks, where source means a code."
)

_Group = tuple[str, int]
_REMEDY = "check it against the document, or add it to a catalog of your own"


def unknown_codes(facts: SourceFacts, catalog: Catalog) -> Iterator[Finding]:
    """Yield a finding for each code of a file that the catalog lacks, where a code is meant.

    That is where a value is compared with something whose name says code, passed as ``code=`` or
    to one of our markers and helpers, or written into an envelope. Among what is stored, two of
    three must speak for it: the name says that it holds codes or errors; half of the numbers
    stored there, at least, are documented; it falls into the label of a section.
    """
    groups = _groups_of_codes(facts, catalog)
    for literal in facts.literals:
        if literal.use.name == "every_code" and isinstance(literal.value, str):
            yield from _unknown_selector(literal, literal.value, catalog)
        elif _means_code(literal, catalog, groups):
            yield _make_finding(literal, catalog)


def _groups_of_codes(facts: SourceFacts, catalog: Catalog) -> frozenset[_Group]:
    """Return the collections, classes and enums that hold documented codes, half or more."""
    documented_ones: Counter[_Group] = Counter()
    numbers: Counter[_Group] = Counter()
    for literal in facts.literals:
        value = literal.value
        is_number = isinstance(value, int) or integer_of(value) is not None
        if literal.use.group and is_number and may_be_code(catalog, value):
            group = (literal.use.name, literal.use.group)
            numbers[group] += 1
            documented_ones[group] += find_documented(catalog, value) is not None
    return frozenset(
        group for group, count in documented_ones.items() if count * 2 >= numbers[group]
    )


def _means_code(literal: SourceLiteral, catalog: Catalog, groups: frozenset[_Group]) -> bool:
    """Whether a literal stands where a code is meant, and is none that the catalog knows."""
    use, value = literal.use, literal.value
    if use.kind in ("compared", "keyword"):
        is_meant = names_code(catalog, use.name)
    elif use.kind == "stored":
        speaking = says_errors(use.name) + ((use.name, use.group) in groups)
        is_meant = speaking == 2 or (speaking == 1 and _in_section(catalog, value))
    else:
        is_meant = use.kind in ("argument", "envelope")
    if not is_meant or find_documented(catalog, value) is not None or is_success(catalog, value):
        return False
    return may_be_code(catalog, value)


def _in_section(catalog: Catalog, value: Code) -> bool:
    """Whether a number falls into the label of a section, written as integer or as text."""
    number = value if isinstance(value, int) else integer_of(value)
    spelled: tuple[Code | None, ...] = (number, value)
    return number is not None and any(
        code is not None and catalog.section_for(code) is not None for code in spelled
    )


def _make_finding(literal: SourceLiteral, catalog: Catalog) -> Finding:
    """Return the finding, with the codes that may have been meant."""
    nearest = _nearest(catalog, literal.value)
    hint = f"nearest: {show_codes(nearest)}; {_REMEDY}" if nearest else _REMEDY
    message = f"catalog {catalog.name!r} documents no code {show_argument(literal.value)}"
    return Finding(UNKNOWN_CODE, message, hint, literal.place, (literal.value,))


@lru_cache(maxsize=1000)
def _nearest(catalog: Catalog, value: Code) -> list[ErrorCode]:
    """Return the documented codes nearest to a value; a text may stand for an integer."""
    number = integer_of(value) if isinstance(value, str) else None
    numeric = number is not None and isinstance(next(iter(catalog), None), int)
    return nearest_codes(catalog, number if numeric else value)


def _unknown_selector(literal: SourceLiteral, word: str, catalog: Catalog) -> Iterator[Finding]:
    """Yield a finding for a selector that picks nothing."""
    try:
        catalog.select(word)
    except ErrcodesUsageError as error:
        message, *more = error.message.split("\n")
        hint = "; ".join([line.strip() for line in more] + [error.hint])
        yield Finding(UNKNOWN_CODE, message, hint, literal.place)
