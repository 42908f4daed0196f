"""A catalog written as each format that ``errcodes import`` reads, for its measurement."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_errcodes.catalog import Catalog, ErrorCode

NAMES = ("Code", "HTTP status", "Message")


def write_source(catalog: Path, format_: str) -> Path:
    """Write the catalog of a file as a source of another format beside it, and return its path."""
    from pytest_errcodes.catalog import load_catalog

    write, suffix = SOURCES[format_]
    source = catalog.with_name(f"{format_}.{suffix}")
    if not source.exists():
        source.write_text(write(load_catalog(catalog)), "utf-8")
    return source


def _text(catalog: Catalog) -> str:
    return "\n".join(
        f"\n{heading}\n\n" + "\n".join(f"{code.code}{code.message}" for code in codes)
        for heading, codes in _sections(catalog)
    )


def _html(catalog: Catalog) -> str:
    pages = []
    for heading, codes in _sections(catalog):
        rows = "".join(_html_row("td", _row(code)) for code in codes)
        head = _html_row("th", NAMES)
        pages.append(f"<h2>{html.escape(heading)}</h2>\n<table>\n{head}{rows}</table>\n")
    return "<!doctype html>\n" + "".join(pages)


def _html_row(tag: str, cells: tuple[str, ...]) -> str:
    inner = "".join(f"  <{tag}><code>{html.escape(cell)}</code></{tag}>\n" for cell in cells)
    return f"<tr>\n{inner}</tr>\n"


def _markdown(catalog: Catalog) -> str:
    lines = []
    for heading, codes in _sections(catalog):
        lines += [
            "",
            f"## {heading}",
            "",
            "| Code | HTTP status | Message |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{code}` | {status} | {text} |" for code, status, text in map(_row, codes)]
    return "\n".join(lines)


def _simple_table(catalog: Catalog) -> str:
    border = "=" * 10 + " " + "=" * 11 + " " + "=" * 70
    lines = []
    for heading, codes in _sections(catalog):
        lines += ["", heading, "=" * 60, "", border, _columns(NAMES), border]
        lines += [_columns(_row(code)) for code in codes]
        lines += [border, ""]
    return "\n".join(lines)


def _columns(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<10} {cells[1]:<11} {cells[2]}"


def _list_table(catalog: Catalog) -> str:
    lines = []
    for heading, codes in _sections(catalog):
        lines += ["", heading, "=" * 60, "", ".. list-table::", "   :header-rows: 1", ""]
        for row in (NAMES, *map(_row, codes)):
            lines += [f"   {'* ' if at == 0 else '  '}- {cell}" for at, cell in enumerate(row)]
    return "\n".join(lines)


def _csv(catalog: Catalog) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([NAMES, *(_row(code) for code in catalog.values())])
    return text.getvalue()


def _json(catalog: Catalog) -> str:
    entries = [{"code": code.code, "message": code.message} for code in catalog.values()]
    return json.dumps(entries, indent=1)


def _python(catalog: Catalog) -> str:
    lines = ["from enum import IntEnum"]
    for number, (_, codes) in enumerate(_sections(catalog)):
        lines += ["", f"class Section{number}(IntEnum):"]
        lines += [f"    E{code.code} = {code.code}  # {code.message}" for code in codes]
    return "\n".join(lines)


def _openapi(catalog: Catalog) -> str:
    lines = ["openapi: 3.0.3", "info: {title: Many, version: '1'}", "components:", "  examples:"]
    for code in catalog.values():
        text = json.dumps(code.message)
        lines += [f"    e{code.code}:", "      value:", f"        code: {code.code}"]
        lines += [f"        message: {text}", "        data: null"]
    return "\n".join(lines)


def _sections(catalog: Catalog) -> Iterator[tuple[str, list[ErrorCode]]]:
    """Yield the heading of each section, and its codes."""
    codes: dict[str, list[ErrorCode]] = {}
    for code in catalog.values():
        codes.setdefault(f"{code.section.title} ({code.section.label})", []).append(code)
    yield from codes.items()


def _row(code: ErrorCode) -> tuple[str, str, str]:
    return str(code.code), str(code.http_status), code.message


#: How each is written, and the end of its file's name.
SOURCES: dict[str, tuple[Callable[[Catalog], str], str]] = {
    "text": (_text, "txt"),
    "html": (_html, "html"),
    "markdown": (_markdown, "md"),
    "rst-simple-table": (_simple_table, "rst"),
    "rst-list-table": (_list_table, "rst"),
    "csv": (_csv, "csv"),
    "json": (_json, "json"),
    "openapi": (_openapi, "yaml"),
    "python": (_python, "py"),
}
