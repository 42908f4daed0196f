"""What ``errcodes init`` tells: what it read, guessed and could not tell, and what it wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from pytest_errcodes.catalog.settings.setting import show_path
from pytest_errcodes.cli.terminal import Line, fold, is_terminal, print_lines, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.tools.starting.starter_plan import StarterPlan


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
