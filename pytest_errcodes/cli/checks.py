"""What the subcommands that check something share: their options, and how findings are shown."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pytest_errcodes.cli.output import FINDINGS, is_terminal, print_json
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from pytest_errcodes.tools import Finding, Rule


class Format(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="How to print what was found.")
]
ShortJsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="SLUG[:SELECTOR]", help="A rule to switch off; may be repeated."
    ),
]

_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def print_findings(
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    form: Format,
    as_json: bool,
    page: str,
) -> None:
    """Print findings; exit with 1 if one of them is more than a note.

    Args:
        findings: What was found.
        rules: All that was looked for.
        form: The format that was asked for.
        as_json: Whether ``--json`` was given.
        page: The page of the documentation that has an anchor for each rule: ``tools/lint``.
    """
    from pytest_errcodes.tools import reporting

    if as_json and form not in (Format.TEXT, Format.JSON):
        message = f"asks for JSON, and --format for {form.value}; give one of the two"
        raise typer.BadParameter(message, param_hint="--json")
    if as_json or form is Format.JSON:
        print_json(reporting.as_values(findings))
    elif form is Format.SARIF:
        version, address = _about_us(page)
        print_json(reporting.sarif_log(findings, rules, version=version, help_page=address))
    elif form is Format.GITHUB:
        for line in reporting.github_commands(findings):
            typer.echo(line)
    else:
        _print_text(findings)
    if reporting.is_failure(findings):
        raise typer.Exit(FINDINGS)


def _print_text(findings: Sequence[Finding]) -> None:
    """Print two lines for each finding, and how many there were on the error output."""
    if is_terminal() and findings:
        from rich.console import Console

        console = Console(highlight=False)
        for finding in findings:
            console.print(_coloured(finding), soft_wrap=True)
    else:
        for finding in findings:
            for line in str(finding).split("\n"):
                typer.echo(escape(line))
    from pytest_errcodes.tools.reporting import count_findings

    sys.stdout.flush()  # so that the count comes last where both outputs are one
    typer.echo(f"errcodes: {count_findings(findings)}", err=True)


def _coloured(finding: Finding) -> Text:
    """Return the text of a finding for a terminal."""
    from rich.text import Text

    lines = "\n".join(map(escape, str(finding).split("\n")))
    text, place = Text(lines), escape(str(finding.place))
    start = len(place) + 2
    text.stylize("bold", 0, len(place))
    text.stylize(_COLOURS[finding.severity], start, start + len(finding.severity))
    text.stylize("dim", lines.index("\n"))
    return text


def _about_us(page: str) -> tuple[str, str]:
    """Return the version, and the address of a page of the documentation if it has one."""
    from importlib.metadata import metadata

    about = metadata("pytest-errcodes")
    for entry in about.get_all("Project-URL") or ():
        name, _, address = entry.partition(", ")
        if name.lower() == "documentation":
            return about["Version"], f"{address.rstrip('/')}/{page}.html"
    return about["Version"], ""
