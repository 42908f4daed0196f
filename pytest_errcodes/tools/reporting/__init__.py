"""Findings in the formats that people and programs read."""

from __future__ import annotations

from pytest_errcodes.tools.reporting.counts import count_findings, is_failure
from pytest_errcodes.tools.reporting.github import github_commands
from pytest_errcodes.tools.reporting.sarif import sarif_log
from pytest_errcodes.tools.reporting.values import as_values

__all__ = ["as_values", "count_findings", "github_commands", "is_failure", "sarif_log"]
