"""Documented codes that no line of source handles."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.tools.findings import Finding, Place, Rule
from pytest_errcodes.tools.scanning.known_codes import find_documented, list_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode, Section
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts

UNHANDLED_CODE = Rule(
    "unhandled-code", "warning", "Codes that were selected, and that no line handles."
)

_SHOWN = 5  # codes that a finding names
_LOWEST = 100  # a range that begins lower counts something else than codes
_TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "spec", "specs", "testing"})
_TEST_FILE = re.compile(r"test_.*|.*[._-](test|tests|spec)\.\w+|.*Tests?\.\w+|conftest\.py")


def unhandled_codes(
    files: Iterable[tuple[str, SourceFacts]], selected: Sequence[ErrorCode], catalog: Catalog
) -> Iterator[Finding]:
    """Yield a finding for each section of which some selected codes are not handled.

    A code is handled where it stands in source as it is, as an integer or as a text, or within a
    range; tests handle nothing, unless all files are tests.

    Args:
        files: The path of each file, and what it says.
        selected: The codes that have to be handled.
        catalog: The catalog.
    """
    read = list(files)
    handled = _collect_handled([facts for path, facts in read if not is_test(path)], catalog)
    if all(is_test(path) for path, _ in read):
        handled = _collect_handled([facts for _, facts in read], catalog)
    sections: dict[Section, list[ErrorCode]] = defaultdict(list)
    wanted: dict[Section, int] = defaultdict(int)
    for error_code in selected:
        wanted[error_code.section] += 1
        if error_code.code not in handled:
            sections[error_code.section].append(error_code)
    for section, missing in sections.items():
        yield _make_finding(section, missing, wanted[section], catalog)


def is_test(path: str) -> bool:
    """Whether a file is a test, by its name or by the folders above it."""
    parts = PurePath(path).parts
    return bool(_TEST_FILE.fullmatch(parts[-1])) or not _TEST_FOLDERS.isdisjoint(parts[:-1])


def _collect_handled(files: Iterable[SourceFacts], catalog: Catalog) -> set[Code]:
    """Return the documented codes that source names, one by one or by ranges."""
    handled: set[Code] = set()
    for facts in files:
        for literal in facts.literals:
            if literal.use.kind != "bound" and (found := find_documented(catalog, literal.value)):
                handled.add(found.code)
        for part in facts.ranges:
            if part.low >= _LOWEST:
                handled |= {
                    code
                    for code in catalog
                    if isinstance(code, int) and part.low <= code <= part.high
                }
    return handled


def _make_finding(
    section: Section, missing: Sequence[ErrorCode], wanted: int, catalog: Catalog
) -> Finding:
    """Return the finding of one section."""
    shown = list_first(missing, _SHOWN)
    verb = "is" if len(missing) == 1 else "are"
    message = f"section {section.id}: {len(missing)} of {wanted} codes {verb} not handled: {shown}"
    hint = f"handle them, or leave them out with --select '!{missing[0].code}'"
    codes = tuple(error_code.code for error_code in missing)
    return Finding(UNHANDLED_CODE, message, hint, Place(catalog.source), codes)
