"""``errcodes import``: a catalog out of what teams have, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.files import check_output, write_output
from pytest_errcodes.cli.output import print_json
from pytest_errcodes.cli.parsing import argument, command, flag, option
from pytest_errcodes.cli.shared_options import force_option, json_option, output_option
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import escape, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.tools.importing import Imported
    from pytest_errcodes.tools.importing.import_outcome import RemarkKind

_CODE_TYPES: tuple[CodeType, ...] = ("integer", "string", "either")
_MOST = 10  # of each kind; a document with many placeholders has as many remarks
_KINDS: dict[RemarkKind, tuple[str, str]] = {
    "prose": ("passage outside of tables", "passages outside of tables"),
    "table": ("table left out", "tables left out"),
    "column": ("column left out", "columns left out"),
    "row": ("row left out", "rows left out"),
    "duplicate": ("code documented twice", "codes documented twice"),
    "exception": ("code of two exceptions", "codes of two exceptions"),
    "several": ("row of several codes", "rows of several codes"),
    "success": ("success code", "success codes"),
    "placeholders": ("message with placeholders", "messages with placeholders"),
    "style": ("message with other placeholders", "messages with other placeholders"),
    "status": ("HTTP status that is none", "HTTP statuses that are none"),
    "open-ended": ("open-ended message", "open-ended messages"),
    "other": ("decision", "decisions"),
}


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
    from pytest_errcodes.cli.terminal import ProgressLine
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


def print_remarks(imported: Imported, source: str, *, all_of_them: bool) -> None:
    """Print the remarks on standard error, a line each, and a summary below.

    Args:
        imported: What came of the import.
        source: Path of the source; ``-`` for standard input.
        all_of_them: Whether to print more than some of each kind.
    """
    place = "standard input" if source == "-" else source
    seen: Counter[RemarkKind] = Counter()
    for remark in imported.remarks:
        seen[remark.kind] += 1
        if all_of_them or seen[remark.kind] <= _MOST:
            click.echo(escape(remark.as_text(place)), err=True)
    more = {kind: count - _MOST for kind, count in seen.items() if count > _MOST}
    if more and not all_of_them:
        listed = ", ".join(f"{count} {_KINDS[kind][count > 1]}" for kind, count in more.items())
        click.echo(f"{place}: and {listed}; --verbose shows all", err=True)


def summary(imported: Imported, output: str | None) -> str:
    """Return what came of an import in one line.

    Args:
        imported: What came of it.
        output: The file it was written to; None for standard output.
    """
    catalog, left_out = imported.catalog, len(imported.left_out)
    codes = f"{len(catalog)} {pluralize('code', len(catalog))}"
    sections = f"{len(catalog.sections)} {pluralize('section', len(catalog.sections))}"
    where = f" written to {output}" if output else ""
    return f"errcodes: {codes} in {sections}{where}; {left_out} left out"
