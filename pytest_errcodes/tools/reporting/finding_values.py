"""Findings as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.findings import Finding


def as_values(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return findings as JSON values, in their order, each with all of its keys.

    Keys: ``rule`` (its slug), ``severity``, ``message``, ``hint``, ``file``, ``line`` and
    ``column`` (null where there is none), ``codes`` (a list, as the catalog writes them).
    """
    return [
        {
            "rule": finding.slug,
            "severity": finding.severity,
            "message": finding.message,
            "hint": finding.hint,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "codes": list(finding.codes),
        }
        for finding in findings
    ]
