"""``errcodes explain``: what is documented of a code, a message or an envelope."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.cli.completion import complete_code
from pytest_errcodes.cli.output import print_facts, print_json
from pytest_errcodes.cli.parsing import argument, command
from pytest_errcodes.cli.shared_options import catalog_option, json_option
from pytest_errcodes.text.wording import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog import ErrorCode, Section
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
def explain(*, text: Sequence[str], catalog: str, json: bool) -> None:
    """Tell what is documented of a code, a message or an envelope, and how to test it."""
    from pytest_errcodes.cli.secret_setting import use_secret_names
    from pytest_errcodes.tools.explaining import explain as explained

    use_secret_names()
    asked = _standard_input() if list(text) == ["-"] else " ".join(text)
    found = explained(load_catalog(catalog), asked)
    if json:
        print_json([one.as_dict() for one in found])
        return
    for number, one in enumerate(found):
        if number:
            click.echo()
        print_facts(_facts(one))


def _standard_input() -> str:
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")


def _facts(one: Explanation) -> dict[str, str]:
    code = one.code
    facts = {
        "code": repr(code.code),
        "message": code.message,
        "came": ""
        if one.fits is not False or one.came is None
        else f"{escape(one.came)} (does not fit the message)",
        "section": _section(code.section),
        "parameters": _parameters(one),
        "HTTP status": str(code.http_status),
        "tags": ", ".join(code.tags),
        "description": code.description,
        "solution": code.solution,
        "exception": code.exception,
        "same message": ", ".join(str(other.code) for other in one.same_message),
        "before": _line(one.before),
        "after": _line(one.after),
        "expect": one.expecting,
        "simulate": one.simulating,
    }
    return {name: value for name, value in facts.items() if value}


def _parameters(one: Explanation) -> str:
    placeholders = one.code.template.placeholders
    if not one.params:
        return " ".join(placeholders) or "none"
    names = [*placeholders, "the rest"]
    return ", ".join(
        f"{name} = {escape(value)}" for name, value in zip(names, one.params, strict=False)
    )


def _line(code: ErrorCode | None) -> str:
    return "" if code is None else str(code)


def _section(section: Section) -> str:
    label = f", {section.label}" if section.label else ""
    return f"{section.id} ({section.title}{label})"
