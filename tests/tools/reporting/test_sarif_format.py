"""Findings as a SARIF log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.reporting import sarif_log

if TYPE_CHECKING:
    from pytest_errcodes.tools import Finding, Rule

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
