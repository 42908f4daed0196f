"""Scanning the source of a client for what it does with codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.foreign_arguments import list_members, read_path
from pytest_errcodes.catalog.given_catalogs import check_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.findings import Finding, Place, Rule
from pytest_errcodes.tools.ignoring import leave_out_ignored
from pytest_errcodes.tools.scanning.code_type import CODE_TYPE, code_types
from pytest_errcodes.tools.scanning.foreign_section import FOREIGN_SECTION, foreign_sections
from pytest_errcodes.tools.scanning.known_codes import count_values
from pytest_errcodes.tools.scanning.message_text import MESSAGE_TEXT, Messages, message_texts
from pytest_errcodes.tools.scanning.source_files import source_files
from pytest_errcodes.tools.scanning.source_reading import read_facts
from pytest_errcodes.tools.scanning.unhandled_code import UNHANDLED_CODE, unhandled_codes
from pytest_errcodes.tools.scanning.unknown_code import UNKNOWN_CODE, unknown_codes

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.tools.progress import Extent, Progress
    from pytest_errcodes.tools.scanning.source_facts import SourceFacts, ValueType
    from pytest_errcodes.tools.scanning.source_files import SourceFile

UNREAD_SOURCE = Rule(
    "unread-source", "note", "A file that could not be read, or not by its syntax."
)

#: What a scan looks for; each rule stands beside its check.
SCAN_RULES: tuple[Rule, ...] = (
    UNKNOWN_CODE,
    CODE_TYPE,
    MESSAGE_TEXT,
    FOREIGN_SECTION,
    UNHANDLED_CODE,
    UNREAD_SOURCE,
)

_PATHS = 'pass a list of files and folders: ["src"]'
_SELECTORS = 'pass a list of selectors: ["trading"]'
#: The comment that switches findings off on its line.
_DIRECTIVE = re.compile(
    r"(?:#|//|--|/\*|;|%)\s*errcodes:\s*ignore\b(?:\[(?P<slugs>[^\]]*)\])?", re.IGNORECASE
)


def scan(
    paths: Iterable[str | os.PathLike[str]],
    catalog: Catalog,
    *,
    select: Collection[str | int] = (),
    ignore: Collection[str] = (),
    extent: Extent | None = None,
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """Return what is doubtful in how source handles the codes of a catalog.

    Python is read by its syntax tree, other languages by their tokens; nothing is run. A line
    with the comment ``errcodes: ignore`` or ``errcodes: ignore[slug]`` is left out.

    Args:
        paths: Files and folders of source.
        catalog: What is documented.
        select: Selectors of the codes that source has to handle; without any, codes that no line
            handles are no finding.
        ignore: Slugs of rules that are switched off, each alone or with a selector of codes:
            ``unknown-code:9xxx``.
        extent: Is told how much was looked at.
        progress: Is told of each file.

    Returns:
        The findings, in the order of the files and their lines; those about the whole of the
        source come last.

    Raises:
        ErrcodesUsageError: A path does not exist or cannot be read (``source-missing``); there is
            no source (``no-source``); a selector picks nothing (``unknown-selector``); no rule
            has such a slug (``unknown-rule``); what reads another language than Python is not
            installed (``missing-library``).
    """
    check_catalog(catalog, "scan(...)")
    listed = list_members("scan(...)", paths, "several paths", _PATHS)
    named = [read_path("scan(...)", path, _PATHS) for path in listed]
    selectors = list_members("scan(select=...)", select, "several selectors", _SELECTORS)
    selected = catalog.select(*selectors) if selectors else ()
    leave_out_ignored((), ignore, SCAN_RULES)  # before anything is read
    read = _read_files(named, progress)
    if extent is not None:
        extent.files = len(read)
        extent.values, extent.documented = count_values((facts for _, facts in read), catalog)
    declared = _collect_declared(facts for _, facts in read)
    messages = Messages(catalog)
    findings = [one for pair in read for one in _of_file(*pair, messages, declared)]
    files = [(file.path, facts) for file, facts in read]
    findings += unhandled_codes(files, selected, catalog)
    return leave_out_ignored(findings, ignore, SCAN_RULES, catalog)


def _read_files(
    paths: list[str], progress: Progress | None
) -> list[tuple[SourceFile, SourceFacts]]:
    """Return each file of source, with what it says of codes."""
    read = []
    for file in source_files(paths):
        read.append((file, read_facts(file)))
        if progress is not None:
            progress.advance(file.path)
    if not read:
        raise _tell_no_source(paths)
    return read


def _tell_no_source(paths: Iterable[str | os.PathLike[str]]) -> ErrcodesUsageError:
    """Say where there is no source."""
    shown = " ".join(str(path) for path in paths) or "no path"
    hint = "name a file, or a folder with files, such as src/ or client.ts"
    return ErrcodesUsageError("no-source", f"there is no source in {shown}", hint)


def _collect_declared(files: Iterable[SourceFacts]) -> Mapping[str, frozenset[ValueType]]:
    """Return the types that all files declare."""
    declared: dict[str, frozenset[ValueType]] = {}
    for facts in files:
        for name, types in facts.declared.items():
            declared[name] = declared.get(name, frozenset()) | types
    return declared


def _of_file(
    file: SourceFile,
    facts: SourceFacts,
    messages: Messages,
    declared: Mapping[str, frozenset[ValueType]],
) -> Iterator[Finding]:
    """Yield the findings of one file, by lines."""
    if facts.fault:
        yield _tell_unread(file, facts.fault)
    catalog = messages.catalog
    facts = facts.keep_for(catalog)
    found = [
        *unknown_codes(facts, catalog),
        *code_types(facts, catalog, declared),
        *message_texts(facts, messages),
        *foreign_sections(facts, catalog),
    ]
    found.sort(key=lambda finding: (finding.place.line or 0, finding.place.column or 0))
    lines = file.text.split("\n") if found else []
    for finding in found:
        if not _is_switched_off(lines[(finding.place.line or 1) - 1], finding.slug):
            yield finding


def _tell_unread(file: SourceFile, fault: str) -> Finding:
    """Return the note of a file that was not read as it should be."""
    if file.is_read:
        hint = "mend it for all findings; its numbers and texts were read all the same"
    else:
        hint = "it was left out"
    return Finding(UNREAD_SOURCE, f"the file {fault}", hint, Place(file.path))


def _is_switched_off(line: str, slug: str) -> bool:
    """Whether a line has the comment ``errcodes: ignore``, for all slugs or for this one."""
    for directive in _DIRECTIVE.finditer(line):
        slugs = directive["slugs"]
        if slugs is None or slug in re.split(r"[\s,]+", slugs.strip()):
            return True
    return False
