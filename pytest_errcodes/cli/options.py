"""The options that several subcommands have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.parsing import one_of
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

catalog_option = click.option(
    "--catalog",
    "-c",
    metavar="CATALOG",
    default="ltp",
    show_default=True,
    shell_complete=complete_path,
    help="The catalog: 'ltp' or the path of a TOML file.",
)
json_option = click.option("--json", is_flag=True, help="Print JSON, for other programs.")
short_json_option = click.option("--json", is_flag=True, help="Short for --format json.")
output_option = click.option(
    "--output",
    "-o",
    metavar="FILE",
    shell_complete=complete_path,
    help="The file to write; standard output if absent.",
)
force_option = click.option("--force", is_flag=True, help="Replace the file if it exists.")


def one_format_of(*words: str, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--format``.

    Args:
        words: The formats; the first is the default.
        what: What is printed, for the help.
    """
    *others, last = words
    return click.option(
        "--format",
        "-f",
        "format_",
        metavar="FORMAT",
        default=words[0],
        show_default=True,
        help=f"How to print {what}: {', '.join(others)} or {last}.",
        **one_of(*words),
    )


def refuse_two_formats(format_: str, *, as_json: bool) -> None:
    """Refuse ``--json`` beside a format that is neither JSON nor the default.

    Raises:
        ErrcodesUsageError: Two formats are asked for (``two-formats``).
    """
    if as_json and format_ not in ("text", "json"):
        raise ErrcodesUsageError(
            "two-formats",
            f"--json asks for JSON, and --format for {format_}; give one of the two",
        )
