"""What ``errcodes init`` asks on a terminal: no more than the options leave open."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.tools.starting.beginning import StarterOptions

_CODE_TYPES = ("integer", "string", "either")


def is_asked(options: StarterOptions) -> bool:
    """Whether a person is there to be asked, and what is piped in is no answer."""
    return sys.stdin.isatty() and "-" not in options.samples


def ask_for_rest(options: StarterOptions, harvest_suite: Callable[[str], str]) -> StarterOptions:
    """Return what the user says, with answers to what was left open.

    Args:
        options: What the command was told.
        harvest_suite: Runs the tests that a user names, and returns the file of their draft.
    """
    said: dict[str, Any] = {}
    knows_codes = bool(options.samples or options.source or options.examples)
    samples, suite = options.samples, ""
    if not knows_codes:
        click.echo("An empty line takes what stands in brackets, or none.", err=True)
        error = _ask("File with an answer that is an error, as JSON")
        success = _ask("File with an answer that is a success") if error else ""
        samples = tuple(filter(None, (error, success)))
        said["samples"] = samples
        source = _ask("Page, table or source with the codes")
        suite = "" if samples or source else _ask("Tests that mock the API, to run for its codes")
        said["source"] = harvest_suite(suite) if suite else source or None
    if not samples and not suite:
        said |= _ask_shape(options)
    if not knows_codes and not samples and not said["source"]:
        code = _ask("One code of the API", "1001")
        said["examples"] = (f"{code}={_ask('Its message', 'Unknown symbol')}",)
    if options.placeholders is None and not knows_codes and not suite:
        style = _ask(
            "Placeholders in messages: printf (%s), format ({}), dollar, angle, none",
            "none" if samples else "printf",
        )
        said["placeholders"] = style
    if options.base_url is None:
        said["base_url"] = _ask("Address of the API, such as https://api.example.com") or None
    return replace(options, **said)


def _ask_shape(options: StarterOptions) -> dict[str, Any]:
    """Ask for the fields of an answer, the type of a code, and what means success."""
    said: dict[str, Any] = {}
    fields = dict(options.fields)
    for name in ("code", "message", "data"):
        if name not in fields:
            fields[name] = _ask(f"Field of the {name}, or a path such as error.{name}", name)
    said["fields"] = fields
    if options.code_type is None:
        said["code_type"] = _choose("Codes are", _CODE_TYPES)
    if options.success is None:
        said["success"] = _ask(
            "Success: codes (0,200), absent, http_status or a field (ok=true)", "0"
        )
    return said


def _ask(question: str, usual: str = "") -> str:
    return str(click.prompt(question, default=usual, show_default=bool(usual), err=True)).strip()


def _choose(question: str, words: tuple[str, ...]) -> str:
    return str(click.prompt(question, type=click.Choice(words), default=words[0], err=True))
