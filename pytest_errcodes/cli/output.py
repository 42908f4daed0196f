"""What the subcommands share: their options, and how they print."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CatalogOption = Annotated[
    str, typer.Option("--catalog", "-c", help="The catalog: 'ltp' or the path of a TOML file.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]

_OPTIONS = ("--catalog", "-c", "--json", "--help")
FINDINGS = 1  # the exit code of a command that found something to tell


def refuse_options(words: Iterable[str]) -> None:
    """Refuse what is a misspelt option: where codes may be negative, typer takes any word.

    Raises:
        ErrcodesUsageError: A word begins with a hyphen and a letter (``unknown-option``).
    """
    for word in words:
        name = word.partition("=")[0]
        if re.match(r"--?[A-Za-z]", name):
            near = get_close_matches(name, _OPTIONS, n=1)
            advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(_OPTIONS)}"
            raise ErrcodesUsageError("unknown-option", f"there is no option {name}", advice)


def print_json(value: Any) -> None:
    """Print any JSON value, indented, its texts as they are."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows: a table that fits the terminal, or for a pipe lines with tabs between cells.

    The last column is folded where the terminal is narrow; control characters are escaped.
    """
    lines = [tuple(map(escape, row)) for row in rows]
    if not is_terminal():
        for line in lines:
            typer.echo("\t".join(line))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, no_wrap=title != titles[-1], overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    Console(highlight=False).print(table)


def print_facts(facts: Mapping[str, str]) -> None:
    """Print a name and a value on each line; on a terminal, long values are folded."""
    import shutil
    import textwrap

    width = max(map(len, facts)) + 1
    columns = shutil.get_terminal_size().columns if is_terminal() else 0
    for name, value in facts.items():
        text = escape(value)
        if columns > 2 * width:
            indent = "\n" + " " * (width + 1)
            text = indent.join(textwrap.wrap(text, columns - width - 1))
        typer.echo(f"{name:<{width}} {text}")


def is_terminal() -> bool:
    """Whether a person reads the output; FORCE_COLOR asks for what a person would get."""
    import os

    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))
