"""Markdown: a table for each section, which renders each message to the letter."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.documented_codes import group_by_section
from pytest_errcodes.tools.exporting.csv_writer import join_tags
from pytest_errcodes.tools.exporting.json_writer import head_facts, json_text, split_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode, Section

#: The version of this format, which the front matter gives as ``errcodes``.
VERSION = 1

#: A heading that holds a label: title, space, label in parentheses.
HEADING = re.compile(r"(.+) \(([^()]+)\)", re.DOTALL)

_MARKS = re.compile(
    r"""
    (?P<space>\A[ ]|[ ]\Z|(?<=[ ])[ ])      # at an end, or behind another: renderers drop them
    | (?P<break>\n)
    | (?P<apart>\$|:(?=[a-z0-9_+-]+:))    # GitHub reads $x$ as a formula, :x: as an emoji
    | (?P<word>(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))
    | (?P<mark>[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z]))
    | (?P<other>[^\x20-\x7e])
    """,
    re.VERBOSE,
)
# GitHub makes a link of what follows, up to the next space, escapes and all.
_LINK = re.compile(r":(?=//)|(?<=www)\.")

# What each column says of a code. The first two always stand there, the others if they say
# something of any code of the section.
_COLUMNS: tuple[tuple[str, Callable[[ErrorCode], str]], ...] = (
    ("Code", lambda code: str(code.code)),
    ("Message", lambda code: code.message),
    ("HTTP status", lambda code: str(code.http_status)),
    ("Open-ended", lambda code: "yes" if code.open_ended else ""),
    ("Tags", lambda code: join_tags(code.tags)),
    ("Description", lambda code: code.description),
    ("Solution", lambda code: code.solution),
    ("Exception", lambda code: code.exception),
)


def write(catalog: Catalog) -> str:
    """Return the tables, below front matter that holds what all codes have in common."""
    blocks = [_front_matter(catalog), f"# {inline(catalog.title)}\n"]
    for section, codes in group_by_section(catalog).items():
        rows = [one for code in codes for one in split_messages(code)]
        blocks += [_heading(section), "".join(_table(rows, str(catalog.http_status)))]
    return "\n".join(blocks)


def _front_matter(catalog: Catalog) -> str:
    """Return the head as YAML, whose texts are written as in JSON."""
    lines = ["---", f"errcodes: {VERSION}"]
    for name, value in head_facts(catalog).items():
        if isinstance(value, dict):
            lines.append(f"{name}:")
            lines += [f"  {_key(key, inner)}: {json_text(inner)}" for key, inner in value.items()]
        else:
            lines.append(f"{name}: {json_text(value)}")
    return "\n".join([*lines, "---", ""])


def _key(name: str, value: object) -> str:
    """Return the key of a field, or of a further shape, whose name may be anything."""
    return json_text(name) if isinstance(value, dict) else name


def _heading(section: Section) -> str:
    """Return the heading of a section, with its id as an anchor.

    Where title and label cannot be told apart by the parentheses, the anchor has the title too.
    """
    text = f"{section.title} ({section.label})" if section.label else section.title
    found = HEADING.fullmatch(text)
    read = found.groups() if found else (text, "")
    title = "" if read == (section.title, section.label) else f' title="{_value(section.title)}"'
    return f'## {inline(text)} <a id="{_value(section.id)}"{title}></a>\n'


def _table(codes: list[ErrorCode], http_status: str) -> Iterator[str]:
    """Yield the lines of one section's table."""
    usual = {"HTTP status": http_status}
    told = [
        (name, column)
        for name, column in _COLUMNS
        if name in ("Code", "Message") or any(column(code) != usual.get(name, "") for code in codes)
    ]
    yield f"| {' | '.join(name for name, _ in told)} |\n"
    yield f"| {' | '.join('---' for _ in told)} |\n"
    for code in codes:
        yield f"| {' | '.join(inline(column(code)) for _, column in told)} |\n"


def inline(text: str) -> str:
    """Return Markdown that renders ``text`` to the letter in a cell or a heading.

    A line break is ``<br>``. What no HTML page can hold, such as NUL, is shown as a key,
    ``<kbd>U+0000</kbd>``; a text that looks so itself is escaped.
    """
    apart = text.count("$") > 1
    written = _MARKS.sub(lambda match: _escape_character(match, apart=apart), text)
    return text if written == text else _LINK.sub(r"\\\g<0>", written)


def _escape_character(match: re.Match[str], *, apart: bool) -> str:
    """Return what stands for one character."""
    character = match[0]
    kind = match.lastgroup
    if kind == "apart":
        return f"<span>{character}</span>" if apart or character == ":" else character
    if kind == "other":
        return _other(character)
    return {"space": "&#32;", "break": "<br>", "word": "_"}.get(kind or "", f"\\{character}")


def _other(character: str) -> str:
    """Return what stands for a character that is not ASCII, or does not print."""
    number = ord(character)
    is_no_character = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    if unicodedata.category(character) == "Cc" or is_no_character:
        return f"<kbd>U+{number:04X}</kbd>"
    is_unseen = character.isspace() or unicodedata.category(character) == "Cf"
    return f"&#{number};" if is_unseen else character


def _value(text: str) -> str:
    """Return a text as the value of an attribute: percent-encoded, but for letters and digits."""
    from urllib.parse import quote

    return "".join(
        character if character.isalnum() or character in "-_." else quote(character, safe="")
        for character in text
    )
