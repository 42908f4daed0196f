"""The command ``errcodes``: its subcommands, and how a mistake ends it."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pytest_errcodes.cli import (
    diff_command,
    explain_command,
    export_command,
    import_command,
    lint_command,
    list_command,
    scan_command,
)
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

# A code may be negative, and then looks like an option.
_NEGATIVE_CODES = {"ignore_unknown_options": True}

app = typer.Typer(
    name="errcodes",
    help="Tools around a catalog of business error codes. Exit codes: 0 fine, 1 findings, 2 usage.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _add(
    name: str, function: Callable[..., Any], example: str, *, takes_codes: bool = False
) -> None:
    """Add a subcommand whose help ends with an example of its use."""
    settings = _NEGATIVE_CODES if takes_codes else None
    app.command(name, epilog=f"Example: {example}", context_settings=settings)(function)


_add("list", list_command.list_codes, "errcodes list trading '!401010' 4012xx", takes_codes=True)
_add("search", list_command.search, "errcodes search leverage", takes_codes=True)
_add("explain", explain_command.explain, "errcodes explain 401112", takes_codes=True)
_add("import", import_command.import_, "errcodes import page.html -o my.toml")
_add(
    "export",
    export_command.export,
    "errcodes export --catalog my.toml --format python -o errors.py",
)
_add("lint", lint_command.lint_catalog, "errcodes lint broker.toml --ignore gap")
_add(
    "diff",
    diff_command.diff,
    "errcodes diff ltp page.html --fail-on breaking,meaning --impact tests/",
)
_add("scan", scan_command.scan, "errcodes scan src/ --select trading --ignore message-text")


def _print_version(asked: bool) -> None:
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


def command() -> None:
    """Run as a process of its own, with the manners of one in a pipe.

    A reader that has seen enough (``| head``) ends it as it ends other commands, by SIGPIPE (141
    in a shell); an exit code of 1 would say that there are findings.
    """
    import signal

    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()


def main() -> None:
    """Run the command; a mistake of the user is told in words, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an em dash must not end the command
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="errcodes")
    except ErrcodesUsageError as error:
        _refuse(str(error))
    except OSError as error:
        if error.filename is not None:
            raise
        sys.stdout = None  # what it still holds cannot be written at the end either
        _refuse(f"standard output cannot be written: {error.strerror}")


def _refuse(text: str) -> NoReturn:
    typer.echo(f"errcodes: {text}", err=True)
    raise SystemExit(2) from None
