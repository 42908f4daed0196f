"""What the subcommands that check something share: their options, and how findings are shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.output import FINDINGS, print_json
from pytest_errcodes.cli.parsing import option
from pytest_errcodes.cli.shared_options import one_format_of
from pytest_errcodes.cli.terminal import is_terminal, painted
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools import Finding, Rule

format_option = one_format_of("text", "json", "sarif", "github", what="what was found")
ignore_option = option(
    "--ignore", "SLUG[:SELECTOR]", "A rule to switch off; may be repeated.", multiple=True
)

_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def print_findings(
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    *,
    format_: str,
    page: str,
    looked_at: str,
    looked_into: str,
) -> int:
    """Print findings; return the exit code, which is 1 if one of them is more than a note.

    Args:
        findings: What was found.
        rules: All that was looked for.
        format_: The format that was asked for.
        looked_into: Which catalog was looked into, where the command line does not say it.
        page: The page of the documentation that has an anchor for each rule: ``tools/lint``.
        looked_at: How much was looked at, which is told where nothing was found.
    """
    from pytest_errcodes.tools import finding_formats

    if format_ == "json":
        print_json(finding_formats.as_values(findings))
    elif format_ == "sarif":
        version, address = _about_us(page)
        print_json(finding_formats.sarif_log(findings, rules, version=version, help_page=address))
    elif format_ == "github":
        for line in finding_formats.github_commands(findings):
            click.echo(line)
    else:
        _print_text(findings, looked_at)
        if looked_into and not findings:
            click.echo(f"  catalog: {looked_into}", err=True)
    return FINDINGS if finding_formats.is_failure(findings) else 0


def _print_text(findings: Sequence[Finding], looked_at: str) -> None:
    """Print two lines for each finding, and how many there were on the error output."""
    from pytest_errcodes.tools.finding_formats import count_findings

    for finding in findings:
        click.echo(_in_colours(finding), color=is_terminal())
    sys.stdout.flush()  # so that the count comes last where both outputs are one
    told = "" if findings else f"{looked_at}: "
    click.echo(f"errcodes: {told}{count_findings(findings)}", err=True)


def _in_colours(finding: Finding) -> str:
    """Return the lines of a finding, as far as there are colours."""
    first, *others = map(escape, str(finding).split("\n"))
    place, severity = escape(str(finding.place)), finding.severity
    rest = first.removeprefix(f"{place}: {severity}")
    first = f"{painted(place, 'bold')}: {painted(severity, _COLOURS[severity])}{rest}"
    return "\n".join([first, *(painted(line, "dim") for line in others)])


def _about_us(page: str) -> tuple[str, str]:
    """Return the version, and the address of a page of the documentation if it has one."""
    from importlib.metadata import metadata

    about = metadata("pytest-errcodes")
    for entry in about.get_all("Project-URL") or ():
        name, _, address = entry.partition(", ")
        if name.lower() == "documentation":
            return about["Version"], f"{address.rstrip('/')}/{page}.html"
    return about["Version"], ""
