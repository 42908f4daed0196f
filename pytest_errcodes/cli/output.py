"""How the subcommands print: JSON, a table, or facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pytest_errcodes.cli.terminal import Line, fold, is_terminal, print_lines, terminal_width
from pytest_errcodes.text.wording import count_columns, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FINDINGS = 1  # the exit code of a command that found something to tell
_GAP = "  "  # between two columns of a table


def print_json(value: Any) -> None:
    """Print any JSON value, indented; in its texts, what nobody sees is escaped."""
    from pytest_errcodes.text.json_writing import write_json

    click.echo(write_json(value, indent=2))


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows: a table that fits the terminal, or for a pipe lines with tabs between cells.

    The last column is folded where the terminal is narrow; control characters are escaped.
    """
    lines = [tuple(map(escape, row)) for row in rows]
    if is_terminal():
        print_lines(_table(titles, lines))
    else:
        click.echo("\n".join(map("\t".join, lines)))


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    """Yield the lines of a table."""
    *widths, _ = (max(map(count_columns, cells)) for cells in zip(titles, *rows, strict=True))
    terminal = terminal_width()
    for style, (*cells, last) in (("bold", titles), *(("", row) for row in rows)):
        padded = (
            cell + " " * (width - count_columns(cell))
            for cell, width in zip(cells, widths, strict=True)
        )
        yield from fold(last, terminal, "".join(cell + _GAP for cell in padded), style)


def print_facts(facts: Mapping[str, str]) -> None:
    """Print a name and a value on each line; on a terminal, long values are folded."""
    room = max(map(len, facts)) + 1
    for name, value in facts.items():
        lead = f"{name:<{room}} "
        if is_terminal():
            print_lines(fold(value, terminal_width(), lead))
        else:
            click.echo(f"{lead}{escape(value)}")
