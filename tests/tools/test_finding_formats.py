"""Findings as text, JSON, SARIF and annotations of GitHub; and whether they fail a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.tools import Finding, Place, Rule
from pytest_errcodes.tools.finding_formats import (
    as_values,
    count_findings,
    github_commands,
    is_failure,
    sarif_log,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.findings import Severity

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


def test_commands(findings: Sequence[Finding]) -> None:
    """A note is a notice, what a command gives a meaning is escaped, no file is made up."""
    assert github_commands(findings) == [
        (
            "::error file=a%2C b%3Ac/my.toml,line=3,col=7,title=errcodes duplicate-code"
            "::401009 is documented twice: 100 %25%0Ahint: keep one"
        ),
        ("::notice file=/data/own catalog.toml,title=errcodes gap::1 is missing%0Ahint: add it"),
        "::notice title=errcodes gap::embedded:12: 401065 is missing%0Ahint: add it",
    ]


@given(st.text(), st.text(min_size=1).filter(lambda file: not file.startswith("./")))
def test_nothing_is_lost(message: str, file: str) -> None:
    """Whatever texts hold, the runner reads back what was written, from one line."""
    (command,) = github_commands([Finding(RULES[0], message, "keep one", Place(file, 1))])
    head, _, text = command.removeprefix("::error ").partition("::")
    properties = dict(item.split("=", 1) for item in head.split(","))
    assert "\n" not in command
    assert "\r" not in command
    assert _read_back(text) == f"{message}\nhint: keep one" or file == "embedded"
    assert _read_back(properties.get("file", "embedded")) == file


def _read_back(text: str) -> str:
    """Return what the runner makes of an escaped text; the percent sign comes last."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


LOG = {
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [
        {
            "tool": {
                "driver": {
                    "name": "errcodes",
                    "version": "1.2.3",
                    "informationUri": "https://docs.test/lint.html",
                    "rules": [
                        {
                            "id": "duplicate-code",
                            "shortDescription": {"text": "Duplicate code"},
                            "fullDescription": {"text": "Two lines document one code."},
                            "help": {
                                "text": "Two lines document one code. "
                                "Switch it off with --ignore duplicate-code."
                            },
                            "helpUri": "https://docs.test/lint.html#duplicate-code",
                            "defaultConfiguration": {"level": "error"},
                        },
                        {
                            "id": "gap",
                            "shortDescription": {"text": "Gap"},
                            "fullDescription": {"text": "A number is missing in a run of codes."},
                            "help": {
                                "text": "A number is missing in a run of codes. "
                                "Switch it off with --ignore gap."
                            },
                            "helpUri": "https://docs.test/lint.html#gap",
                            "defaultConfiguration": {"level": "note"},
                        },
                    ],
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": [
                {
                    "ruleId": "duplicate-code",
                    "ruleIndex": 0,
                    "level": "error",
                    "message": {"text": "401009 is documented twice: 100 %\nhint: keep one"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "a%2C%20b%3Ac/my.toml"},
                                "region": {"startLine": 3, "startColumn": 7},
                            }
                        }
                    ],
                    "properties": {"codes": [401009]},
                },
                {
                    "ruleId": "gap",
                    "ruleIndex": 1,
                    "level": "note",
                    "message": {"text": "1 is missing\nhint: add it"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "file:///data/own%20catalog.toml"}
                            }
                        }
                    ],
                    "properties": {"codes": ["1", "2"]},
                },
                {
                    "ruleId": "gap",
                    "ruleIndex": 1,
                    "level": "note",
                    "message": {"text": "401065 is missing\nhint: add it"},
                    "locations": [{"logicalLocations": [{"fullyQualifiedName": "embedded:12"}]}],
                },
            ],
        }
    ],
}


def test_log(findings: tuple[Finding, ...], rules: tuple[Rule, ...]) -> None:
    """A log holds every rule and every finding, with all that SARIF 2.1.0 requires."""
    page = "https://docs.test/lint.html"
    assert sarif_log(findings, rules, version="1.2.3", help_page=page) == LOG


def test_log_without_a_page(rules: tuple[Rule, ...]) -> None:
    """Where the documentation has no address, none is made up."""
    log = sarif_log((), rules, version="1.2.3")
    assert "Uri" not in str(log)
    assert log["runs"][0]["results"] == []  # type: ignore[index]  # it holds any JSON value
