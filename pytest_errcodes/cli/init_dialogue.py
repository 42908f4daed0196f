"""What ``errcodes init`` asks on a terminal, no more than is open; and what it tells at the end."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from pytest_errcodes.catalog.settings.setting import show_path
from pytest_errcodes.cli.terminal import Line, fold, is_terminal, print_lines, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.tools.starting.beginning import StarterOptions
    from pytest_errcodes.tools.starting.starter_plan import StarterPlan

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


def print_plan(plan: StarterPlan) -> None:
    """Tell of what was written."""
    width = terminal_width() if is_terminal() else None
    for number, (title, rows) in enumerate(_list_parts(plan)):
        lines = [Line(title, "bold")]
        for name, value in rows:
            lines += fold(value, width, f"  {name}  " if name else "  ")
        if number:
            click.echo()
        print_lines(lines)


def _list_parts(plan: StarterPlan) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each part with its title, and its rows of a name and a value."""
    beginning = plan.beginning
    if beginning.samples:
        read = [
            f"{'an error' if one.is_error else 'a success'} in {one.source}"
            for one in beginning.samples
        ]
        title = f"read {', '.join(read)}"
    else:
        title = "an envelope of the API"
    facts = _describe_shapes(plan.catalog.shapes)
    room = max(map(len, facts))
    rows = [
        (
            f"{name:<{room}}",
            f"{value}  (a guess: {doubt})" if (doubt := beginning.doubts.get(key)) else value,
        )
        for name, (key, value) in facts.items()
    ]
    yield title, rows
    if plan.unknown:
        yield "nobody told", [("", text) for text in plan.unknown]
    yield "written", list(_list_written(plan))
    yield f"next: pytest {plan.test_file}", [("", "then put your client into that test")]


def _describe_shapes(shapes: tuple[EnvelopeShape, ...]) -> dict[str, tuple[str, str]]:
    """Return what is known of shapes: the field of ``[envelope]`` and its value, by a name."""
    shape, *further = shapes
    facts = {
        "code": ("code", f"{shape.code}, {_name_type(shape)}"),
        "message": ("message", shape.message or "none"),
        "data": ("data", "all that stands beside" if shape.data == "*" else shape.data or "none"),
        "success": ("success", _describe_success(shape)),
    }
    if shape.items:
        facts["items"] = ("items", f"{shape.items}, each with a code of its own")
    for one in further:
        said = f"code {one.code}, message {one.message or 'none'}"
        facts[one.name] = (f"envelope.{one.name}", f"another shape: {said}")
    return facts


def _name_type(shape: EnvelopeShape) -> str:
    names = {"integer": "an integer", "string": "a text"}
    return names.get(shape.code_type, "an integer or a text")


def _describe_success(shape: EnvelopeShape) -> str:
    if shape.success_field:
        value = json.dumps(shape.success_value, ensure_ascii=False)
        return f"{shape.success_field} is {value}"
    if shape.success_rule == "absent":
        return f"an answer without {shape.code}"
    if shape.success_rule == "http_status":
        return "an HTTP status from 200 to 299"
    return ", ".join(json.dumps(code, ensure_ascii=False) for code in shape.success)


def _list_written(plan: StarterPlan) -> Iterator[tuple[str, str]]:
    catalog, setting = plan.catalog, plan.setting
    codes = f"{len(catalog)} code{'s'[: len(catalog) != 1]}"
    rows = [
        (str(plan.catalog_file), codes),
        (str(plan.test_file), f"expects {plan.code.code}"),
        (show_path(setting.file), "; ".join(setting.lines) or "had the setting already"),
    ]
    room = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield f"{name:<{room}}", value
