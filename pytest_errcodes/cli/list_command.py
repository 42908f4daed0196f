"""``errcodes list`` and ``errcodes search``: codes, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.cli.completion import complete_selector
from pytest_errcodes.cli.output import (
    FINDINGS,
    CatalogOption,
    JsonOption,
    print_json,
    print_table,
    refuse_options,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_errcodes.catalog import ErrorCode


def list_codes(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(
            help="A code, 4010xx, 401000-401020, a section, a tag; ! excludes.",
            autocompletion=complete_selector,
        ),
    ] = None,
    catalog: CatalogOption = "ltp",
    json: JsonOption = False,
) -> None:
    """List the codes that the selectors pick, or all."""
    refuse_options(selectors or ())
    chosen = load_catalog(catalog)
    _print(
        chosen.select(*(selectors or ["*"])),
        f"the selectors leave no code of catalog {chosen.name!r}",
        as_json=json,
    )


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all occur.")],
    catalog: CatalogOption = "ltp",
    json: JsonOption = False,
) -> None:
    """Search codes, messages, sections and tags."""
    refuse_options(words)
    chosen, text = load_catalog(catalog), " ".join(words)
    _print(chosen.search(text), f"no code of catalog {chosen.name!r} fits {text!r}", as_json=json)


def _print(codes: Collection[ErrorCode], nothing: str, *, as_json: bool) -> None:
    """Print the codes; without any, tell so and exit with 1."""
    if as_json:
        print_json([code.as_dict() for code in codes])
    else:
        rows = [(str(code.code), code.section.id, code.message) for code in codes]
        if rows:
            print_table(("code", "section", "message"), rows)
    if not codes:
        typer.echo(f"errcodes: {nothing}", err=True)
        raise typer.Exit(FINDINGS)
