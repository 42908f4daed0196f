"""``errcodes list`` and ``errcodes search``: codes, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog, telling_which
from pytest_errcodes.cli.completion import complete_selector
from pytest_errcodes.cli.output import FINDINGS, print_json, print_table
from pytest_errcodes.cli.parsing import argument, command
from pytest_errcodes.cli.shared_options import catalog_option, json_option

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.cli.catalog_in_force import Named


@command("list", example="errcodes list trading '!401010' 4012xx", takes_codes=True)
@argument(
    "selectors",
    "[SELECTOR]...",
    "A code, 4010xx, 401000-401020, a section, a tag; ! excludes.",
    nargs=-1,
    shell_complete=complete_selector,
)
@catalog_option
@json_option
def list_codes(*, selectors: Sequence[str], catalog: str | None, json: bool) -> int:
    """List the codes that the selectors pick, or all."""
    named = name_catalog(catalog)
    chosen = load_named(named)
    with telling_which(named):
        codes = chosen.select(*(selectors or ["*"]))
    nothing = f"the selectors leave no code of catalog {chosen.name!r}"
    return _print(codes, nothing, named, as_json=json)


@command("search", example="errcodes search leverage", takes_codes=True)
@argument("words", "WORD...", "Words that must all occur.", nargs=-1, required=True)
@catalog_option
@json_option
def search(*, words: Sequence[str], catalog: str | None, json: bool) -> int:
    """Search codes, messages, sections and tags."""
    named, text = name_catalog(catalog), " ".join(words)
    chosen = load_named(named)
    nothing = f"no code of catalog {chosen.name!r} fits {text!r}"
    return _print(chosen.search(text), nothing, named, as_json=json)


def _print(codes: Collection[ErrorCode], nothing: str, named: Named, *, as_json: bool) -> int:
    """Print the codes; return the exit code, which is 1 if there is none."""
    if as_json:
        print_json([code.as_dict() for code in codes])
    else:
        rows = [(str(code.code), code.section.id, " | ".join(code.messages)) for code in codes]
        if rows:
            print_table(("code", "section", "message"), rows)
    if codes:
        return 0
    click.echo(f"errcodes: {nothing}", err=True)
    if named.line:
        click.echo(f"  catalog: {named.line}", err=True)
    return FINDINGS
