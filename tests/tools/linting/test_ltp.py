"""What is odd about the embedded catalog: a published document that nobody here can change."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools import LINT_RULES, lint

EXPECTED = Path(__file__).parents[2] / "data" / "lint" / "ltp.txt"


def test_all_findings() -> None:
    """The findings of ltp, whole."""
    found = "".join(f"{finding}\n" for finding in lint("ltp"))
    assert found == EXPECTED.read_text("utf-8")


def test_rules_are_named_once() -> None:
    """No two rules share a slug."""
    slugs = [rule.slug for rule in LINT_RULES]
    assert len(set(slugs)) == len(slugs)


def test_each_rule_can_be_switched_off() -> None:
    """A rule that is ignored finds nothing, and all others what they found."""
    everything = lint("ltp")
    left = {rule.slug: lint("ltp", ignore=[rule.slug]) for rule in LINT_RULES}
    assert left == {
        slug: tuple(finding for finding in everything if finding.slug != slug) for slug in left
    }


def test_an_unknown_rule() -> None:
    """A slug that no rule has is refused, whatever the catalog holds."""
    with pytest.raises(ErrcodesUsageError) as caught:
        lint("ltp", ignore=["gaps"])
    assert str(caught.value) == "no rule is named 'gaps'\nhint: did you mean gap?"
