"""The subcommands of ``errcodes``; each prints what a function of the catalog returns."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.wording import escaped

if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode, Section

# A code may be negative, and then looks like an option.
_NEGATIVE_CODES = {"ignore_unknown_options": True}

app = typer.Typer(
    name="errcodes",
    help="Look into a catalog of business error codes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

CatalogOption = Annotated[
    str, typer.Option("--catalog", "-c", help="The catalog: 'ltp' or the path of a TOML file.")
]


def _print_version(asked: bool) -> None:  # noqa: FBT001  # typer calls it so
    if asked:
        from importlib.metadata import version

        typer.echo(f"pytest-errcodes {version('pytest-errcodes')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None: ...


@app.command(
    "list",
    epilog="Example: errcodes list trading '!401099' 4012xx",
    context_settings=_NEGATIVE_CODES,
)
def list_codes(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(help="A code, 4010xx, 401000-401020, a section, a tag; ! excludes."),
    ] = None,
    catalog: CatalogOption = "ltp",
) -> None:
    """List the codes that the selectors pick, or all."""
    chosen = load_catalog(catalog)
    _print(
        chosen.select(*(selectors or ["*"])),
        f"the selectors leave no code of catalog {chosen.name!r}",
    )


@app.command(epilog="Example: errcodes search leverage", context_settings=_NEGATIVE_CODES)
def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all occur.")],
    catalog: CatalogOption = "ltp",
) -> None:
    """Search codes, messages, sections and tags."""
    chosen, text = load_catalog(catalog), " ".join(words)
    _print(chosen.search(text), f"no code of catalog {chosen.name!r} fits {text!r}")


@app.command(epilog="Example: errcodes explain 401112", context_settings=_NEGATIVE_CODES)
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
        "section": _section(found.section),
        "parameters": " ".join(found.template.placeholders) or "none",
        "HTTP status": str(found.http_status),
        "expect": (
            "assert_success(...)"
            if chosen.is_success(found.code)
            else f"@pytest.mark.expects_code({found.code!r})"
        ),
        "simulate": f"errcodes.reply({found.code!r}{params})",
    }
    for name, value in rows.items():
        console.print(Text(f"{name:<12} {value}"), soft_wrap=True)


def _section(section: Section) -> str:
    label = f", {section.label}" if section.label else ""
    return f"{section.id} ({section.title}{label})"


def _as_code(catalog: Catalog, text: str) -> Code:
    if catalog.shape.code_type == "string":
        return text
    try:
        return int(text)
    except ValueError:
        return text


def _console() -> Console:
    return Console(highlight=False)


def _print(codes: Collection[ErrorCode], nothing: str) -> None:
    """Print a table, or for a pipe one code a line; without any, tell so and exit with 1."""
    if not codes:
        typer.echo(f"errcodes: {nothing}", err=True)
        raise typer.Exit(1)
    rows = [(str(code.code), code.section.id, escaped(code.message)) for code in codes]
    console = _console()
    if not console.is_terminal:
        for row in rows:
            typer.echo("\t".join(row))
        return
    table = Table(box=None, pad_edge=False)
    for title in ("code", "section", "message"):
        table.add_column(title, no_wrap=title != "message", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def main() -> None:
    """Run the command; a mistake of the user is told in words, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an em dash must not end the command
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ErrcodesUsageError as error:
        typer.echo(f"errcodes: {error}", err=True)
        raise SystemExit(2) from None
