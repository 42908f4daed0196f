"""Changes as a section of a changelog in Markdown."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pytest_errcodes.tools.diffing.change import Change
    from pytest_errcodes.tools.scanning.code_occurrences import Occurrence

#: So many lines are shown of what a change touches.
MOST_LINES = 10
_SPECIAL = re.compile(r"([\\`*_\[\]{}<>&|~#@$])")


def changelog(
    changes: Sequence[Change],
    title: str = "Error codes",
    impact: Mapping[Change, Sequence[Occurrence]] | None = None,
) -> str:
    """Return changes as a section of Markdown, with a table for each kind of change.

    Args:
        changes: What changed, in the order of ``diff``.
        title: The heading of the section, any text.
        impact: The lines that each change touches; without it the tables have no such column.
    """
    lines = [f"## {_plain(title)}"]
    if not changes:
        lines += ["", "No changes."]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        together = list(group)
        lines += ["", f"### {kind.capitalize()} ({len(together)})", ""]
        lines += _table(together, impact)
    return "\n".join(lines) + "\n"


def _table(
    changes: Collection[Change], impact: Mapping[Change, Sequence[Occurrence]] | None
) -> list[str]:
    """Return the lines of a table; a column that would be empty is left out."""
    columns = {
        "what": [code_span(change.subject) for change in changes],
        "change": [_plain(change.summary) for change in changes],
        "before": [_text(change, change.old) for change in changes],
        "after": [_text(change, change.new) for change in changes],
        "named in": [_places((impact or {}).get(change, ())) for change in changes],
    }
    used = {name: cells for name, cells in columns.items() if any(cells)}
    rows = [list(used), ["---"] * len(used), *map(list, zip(*used.values(), strict=True))]
    return [f"| {' | '.join(row)} |" for row in rows]


def _text(change: Change, text: object) -> str:
    """Return the cell for a text of one of the catalogs."""
    return code_span(str(text)) if change.shows_texts and text else ""


def _places(places: Sequence[Occurrence]) -> str:
    """Return the cell for the lines that a change touches."""
    cells = [code_span(f"{found.place.file}:{found.place.line}") for found in places[:MOST_LINES]]
    if len(places) > MOST_LINES:
        cells.append(f"and {len(places) - MOST_LINES} more")
    return "<br>".join(cells)


def code_span(text: str) -> str:
    """Return ``text`` as code that stands in a cell of a table, whatever it holds.

    What does not print is shown as in Python. A pipe ends a cell even in code, and a backslash
    before it may stand for itself, so a text with pipes is written in HTML.
    """
    shown = escape(text)
    if "|" in shown:
        return f"<code>{''.join(map(_entity, shown))}</code>"
    ticks = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (ticks + 1)
    if shown[:1] == "`" or shown[-1:] == "`" or (shown[:1] == shown[-1:] == " " and shown.strip()):
        shown = f" {shown} "
    return f"{fence}{shown}{fence}" if shown else ""


def _entity(character: str) -> str:
    """Return a character so that neither HTML nor Markdown takes it for theirs."""
    return character if character.isalnum() or character == " " else f"&#{ord(character)};"


def _plain(text: str) -> str:
    """Return ``text`` as itself, not as Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
