"""How many findings there are, and whether they fail a check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.findings import Finding, Severity

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def is_failure(findings: Iterable[Finding]) -> bool:
    """Whether a check with these findings failed: notes alone let it pass."""
    return any(finding.severity != "note" for finding in findings)


def count_findings(findings: Iterable[Finding]) -> str:
    """Return how many findings there are of each severity: ``1 error, 2 notes``."""
    numbers = Counter(finding.severity for finding in findings)
    parts = [
        f"{numbers[severity]} {pluralize(severity, numbers[severity])}"
        for severity in _SEVERITIES
        if numbers[severity]
    ]
    return ", ".join(parts) or "no findings"
