"""``errcodes export``: a catalog in the format of another tool."""

from __future__ import annotations

from typing import Annotated

import typer

from pytest_errcodes.cli.files import ForceOption, OutputOption, check_output, write_output
from pytest_errcodes.cli.output import CatalogOption
from pytest_errcodes.errors import ErrcodesUsageError


def _formats() -> list[str]:
    """Return what a shell completes ``--format`` with."""
    from pytest_errcodes.tools.exporting import FORMATS

    return [one.name for one in FORMATS]


def export(
    catalog: CatalogOption = "ltp",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="csv, json, markdown, openapi, python, stubs, toml or typescript.",
            autocompletion=_formats,
        ),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Write a catalog in the format of another tool.

    The text goes to the file, or to standard output, always in UTF-8.
    """
    from pytest_errcodes.catalog import load_catalog
    from pytest_errcodes.tools import export_catalog

    check_output(output, force=force)
    write_output(export_catalog(load_catalog(catalog), _chosen(format_, json)), output, force=force)


def _chosen(name: str | None, json: bool) -> str:
    """Return the one format that was asked for.

    Raises:
        ErrcodesUsageError: None was, or two were (``export-format``).
    """
    if name is None and not json:
        raise ErrcodesUsageError(
            "export-format",
            "no format is named",
            f"add --format and one of {', '.join(_formats())}",
        )
    if name not in (None, "json") and json:
        raise ErrcodesUsageError(
            "export-format",
            f"--format {name} and --json ask for two formats",
            "leave one of them out",
        )
    return name or "json"
