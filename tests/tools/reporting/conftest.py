"""What the tests of formats share."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools import Finding, Place, Rule

RULES = (
    Rule("duplicate-code", "error", "Two lines document one code."),
    Rule("gap", "note", "A number is missing in a run of codes."),
)


@pytest.fixture
def rules() -> tuple[Rule, ...]:
    """Return two rules."""
    return RULES


@pytest.fixture
def findings() -> tuple[Finding, ...]:
    """Return a finding in a line of a file, one in a whole file, and one in an embedded catalog."""
    duplicate, gap = RULES
    return (
        Finding(
            duplicate,
            "401009 is documented twice: 100 %",
            "keep one",
            Place("./a, b:c/my.toml", 3, 7),
            (401009,),
        ),
        Finding(gap, "1 is missing", "add it", Place("/data/own catalog.toml"), ("1", "2")),
        Finding(gap, "401065 is missing", "add it", Place("embedded", 12)),
    )
