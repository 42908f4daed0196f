"""How many findings there are, and whether they fail a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.tools import Finding, Place, Rule
from pytest_errcodes.tools.reporting import count_findings, is_failure

if TYPE_CHECKING:
    from pytest_errcodes.tools.findings import Severity


@pytest.mark.parametrize(
    ("severities", "text", "fails"),
    [
        ((), "no findings", False),
        (("note",), "1 note", False),
        (("note", "note", "warning"), "1 warning, 2 notes", True),
        (("error", "warning", "warning", "error"), "2 errors, 2 warnings", True),
    ],
)
def test_counts(severities: tuple[Severity, ...], text: str, fails: bool) -> None:
    """Findings are counted by severity, the gravest first; notes alone fail nothing."""
    findings = [
        Finding(Rule("some-rule", severity, "Any."), "any", "any", Place("my.toml"))
        for severity in severities
    ]
    assert count_findings(findings) == text
    assert is_failure(findings) is fails
