"""``errcodes lint``: what is odd about a catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.cli.catalog_in_force import name_catalog, telling_which
from pytest_errcodes.cli.checks import format_option, ignore_option, print_findings
from pytest_errcodes.cli.completion import complete_path
from pytest_errcodes.cli.parsing import argument, command
from pytest_errcodes.cli.shared_options import choose_format, short_json_option
from pytest_errcodes.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence


@command("lint", example="errcodes lint broker.toml --ignore gap")
@argument(
    "source",
    "[SOURCE]",
    "'ltp' or the path of a TOML file; - reads one from a pipe.  [default: the project's, or ltp]",
    required=False,
    shell_complete=complete_path,
)
@format_option
@short_json_option
@ignore_option
def lint(*, source: str | None, format_: str, json: bool, ignore: Sequence[str]) -> int:
    """Find what is odd about a catalog: duplicates, gaps, broken placeholders, spelling."""
    from pytest_errcodes import tools
    from pytest_errcodes.tools.progress import Extent

    format_ = choose_format(format_, as_json=json)
    named, extent = name_catalog(source), Extent()
    with telling_which(named):
        findings = tools.lint(named.source, ignore=ignore, extent=extent)
    return print_findings(
        findings,
        tools.LINT_RULES,
        format_=format_,
        page="tools/lint",
        looked_at=f"{extent.codes:,} {pluralize('code', extent.codes)}",
        looked_into=named.line,
    )
