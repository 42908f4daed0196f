"""``errcodes scan``: what the source of a client does with codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog, telling_which
from pytest_errcodes.cli.checks import format_option, ignore_option, print_findings
from pytest_errcodes.cli.completion import complete_path, complete_selector
from pytest_errcodes.cli.parsing import argument, command, option
from pytest_errcodes.cli.shared_options import catalog_option, refuse_two_formats, short_json_option

if TYPE_CHECKING:
    from collections.abc import Sequence


@command("scan", example="errcodes scan src/ --select trading --ignore message-text")
@argument(
    "paths",
    "PATH...",
    "Files and folders of source.",
    nargs=-1,
    required=True,
    shell_complete=complete_path,
)
@catalog_option
@option(
    "--select",
    "SELECTOR",
    "Codes that the source has to handle, such as trading; may be repeated.",
    multiple=True,
    shell_complete=complete_selector,
)
@ignore_option
@format_option
@short_json_option
def scan(
    *,
    paths: Sequence[str],
    catalog: str | None,
    select: Sequence[str],
    ignore: Sequence[str],
    format_: str,
    json: bool,
) -> int:
    """Find codes in source that the catalog lacks, and doubtful ways to handle codes."""
    from pytest_errcodes import tools

    refuse_two_formats(format_, as_json=json)
    named = name_catalog(catalog)
    chosen = load_named(named)
    with telling_which(named):
        findings = tools.scan(paths, chosen, select=select, ignore=ignore)
    return print_findings(
        findings,
        tools.SCAN_RULES,
        format_=format_,
        as_json=json,
        page="tools/scan",
        looked_into=named.line,
    )
