"""``errcodes scan``: what the source of a client does with codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog, telling_which
from pytest_errcodes.cli.checks import format_option, ignore_option, print_findings
from pytest_errcodes.cli.completion import complete_path, complete_selector
from pytest_errcodes.cli.parsing import argument, command, option
from pytest_errcodes.cli.shared_options import catalog_option, choose_format, short_json_option
from pytest_errcodes.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog import Catalog
    from pytest_errcodes.tools.progress import Extent


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
    from pytest_errcodes.cli.terminal import ProgressLine
    from pytest_errcodes.tools.progress import Extent

    format_ = choose_format(format_, as_json=json)
    named, extent = name_catalog(catalog), Extent()
    chosen = load_named(named)
    with telling_which(named), ProgressLine("scanned") as progress:
        findings = tools.scan(
            paths, chosen, select=select, ignore=ignore, extent=extent, progress=progress
        )
    return print_findings(
        findings,
        tools.SCAN_RULES,
        format_=format_,
        page="tools/scan",
        looked_at=_tell_extent(chosen, extent),
        looked_into=named.line,
    )


def _tell_extent(catalog: Catalog, extent: Extent) -> str:
    """Return how much source there was, and how many codes stand in it."""
    noun = "number" if catalog.shape.code_type == "integer" else "value"
    values = f"{extent.values:,} {pluralize(noun, extent.values)}"
    files = f"{extent.files:,} {pluralize('file', extent.files)}"
    count, name = extent.documented, repr(catalog.name)
    verb = "are codes" if count > 1 else "is a code"
    codes = f"{count:,} {verb}" if count else "none is a code"
    return f"{files}, {values}, {codes} of catalog {name}"
