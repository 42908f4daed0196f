"""Findings as JSON values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pytest_errcodes.tools.reporting import as_values

if TYPE_CHECKING:
    from pytest_errcodes.tools import Finding


def test_every_key_is_always_there(findings: tuple[Finding, ...]) -> None:
    """A program finds the same keys in each finding, null where a place has no line."""
    expected = [
        {
            "rule": "duplicate-code",
            "severity": "error",
            "message": "401009 is documented twice: 100 %",
            "hint": "keep one",
            "file": "./a, b:c/my.toml",
            "line": 3,
            "column": 7,
            "codes": [401009],
        },
        {
            "rule": "gap",
            "severity": "note",
            "message": "1 is missing",
            "hint": "add it",
            "file": "/data/own catalog.toml",
            "line": None,
            "column": None,
            "codes": ["1", "2"],
        },
    ]
    assert json.loads(json.dumps(as_values(findings[:2]))) == expected
