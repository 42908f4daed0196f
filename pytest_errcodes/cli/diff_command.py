"""``errcodes diff``: what changed between two catalogs for a client."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.catalog_in_force import name_catalog
from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.output import FINDINGS, print_json
from pytest_errcodes.cli.parsing import argument, command, option
from pytest_errcodes.cli.shared_options import choose_format, one_format_of, short_json_option
from pytest_errcodes.cli.terminal import is_terminal, print_lines, terminal_width
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.tools import Change
    from pytest_errcodes.tools.importing import Imported
    from pytest_errcodes.tools.scanning.code_occurrences import Occurrence


@command("diff", example="errcodes diff ltp page.html --fail-on breaking,meaning --impact tests/")
@argument(
    "old",
    "[OLD]",
    "The old catalog: a name, a TOML file, or a page or folder of source to import; the project's "
    "if absent.",
    shell_complete=complete_path,
)
@argument(
    "new",
    "NEW",
    "The new one, likewise; - reads standard input.",
    required=False,
    shell_complete=complete_path,
)
@argument(
    "more_paths", "[PATH]...", "Further paths for --impact.", nargs=-1, shell_complete=complete_path
)
@option(
    "--impact",
    "PATH",
    "Show which lines of this source name a touched code.",
    multiple=True,
    shell_complete=complete_path,
)
@option(
    "--fail-on",
    "KIND,...",
    "The kinds of changes to exit with 1 for: breaking, renumbered, meaning, wording, addition, "
    "moved, or none. All of them if absent.",
)
@one_format_of("text", "markdown", "json", what="the changes")
@short_json_option
def diff(
    *,
    old: str,
    new: str | None,
    more_paths: Sequence[str],
    impact: Sequence[str],
    fail_on: str | None,
    format_: str,
    json: bool,
) -> int:
    """Tell what changed from one catalog to another, by what it means for a client."""
    from pytest_errcodes.tools import diffing
    from pytest_errcodes.tools.catalog_sources import read_both

    if more_paths and not impact:
        raise ErrcodesUsageError(
            "third-source",
            f"errcodes diff compares two sources, and {more_paths[0]!r} is a third",
            "a path to look into follows --impact",
        )
    format_ = choose_format(format_, as_json=json)
    old, new = _name_both(old, new)
    kinds = diffing.KINDS if fail_on is None else diffing.failing_kinds(fail_on)
    before, after = read_both(old, new)
    changes = diffing.diff(before.catalog, after.catalog)
    places = diffing.impact(changes, [*impact, *more_paths]) if impact else None
    _tell_left_out(old, before)
    _tell_left_out(new, after)
    if format_ == "json":
        print_json(_values((old, before), (new, after), changes, places))
    elif format_ == "markdown":
        click.echo(diffing.changelog(changes, f"Error codes: {old} to {new}", places), nl=False)
    else:
        _print_text(f"from {old} to {new}", changes, places or {})
    return FINDINGS if any(change.kind in kinds for change in changes) else 0


def _name_both(old: str, new: str | None) -> tuple[str, str]:
    """Return both sources; one alone is the new one, and the old one what the project sets.

    Raises:
        ErrcodesUsageError: Nothing sets a catalog (``missing-argument``), or both are standard
            input (``import-source``).
    """
    if new is None:
        named = name_catalog(None)
        if not named.by:
            raise ErrcodesUsageError(
                "missing-argument",
                "diff needs NEW",
                "for example: errcodes diff ltp page.html; one source is enough where the project "
                "sets its catalog",
            )
        old, new = named.source, old
    if old == new == "-":
        raise ErrcodesUsageError(
            "import-source",
            "both sources are standard input, which is read once",
            "save one of them in a file, and name that",
        )
    return old, new


def _tell_left_out(source: str, imported: Imported) -> None:
    """Tell on the error output that part of a source was not compared."""
    if count := len(imported.left_out):
        parts = "part of it was" if count == 1 else f"{count} parts of it were"
        hint = f"errcodes import {source} tells which"
        click.echo(f"errcodes: {source}: {parts} left out; {hint}", err=True)


def _values(
    old: tuple[str, Imported],
    new: tuple[str, Imported],
    changes: Sequence[Change],
    places: Mapping[Change, Sequence[Occurrence]] | None,
) -> dict[str, object]:
    """Return changes as JSON values; ``impact`` is there if it was asked for."""
    return {
        **{
            key: {"source": source, "name": found.catalog.name, "codes": len(found.catalog)}
            for key, (source, found) in (("old", old), ("new", new))
        },
        "counts": _counts(changes),
        "changes": [
            change.as_dict()
            if places is None
            else change.as_dict() | {"impact": [_place(found) for found in places[change]]}
            for change in changes
        ],
    }


def _place(found: Occurrence) -> dict[str, object]:
    place = found.place
    return {"file": place.file, "line": place.line, "column": place.column, "text": found.line}


def _counts(changes: Sequence[Change]) -> dict[str, int]:
    """Return how many changes there are of each kind, the gravest first."""
    from pytest_errcodes.tools.diffing import KINDS

    numbers = Counter(change.kind for change in changes)
    return {kind: numbers[kind] for kind in KINDS}


def _print_text(
    sources: str, changes: Sequence[Change], places: Mapping[Change, Sequence[Occurrence]]
) -> None:
    """Print the changes for people, in colours on a terminal."""
    from pytest_errcodes.cli.changes import draw_changes

    numbers = [f"{count} {kind}" for kind, count in _counts(changes).items() if count]
    total = f"{len(changes) or 'no'} {pluralize('change', len(changes))}"
    headline = f"{total} {sources}{': ' if numbers else ''}{', '.join(numbers)}"
    width = terminal_width() if is_terminal() else None
    print_lines(draw_changes(headline, changes, places, width))
