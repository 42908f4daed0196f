"""``errcodes explain``: what is documented of a code, a message or an envelope."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pytest_errcodes.cli.catalog_in_force import load_named, name_catalog, telling_which
from pytest_errcodes.cli.completion import complete_code
from pytest_errcodes.cli.output import print_facts, print_json
from pytest_errcodes.cli.parsing import argument, command
from pytest_errcodes.cli.shared_options import catalog_option, json_option
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_standard_input
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog import Section
    from pytest_errcodes.tools import Explanation

# What is piped in is an answer of the API; more than this is something else.
_MOST_BYTES = 1_000_000


@command("explain", example="errcodes explain 401112", takes_codes=True)
@argument(
    "text",
    "TEXT...",
    "A code, a message or an envelope; - reads standard input.",
    nargs=-1,
    required=True,
    shell_complete=complete_code,
)
@catalog_option
@json_option
def explain(*, text: Sequence[str], catalog: str | None, json: bool) -> None:
    """Tell what is documented of a code, a message or an envelope, and how to test it."""
    from pytest_errcodes.tools.explaining import explain as explained
    from pytest_errcodes.tools.explaining import find_undocumented

    _use_secret_names()
    asked = _read_standard_input() if list(text) == ["-"] else " ".join(text)
    named = name_catalog(catalog)
    chosen = load_named(named)
    with telling_which(named) if asked.strip() else nullcontext():
        found = explained(chosen, asked)
    if json:
        print_json([one.as_dict() for one in found])
        return
    for number, one in enumerate(found):
        if number:
            click.echo()
        print_facts(_facts(one))
    for code in find_undocumented(chosen, asked):
        told = f"catalog {chosen.name!r} documents no code {code!r}, which stands there too"
        click.echo(f"errcodes: {told}", err=True)


def _use_secret_names() -> None:
    """Mask what the setting ``secrets`` names, as pytest would in the working directory.

    Raises:
        ErrcodesUsageError: One of them is no name (``secrets-setting``), or a file with settings
            cannot be read or holds a mistake.
    """
    from pytest_errcodes.active.context import check_names
    from pytest_errcodes.catalog.settings.chosen_catalog import find_file_settings
    from pytest_errcodes.text.secret_names import add_names

    found = find_file_settings(Path.cwd()).get("secrets")
    if found is not None and isinstance(found.value, tuple):
        add_names(check_names(found.value))


def _read_standard_input() -> str:
    try:
        return read_standard_input(_MOST_BYTES).decode("utf-8", "replace")
    except UnreadableFileError as error:
        hint = "pipe in one answer of the API"
        message = f"standard input {error.reason}"
        raise ErrcodesUsageError("unknown-message", message, hint) from None


def _facts(one: Explanation) -> dict[str, str]:
    code = one.code
    facts = {
        "code": "none, which means a success" if code.code == "" else repr(code.code),
        "message": code.message if code.code != "" else "",
        "or": " | ".join(code.alternatives),
        "came": ""
        if one.fits is not False or one.came is None
        else f"{escape(one.came)} (does not fit the message)",
        "differs": one.difference,
        "section": _section(code.section),
        "parameters": _parameters(one),
        "HTTP status": str(code.http_status),
        "tags": ", ".join(code.tags),
        "description": code.description,
        "solution": code.solution,
        "exception": code.exception,
        "same message": ", ".join(str(other.code) for other in one.same_message),
        "before": str(one.before or ""),
        "after": str(one.after or ""),
        "expect": one.expecting,
        "simulate": one.simulating,
    }
    return {name: value for name, value in facts.items() if value}


def _parameters(one: Explanation) -> str:
    placeholders = one.template.placeholders
    if not one.params:
        return " ".join(placeholders) or "none"
    names = [*placeholders, "the rest"]
    return ", ".join(
        f"{name} = {escape(value)}" for name, value in zip(names, one.params, strict=False)
    )


def _section(section: Section) -> str:
    label = f", {section.label}" if section.label else ""
    return f"{section.id} ({section.title}{label})"
