"""The subcommands of ``errcodes``; each prints what a function of the catalog returns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

app = typer.Typer(
    name="errcodes",
    help="Look into a catalog of business error codes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

CatalogOption = Annotated[
    str, typer.Option("--catalog", "-c", help="The catalog: 'ltp' or the path of a TOML file.")
]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"pytest-errcodes {version('pytest-errcodes')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[  # noqa: ARG001  # the callback acts on it
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None: ...


@app.command("list", epilog="Example: errcodes list trading '!401099' 4012xx")
def list_codes(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(help="A code, 4010xx, 401000-401020, a section, a tag; ! excludes."),
    ] = None,
    catalog: CatalogOption = "ltp",
) -> None:
    """List the codes that the selectors pick, or all."""
    _print(load_catalog(catalog).select(*(selectors or ["*"])))


@app.command(epilog="Example: errcodes search leverage")
def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all occur.")],
    catalog: CatalogOption = "ltp",
) -> None:
    """Search codes, messages, sections and tags."""
    found = load_catalog(catalog).search(" ".join(words))
    _print(found)
    if not found:
        raise typer.Exit(1)


@app.command(epilog="Example: errcodes explain 401112")
def explain(
    code: Annotated[str, typer.Argument(help="A documented code.")],
    catalog: CatalogOption = "ltp",
) -> None:
    """Tell what is documented of one code, and how to expect and simulate it."""
    chosen = load_catalog(catalog)
    found = chosen.find(_as_code(chosen, code))
    console = _console()
    params = "".join(f", {value!r}" for value in found.template.sample)
    rows = {
        "code": repr(found.code),
        "message": found.message,
        "section": " ".join(part for part in (found.section.id, found.section.label) if part),
        "parameters": " ".join(found.template.placeholders) or "none",
        "HTTP status": str(found.http_status),
        "expect": f"@pytest.mark.expects_code({found.code!r})",
        "simulate": f"errcodes.reply({found.code!r}{params})",
    }
    for name, value in rows.items():
        console.print(Text(f"{name:<12} {value}"), soft_wrap=True)


def _as_code(catalog: Catalog, text: str) -> Code:
    if catalog.shape.code_type == "string":
        return text
    try:
        return int(text)
    except ValueError:
        return text


def _console() -> Console:
    return Console(highlight=False)


def _print(codes: Iterable[ErrorCode]) -> None:
    console = _console()
    if not console.is_terminal:  # a pipe gets one code a line, tab-separated
        for code in codes:
            typer.echo(f"{code.code}\t{code.section.id}\t{code.message}")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("code", "section", "message"):
        table.add_column(title, no_wrap=title != "message")
    for code in codes:
        table.add_row(Text(str(code.code)), Text(code.section.id), Text(code.message))
    console.print(table)


def main() -> None:
    """Run the command; a mistake of the user is told in words, with exit code 2."""
    try:
        app()
    except ErrcodesUsageError as error:
        print(f"errcodes: {error}", file=sys.stderr)  # noqa: T201  # the command's own output
        raise SystemExit(2) from None
