"""The command ``errcodes``: its subcommands, and what it says of itself."""

from __future__ import annotations

import click

from pytest_errcodes.cli.completion import completion_options
from pytest_errcodes.cli.diff_command import diff
from pytest_errcodes.cli.explain_command import explain
from pytest_errcodes.cli.export_command import export
from pytest_errcodes.cli.import_command import import_
from pytest_errcodes.cli.init_command import init
from pytest_errcodes.cli.lint_command import lint
from pytest_errcodes.cli.list_command import list_codes, search
from pytest_errcodes.cli.parsing import Group
from pytest_errcodes.cli.scan_command import scan


@click.group(
    "errcodes",
    cls=Group,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    package_name="pytest-errcodes",
    message="pytest-errcodes %(version)s",
    help="Print the version.",
)
@completion_options
@click.pass_context
def app(context: click.Context) -> None:
    """Tools around a catalog of business error codes.

    Exit codes: 0 fine, 1 findings, 2 usage.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(2)


for _command in (init, list_codes, search, explain, import_, export, lint, diff, scan):
    app.add_command(_command)


def run() -> int:
    """Run what the command line asks for; return its exit code.

    Raises:
        ErrcodesUsageError: The command line is wrong, or what it asks for cannot be done.
    """
    try:
        return int(app.main(prog_name="errcodes", standalone_mode=False) or 0)
    except click.Abort:  # Ctrl-C
        return 130
