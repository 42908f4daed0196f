"""The page that ``--help`` shows, in wide terminals and in narrow ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.terminal import terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDEST = 80  # columns; longer lines are hard to read


class HelpPage(click.HelpFormatter):
    """Writes the page for the terminal; what click would ask for is the width of wide ones."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=min(terminal_width(), _WIDEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write a call; what of it does not fit stands below, a little further to the right."""
        call = f"{prefix or 'Usage:'} {prog} {args}".rstrip()
        self.write(f"{click.wrap_text(call, self.width, subsequent_indent='    ')}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms, each with its text beside it, or below it where that leaves more room."""
        rows = list(rows)
        if max(len(term) for term, _ in rows) > self.width * 2 // 5:
            col_max = col_spacing
        super().write_dl(rows, col_max, col_spacing)
