"""Findings as a log in the format SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.findings import Finding, Place, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_log(
    findings: Sequence[Finding], rules: Sequence[Rule], *, version: str, help_page: str = ""
) -> dict[str, object]:
    """Return a SARIF log of one run, as JSON values.

    Args:
        findings: What was found.
        rules: All that was looked for, whether found or not; at least those of the findings.
        version: Version of the package that looked.
        help_page: Address of the page that has an anchor for each rule, its slug; without one
            the rules name no page.
    """
    positions = {rule.slug: position for position, rule in enumerate(rules)}
    driver: dict[str, object] = {"name": "errcodes", "version": version}
    if help_page:
        driver["informationUri"] = help_page
    driver["rules"] = [_rule(rule, help_page) for rule in rules]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, positions[finding.slug]) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule, help_page: str) -> dict[str, object]:
    """Return a reportingDescriptor."""
    described: dict[str, object] = {
        "id": rule.slug,
        "shortDescription": {"text": rule.slug.replace("-", " ").capitalize()},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary} Switch it off with --ignore {rule.slug}."},
    }
    if help_page:
        described["helpUri"] = f"{help_page}#{rule.slug}"
    return described | {"defaultConfiguration": {"level": rule.severity}}


def _result(finding: Finding, position: int) -> dict[str, object]:
    """Return a result; our severities are SARIF's levels."""
    result: dict[str, object] = {
        "ruleId": finding.slug,
        "ruleIndex": position,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\nhint: {finding.hint}"},
        "locations": [_location(finding.place)],
    }
    if finding.codes:
        result["properties"] = {"codes": list(finding.codes)}
    return result


def _location(place: Place) -> dict[str, object]:
    """Return a location; an embedded catalog has no file that a reader could open."""
    if place.is_embedded:
        return {"logicalLocations": [{"fullyQualifiedName": str(place)}]}
    region = {"startLine": place.line, "startColumn": place.column}
    given = {name: number for name, number in region.items() if number is not None}
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(place.file)}}
    return {"physicalLocation": physical | ({"region": given} if given else {})}


def _uri(file: str) -> str:
    """Return the address of a file; a relative path stays relative, as code scanning wants it."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
