"""``errcodes import``: a catalog out of what teams have."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.files import check_output, write_output
from pytest_errcodes.cli.output import print_json
from pytest_errcodes.cli.parsing import argument, command, flag, option
from pytest_errcodes.cli.remarks import print_remarks, summary
from pytest_errcodes.cli.shared_options import force_option, json_option, output_option
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.tools.importing import Imported

_CODE_TYPES: tuple[CodeType, ...] = ("integer", "string", "either")


@command("import", example="errcodes import page.html -o my.toml")
@argument(
    "source",
    "SOURCE...",
    "The page or file; - reads standard input. Or a client's source: folders, files of Python.",
    nargs=-1,
    required=True,
    shell_complete=complete_path,
)
@output_option
@force_option
@option(
    "--format",
    "FORMAT",
    "html, json, yaml, openapi, rst, markdown, python, csv, text; else found out.",
)
@option("--encoding", "ENCODING", "The source's encoding; UTF-8 if absent.")
@option("--code-column", "COLUMN", "The column of the codes: its name, or its number from 1.")
@option("--message-column", "COLUMN", "The column of the messages, likewise.")
@option("--section", "TITLE", "Title of one section for all codes: 'Trading (4010xx)'.")
@option("--name", "NAME", "The catalog's name; that of the file if absent.")
@option("--title", "TITLE", "The catalog's title for people.")
@option("--code-type", "TYPE", "integer, string or either; found out if absent.")
@option(
    "--base",
    "CATALOG",
    "A catalog that says what the source does not: envelope, ids, tags.",
    shell_complete=complete_path,
)
@flag("--verbose -v", "Show all remarks, not some of each kind.")
@json_option
def import_(
    *,
    source: Sequence[str],
    output: str | None,
    force: bool,
    code_type: str | None,
    base: str | None,
    verbose: bool,
    json: bool,
    **said: str | None,
) -> None:
    """Make a catalog from a page, a table or another tool's file.

    The catalog goes to the file or standard output, what was left out to standard error.
    """
    from pytest_errcodes.catalog import load_catalog, write_catalog
    from pytest_errcodes.cli.progress_line import ProgressLine
    from pytest_errcodes.tools.importing import ImportOptions, import_catalog

    check_output(output, force=force)
    options = ImportOptions(
        fallback_name=Path(output).stem if output else None,
        code_type=_read_code_type(code_type),
        base=load_catalog(base) if base else None,
        **said,
    )
    with _pause_collector(), ProgressLine("read") as progress:
        imported = import_catalog(source, options, progress=progress)
    if output is not None or not json:
        write_output(write_catalog(imported.catalog), output, force=force)
    if json:
        print_json(_facts(imported, output))
        return
    print_remarks(imported, " ".join(source), all_of_them=verbose)
    click.echo(summary(imported, output), err=True)


@contextmanager
def _pause_collector() -> Iterator[None]:
    """Switch the collector of garbage off meanwhile.

    A parser makes much that stays, and to look through it over and over is a third of the time.
    """
    import gc

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_code_type(code_type: str | None) -> CodeType | None:
    if code_type is None:
        return None
    for known in _CODE_TYPES:
        if code_type == known:
            return known
    raise ErrcodesUsageError(
        "code-type-option",
        f"--code-type={code_type} is no type of codes",
        f"write one of {', '.join(_CODE_TYPES)}",
    )


def _facts(imported: Imported, output: str | None) -> dict[str, object]:
    catalog = imported.catalog
    return {
        "catalog": catalog.name,
        "codes": len(catalog),
        "sections": [section.id for section in catalog.sections],
        "written": output,
        "remarks": [
            {
                **({"file": remark.file} if remark.file else {}),
                "line": remark.line,
                "text": remark.text,
                "what": remark.what,
                "left_out": remark.left_out,
                "kind": remark.kind,
            }
            for remark in imported.remarks
        ],
    }
