"""``errcodes export``: a catalog in the format of another tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog
from pytest_errcodes.cli.files import check_output, write_output
from pytest_errcodes.cli.parsing import command, flag, option
from pytest_errcodes.cli.shared_options import catalog_option, force_option, output_option
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def _formats() -> list[str]:
    """Return the names of the formats."""
    from pytest_errcodes.tools.exporting import FORMATS

    return [one.name for one in FORMATS]


def _complete_format(
    _: click.Context, __: click.Parameter, incomplete: str
) -> list[str | CompletionItem]:
    """Offer the formats that begin so."""
    return [name for name in _formats() if name.startswith(incomplete)]


@command("export", example="errcodes export --catalog my.toml --format python -o errors.py")
@catalog_option
@option(
    "--format -f format_",
    "FORMAT",
    "csv, json, markdown, openapi, python, stubs, toml or typescript.",
    shell_complete=_complete_format,
)
@output_option
@force_option
@flag("--json", "The same as --format json.")
def export(
    *, catalog: str | None, format_: str | None, output: str | None, force: bool, json: bool
) -> None:
    """Write a catalog in the format of another tool.

    The text goes to the file, or to standard output, always in UTF-8.
    """
    from pytest_errcodes.tools import export_catalog

    check_output(output, force=force)
    chosen = load_named(name_catalog(catalog))
    write_output(export_catalog(chosen, _choose_format(format_, json=json)), output, force=force)


def _choose_format(name: str | None, *, json: bool) -> str:
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
