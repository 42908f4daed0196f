"""The options that several subcommands have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.parsing import flag, one_of, option
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.cli.parsing import Decorator

catalog_option = option(
    "--catalog -c",
    "CATALOG",
    "The catalog: 'ltp' or the path of a TOML file.  [default: the project's, or ltp]",
    shell_complete=complete_path,
)
json_option = flag("--json", "Print JSON, for other programs.")
short_json_option = flag("--json", "Short for --format json.")
output_option = option(
    "--output -o",
    "FILE",
    "The file to write; standard output if absent.",
    shell_complete=complete_path,
)
force_option = flag("--force", "Replace the file if it exists.")


def one_format_of(*words: str, what: str) -> Decorator:
    """Return the option ``--format``.

    Args:
        words: The formats; the first is the default.
        what: What is printed, for the help.
    """
    *others, last = words
    return option(
        "--format -f format_",
        "FORMAT",
        f"How to print {what}: {', '.join(others)} or {last}.",
        default=words[0],
        show_default=True,
        **one_of(*words),
    )


def choose_format(format_: str, *, as_json: bool) -> str:
    """Return what ``--format`` names, or JSON if ``--json`` asks for it.

    Raises:
        ErrcodesUsageError: Two formats are asked for (``two-formats``).
    """
    if not as_json:
        return format_
    if format_ not in ("text", "json"):
        raise ErrcodesUsageError(
            "two-formats",
            f"--json asks for JSON, and --format for {format_}; give one of the two",
        )
    return "json"
