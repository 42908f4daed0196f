"""``errcodes lint``: what is odd about a catalog."""

from __future__ import annotations

from typing import Annotated

import typer

from pytest_errcodes.cli.checks import (
    Format,
    FormatOption,
    IgnoreOption,
    ShortJsonOption,
    print_findings,
)


def lint_catalog(
    source: Annotated[
        str, typer.Argument(help="'ltp' or the path of a TOML file; - reads one from a pipe.")
    ] = "ltp",
    form: FormatOption = Format.TEXT,
    json: ShortJsonOption = False,
    ignore: IgnoreOption = None,
) -> None:
    """Find what is odd about a catalog: duplicates, gaps, broken placeholders, spelling."""
    from pytest_errcodes.tools import LINT_RULES, lint

    findings = lint(source, ignore=ignore or ())
    print_findings(findings, LINT_RULES, form=form, as_json=json, page="tools/lint")
