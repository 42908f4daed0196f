"""``errcodes scan``: what the source of a client does with codes."""

from __future__ import annotations

from typing import Annotated

import typer

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.cli.checks import (
    Format,
    FormatOption,
    IgnoreOption,
    ShortJsonOption,
    print_findings,
)
from pytest_errcodes.cli.completion import complete_selector
from pytest_errcodes.cli.output import CatalogOption


def scan(
    paths: Annotated[list[str], typer.Argument(help="Files and folders of source.")],
    *,
    catalog: CatalogOption = "ltp",
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="SELECTOR",
            autocompletion=complete_selector,
            help="Codes that the source has to handle, such as trading; may be repeated.",
        ),
    ] = None,
    ignore: IgnoreOption = None,
    form: FormatOption = Format.TEXT,
    json: ShortJsonOption = False,
) -> None:
    """Find codes in source that the catalog lacks, and doubtful ways to handle codes."""
    from pytest_errcodes.tools import SCAN_RULES
    from pytest_errcodes.tools import scan as scan_source

    findings = scan_source(paths, load_catalog(catalog), select=select or (), ignore=ignore or ())
    print_findings(findings, SCAN_RULES, form=form, as_json=json, page="tools/scan")
