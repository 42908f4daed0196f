"""Findings in the formats that people and programs read."""

from __future__ import annotations

from pytest_errcodes.tools.reporting.finding_counts import count_findings, is_failure
from pytest_errcodes.tools.reporting.finding_values import as_values
from pytest_errcodes.tools.reporting.github_annotations import github_commands
from pytest_errcodes.tools.reporting.sarif_format import sarif_log

__all__ = ["as_values", "count_findings", "github_commands", "is_failure", "sarif_log"]
