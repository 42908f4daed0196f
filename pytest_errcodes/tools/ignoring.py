"""Leaving findings out that somebody chose not to see: by rule, or by rule and codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.foreign_arguments import list_members, take_text
from pytest_errcodes.errors import ErrcodesUsageError

_HINT = 'pass the slugs of rules, each alone or with a selector: ("gap:4010xx",)'

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.findings import Finding, Rule


@dataclass(frozen=True, slots=True)
class Ignore:
    """One entry of a list of what to ignore: ``gap``, or ``gap:4010xx``.

    Attributes:
        slug: The rule.
        selector: The codes; empty for all of them.
    """

    slug: str
    selector: str

    @classmethod
    def of(cls, entry: str) -> Ignore:
        """Read an entry as users write it."""
        slug, _, selector = entry.partition(":")
        return cls(slug.strip(), selector.strip())

    def __str__(self) -> str:
        return f"{self.slug}:{self.selector}" if self.selector else self.slug

    def hint(self, rules: Iterable[Rule]) -> str:
        """Return what to do if its slug is none of the rules'; empty if it is one."""
        from pytest_errcodes.text.nearest import suggest

        slugs = [rule.slug for rule in rules]
        if self.slug in slugs:
            return ""
        return suggest(self.slug, slugs, f"the rules: {', '.join(slugs)}")

    def covers(self, finding: Finding, catalog: Catalog | None) -> bool:
        """Whether it says that this finding is not to be told."""
        if self.slug != finding.slug:
            return False
        return not self.selector or any(
            _picks(self.selector, code, catalog) for code in finding.codes
        )


def leave_out_ignored(
    findings: Iterable[Finding],
    ignore: Collection[str],
    rules: Iterable[Rule],
    catalog: Catalog | None = None,
) -> tuple[Finding, ...]:
    """Return the findings that no entry of ``ignore`` covers, in their order.

    Args:
        findings: What was found.
        ignore: Slugs of rules, each alone or with a selector of codes: ``gap:4010xx``.
        rules: All that was looked for.
        catalog: What knows the sections and tags that a selector may name.

    Raises:
        ErrcodesUsageError: No rule has such a slug (``unknown-rule``).
    """
    rules = tuple(rules)
    listed = list_members("ignore=", ignore, "several rules", _HINT)
    entries = [Ignore.of(take_text("ignore=", entry, _HINT)) for entry in listed]
    for entry in entries:
        if hint := entry.hint(rules):
            raise ErrcodesUsageError("unknown-rule", f"no rule is named {entry.slug!r}", hint)
    return tuple(
        finding
        for finding in findings
        if not any(entry.covers(finding, catalog) for entry in entries)
    )


def _picks(selector: str, code: Code, catalog: Catalog | None) -> bool:
    """Whether a selector picks a code, which the catalog need not document."""
    from pytest_errcodes.catalog.labels import number_test

    if selector in ("*", str(code)):
        return True
    if (fits := number_test(selector)) and fits(str(code)):
        return True
    found = None if catalog is None else catalog.get(code)
    return found is not None and (selector == found.section.id or selector in found.tags)
