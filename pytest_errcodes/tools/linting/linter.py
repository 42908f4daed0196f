"""``lint``: all the rules over one catalog, without what is ignored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from pytest_errcodes.catalog.files.catalog_building import build
from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError, explain_unreadable_file
from pytest_errcodes.catalog.files.loading import find_catalog, parse_catalog
from pytest_errcodes.catalog.files.toml_outline import Outline
from pytest_errcodes.catalog.files.toml_reading import decode
from pytest_errcodes.catalog.given_catalogs import is_catalog
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file, read_standard_input
from pytest_errcodes.tools.ignoring import Ignore, leave_out_ignored
from pytest_errcodes.tools.linting import (
    capital_rules,
    character_rules,
    duplicate_messages,
    file_rules,
    numbering_rules,
    placeholder_rules,
    punctuation_rules,
)
from pytest_errcodes.tools.linting.lint_subject import Subject

if TYPE_CHECKING:
    import os
    from collections.abc import Collection

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.tools.findings import Finding, Rule
    from pytest_errcodes.tools.progress import Extent

_PIPE = "-"
_GROUPS = (
    duplicate_messages,
    numbering_rules,
    placeholder_rules,
    punctuation_rules,
    capital_rules,
    character_rules,
)

LINT_RULES: tuple[Rule, ...] = (
    *file_rules.RULES,
    *(rule for group in _GROUPS for rule in group.RULES),
)


def lint(
    source: str | os.PathLike[str] | Catalog = "ltp",
    *,
    ignore: Collection[str] = (),
    extent: Extent | None = None,
) -> tuple[Finding, ...]:
    """Return what is odd about a catalog, in the order of its lines.

    A file that is refused has each of its faults as a finding; where all of them are codes that
    are documented twice, the other rules see the rest. Of a file that extends another, what is
    told concerns a code in the file itself.

    Args:
        source: Name of an embedded catalog, path of a file (``-`` for standard input), or a
            catalog; the findings of a catalog have no lines, and stand rule by rule.
        ignore: Slugs of ``LINT_RULES``, each alone or with a selector: ``gap:4010xx``. What the
            file itself ignores is added.
        extent: Is told how many codes were looked at.

    Raises:
        CatalogError: There is no such file (``catalog-missing``); it holds no text, or the
            catalog that it extends cannot be used (``catalog-invalid``).
        ErrcodesUsageError: ``ignore`` names no rule (``unknown-rule``).
    """
    leave_out_ignored((), ignore, LINT_RULES)
    subject, faults = _read(source)
    if subject is None:
        return leave_out_ignored(faults, ignore, LINT_RULES)
    if extent is not None:
        extent.codes = len(subject.catalog)
    found = [finding for group in _GROUPS for finding in group.check(subject)]
    if subject.is_extension:
        found = [finding for finding in found if finding.place.line]
    findings = _without_own(subject, [*faults, *found])
    findings.sort(key=lambda finding: finding.place.line or 0)
    return leave_out_ignored(findings, ignore, LINT_RULES, subject.catalog)


def _read(source: str | os.PathLike[str] | Catalog) -> tuple[Subject | None, list[Finding]]:
    """Return what the rules can look at, if there is anything, and what refuses the file."""
    if is_catalog(source):
        catalog = cast("Catalog", source)
        return Subject(catalog, catalog.source or catalog.name), []
    named = cast("str | os.PathLike[str]", source)
    is_piped = type(source) is str and source == _PIPE
    path, name = (Path(_PIPE), _PIPE) if is_piped else find_catalog(named)
    data = _content(path, name)
    try:
        catalog = parse_catalog(data, name)
    except CatalogError as error:
        of_base = error.source != name or any(each.field == "extends" for each in error.mistakes)
        if of_base or not _is_text(data):
            raise
        outline = Outline(decode(data))
        catalog, _ = build(outline.document, name, path.stem)
        faults = list(file_rules.report_mistakes(error.mistakes, name, catalog.shape.code_type))
        is_whole = not outline.holds(("extends",))
        sound = is_whole and all(mistake.is_duplicate for mistake in error.mistakes)
        return (Subject(catalog, name, outline) if sound else None), faults
    return Subject(catalog, name, Outline(decode(data))), []


def _content(path: Path, name: str) -> bytes:
    """Return what a file holds, or what is piped in."""
    try:
        return read_standard_input() if name == _PIPE else read_file(path)
    except UnreadableFileError as error:
        if name == _PIPE:
            raise CatalogError.missing(f"standard input {error.reason}", error.hint) from None
        raise explain_unreadable_file(name, error) from None


def _is_text(data: bytes) -> bool:
    """Whether there is anything in a file whose lines could be judged."""
    try:
        return bool(decode(data).strip())
    except UnicodeDecodeError:
        return False


def _without_own(subject: Subject, findings: list[Finding]) -> list[Finding]:
    """Return the findings that the catalog itself does not ignore, and what it ignores in vain."""
    in_vain = []
    for entry in map(Ignore.of, subject.catalog.lint_ignore):
        left = [finding for finding in findings if not entry.covers(finding, subject.catalog)]
        nearest = entry.hint(LINT_RULES)
        if nearest or (entry.selector and len(left) == len(findings)):
            in_vain.append(file_rules.report_unused(subject, entry, nearest))
        findings = left
    return findings + in_vain
