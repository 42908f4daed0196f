"""What ``errcodes import`` says of a source: its remarks, no more of one kind than anyone reads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from pytest_errcodes.text.wording import escape, pluralize

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing import Imported
    from pytest_errcodes.tools.importing.import_outcome import RemarkKind

_MOST = 10  # of each kind; a document with many placeholders has as many remarks
_KINDS: dict[RemarkKind, tuple[str, str]] = {
    "prose": ("passage outside of tables", "passages outside of tables"),
    "table": ("table left out", "tables left out"),
    "column": ("column left out", "columns left out"),
    "row": ("row left out", "rows left out"),
    "duplicate": ("code documented twice", "codes documented twice"),
    "exception": ("code of two exceptions", "codes of two exceptions"),
    "several": ("row of several codes", "rows of several codes"),
    "success": ("success code", "success codes"),
    "placeholders": ("message with placeholders", "messages with placeholders"),
    "style": ("message with other placeholders", "messages with other placeholders"),
    "status": ("HTTP status that is none", "HTTP statuses that are none"),
    "open-ended": ("open-ended message", "open-ended messages"),
    "other": ("decision", "decisions"),
}


def print_remarks(imported: Imported, source: str, *, all_of_them: bool) -> None:
    """Print the remarks on standard error, a line each, and a summary below.

    Args:
        imported: What came of the import.
        source: Path of the source; ``-`` for standard input.
        all_of_them: Whether to print more than some of each kind.
    """
    place = "standard input" if source == "-" else source
    seen: Counter[RemarkKind] = Counter()
    for remark in imported.remarks:
        seen[remark.kind] += 1
        if all_of_them or seen[remark.kind] <= _MOST:
            click.echo(escape(remark.as_text(place)), err=True)
    more = {kind: count - _MOST for kind, count in seen.items() if count > _MOST}
    if more and not all_of_them:
        listed = ", ".join(f"{count} {_KINDS[kind][count > 1]}" for kind, count in more.items())
        click.echo(f"{place}: and {listed}; --verbose shows all", err=True)


def summary(imported: Imported, output: str | None) -> str:
    """Return what came of an import in one line.

    Args:
        imported: What came of it.
        output: The file it was written to; None for standard output.
    """
    catalog, left_out = imported.catalog, len(imported.left_out)
    codes = f"{len(catalog)} {pluralize('code', len(catalog))}"
    sections = f"{len(catalog.sections)} {pluralize('section', len(catalog.sections))}"
    where = f" written to {output}" if output else ""
    return f"errcodes: {codes} in {sections}{where}; {left_out} left out"
