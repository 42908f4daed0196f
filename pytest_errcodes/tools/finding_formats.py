"""Findings as text, JSON, SARIF and annotations of GitHub; and whether they fail a check."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from pytest_errcodes.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.tools.findings import Finding, Place, Rule, Severity

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
# What the runner reads back, https://docs.github.com/actions/reference/workflow-commands.
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def is_failure(findings: Iterable[Finding]) -> bool:
    """Whether a check with these findings failed: notes alone let it pass."""
    return any(finding.severity != "note" for finding in findings)


def count_findings(findings: Iterable[Finding]) -> str:
    """Return how many findings there are of each severity: ``1 error, 2 notes``."""
    numbers = Counter(finding.severity for finding in findings)
    parts = [
        f"{numbers[severity]} {pluralize(severity, numbers[severity])}"
        for severity in _SEVERITIES
        if numbers[severity]
    ]
    return ", ".join(parts) or "no findings"


def as_values(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return findings as JSON values, in their order, each with all of its keys.

    Keys: ``rule`` (its slug), ``severity``, ``message``, ``hint``, ``file``, ``line`` and
    ``column`` (null where there is none), ``codes`` (a list, as the catalog writes them).
    """
    return [
        {
            "rule": finding.slug,
            "severity": finding.severity,
            "message": finding.message,
            "hint": finding.hint,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "codes": list(finding.codes),
        }
        for finding in findings
    ]


def github_commands(findings: Iterable[Finding]) -> list[str]:
    """Return one workflow command of GitHub Actions for each finding.

    A finding in an embedded catalog names no file, since the repository has none; its message
    begins with the place instead.
    """
    return [_annotation(finding) for finding in findings]


def _annotation(finding: Finding) -> str:
    """Return ``::warning file=my.toml,line=3,title=errcodes gap::message``."""
    place = finding.place
    message = f"{finding.message}\nhint: {finding.hint}"
    properties: dict[str, object] = {}
    if place.is_embedded:
        message = f"{place}: {message}"
    else:
        numbers = {"line": place.line, "col": place.column}
        properties = {"file": place.file.removeprefix("./")}
        properties |= {name: number for name, number in numbers.items() if number is not None}
    properties["title"] = f"errcodes {finding.slug}"
    written = ",".join(
        f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items()
    )
    return f"::{_COMMANDS[finding.severity]} {written}::{message.translate(_IN_MESSAGES)}"


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
