"""``errcodes diff``: what changed between two catalogs for a client."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pytest_errcodes.cli.output import FINDINGS, is_terminal, print_json
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.tools import Change
    from pytest_errcodes.tools.importing import Imported
    from pytest_errcodes.tools.scanning.code_occurrences import Occurrence


class Format(StrEnum):
    """How changes are shown."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


ImpactOption = Annotated[
    list[str] | None,
    typer.Option(metavar="PATH", help="Show which lines of this source name a touched code."),
]
FailOnOption = Annotated[
    str | None,
    typer.Option(
        metavar="KIND,...",
        help="The kinds of changes to exit with 1 for: breaking, renumbered, meaning, wording, "
        "addition, moved, or none. All of them if absent.",
    ),
]


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="The old catalog: a name, a TOML file, or a page to import."
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The new one, likewise; - reads standard input.")
    ],
    more_paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Further paths for --impact.")
    ] = None,
    impact: ImpactOption = None,
    fail_on: FailOnOption = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="How to print the changes.")
    ] = Format.TEXT,
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Tell what changed from one catalog to another, by what it means for a client."""
    from pytest_errcodes.tools import diffing
    from pytest_errcodes.tools.catalog_sources import read_both

    if more_paths and not impact:
        raise ErrcodesUsageError(
            "third-source",
            f"errcodes diff compares two sources, and {more_paths[0]!r} is a third",
            "a path to look into follows --impact",
        )
    if json and form is Format.MARKDOWN:
        message = "asks for JSON, and --format for markdown; give one of the two"
        raise typer.BadParameter(message, param_hint="--json")
    kinds = diffing.KINDS if fail_on is None else diffing.failing_kinds(fail_on)
    before, after = read_both(old, new)
    changes = diffing.diff(before.catalog, after.catalog)
    places = diffing.impact(changes, [*impact, *(more_paths or ())]) if impact else None
    _tell_left_out(old, before)
    _tell_left_out(new, after)
    if json or form is Format.JSON:
        print_json(_values((old, before), (new, after), changes, places))
    elif form is Format.MARKDOWN:
        typer.echo(diffing.changelog(changes, f"Error codes: {old} to {new}", places), nl=False)
    else:
        _print_text(f"from {old} to {new}", changes, places or {})
    if any(change.kind in kinds for change in changes):
        raise typer.Exit(FINDINGS)


def _tell_left_out(source: str, imported: Imported) -> None:
    """Tell on the error output that part of a source was not compared."""
    if count := len(imported.left_out):
        parts = "part of it was" if count == 1 else f"{count} parts of it were"
        hint = f"errcodes import {source} tells which"
        typer.echo(f"errcodes: {source}: {parts} left out; {hint}", err=True)


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
    from pytest_errcodes.cli.changes import Line, drawn, plain

    numbers = [f"{count} {kind}" for kind, count in _counts(changes).items() if count]
    total = f"{len(changes)} change{'s'[: len(changes) > 1]}" if changes else "no changes"
    headline = f"{total} {sources}{': ' if numbers else ''}{', '.join(numbers)}"
    if not is_terminal():
        for line in (Line(headline), *drawn(changes, places, None)):
            typer.echo(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in (*plain(headline, console.width), *drawn(changes, places, console.width)):
        console.print(Text(line.text, line.style), soft_wrap=True)
