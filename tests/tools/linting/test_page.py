"""The page of the documentation tells of each rule."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_errcodes.tools import LINT_RULES

PAGE = (Path(__file__).parents[3] / "docs" / "tools" / "lint.md").read_text("utf-8")


def test_each_rule_has_a_section() -> None:
    """Under its slug, which SARIF links to, stands the rule's severity, in the order of lint."""
    sections = re.findall(r"^### ([a-z-]+)\n\n(\w+) · ", PAGE, re.MULTILINE)
    assert sections == [(rule.slug, rule.severity) for rule in LINT_RULES]


def test_each_rule_has_an_example() -> None:
    """The page shows a finding of each rule, as the command prints it."""
    shown = set(re.findall(r"^\S+:\d+: .* \[([a-z-]+)\]$", PAGE, re.MULTILINE))
    assert shown | {"invalid-catalog"} == {rule.slug for rule in LINT_RULES}
    assert "title=errcodes invalid-catalog::" in PAGE
