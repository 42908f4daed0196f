"""Findings as annotations that GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.tools.findings import Finding

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
# What the runner reads back, https://docs.github.com/actions/reference/workflow-commands.
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


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
