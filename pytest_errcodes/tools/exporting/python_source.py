"""Pieces of Python source as ``ruff format`` writes them, in lines of 88 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import count_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.model import Code

_WIDTH = 88


def literal(value: Code) -> str:
    """Return a code or a text as a literal; double quotes, unless single ones save escapes."""
    if isinstance(value, int):
        return int.__repr__(value)
    quote = "'" if value.count('"') > value.count("'") else '"'
    return f"{quote}{escape_source(value).replace(quote, chr(92) + quote)}{quote}"


def escape_source(text: str) -> str:
    """Return a text with backslashes and all that does not print escaped; quotes stay."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(
        character if character.isprintable() and character != "\\" else repr(character)[1:-1]
        for character in text
    )


def show_in_docstring(text: str) -> str:
    """Return a text as a docstring shows it to the letter, as code."""
    inner = escape_source(text)
    if '""' in inner:
        inner = inner.replace('"', '\\"')
    return f"``{inner}``"


def assignment(name: str, value: Code, indent: str) -> str:
    """Return a line that gives ``name`` a literal; in parentheses if only so it fits."""
    text = literal(value)
    line = f"{indent}{name} = {text}"
    if fits(line) or not fits(f"{indent}    {text}"):
        return f"{line}\n"
    return f"{indent}{name} = (\n{indent}    {text}\n{indent})\n"


def class_line(name: str, base: str) -> str:
    """Return the first line, or lines, of a class."""
    line = f"class {name}({base}):"
    return f"{line}\n" if fits(line) else f"class {name}(\n    {base}\n):\n"


def explode(name: str, items: Iterable[str], indent: str) -> str:
    """Return a call or, without a name, a tuple with one item a line, and a comma behind it.

    The comma after the last item keeps the formatter from joining the lines.
    """
    inner = "".join(f"{indent}    {item},\n" for item in items)
    return f"{indent}{name}(\n{inner}{indent}),\n"


def sequence(items: list[str], indent: str) -> str:
    """Return a tuple as an item that stands behind ``indent``: on one line if it fits."""
    text = f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    return text if fits(f"{indent}{text},") else explode("", items, indent).strip()[:-1]


def fits(line: str) -> bool:
    """Whether a line is no wider than the formatter allows."""
    return count_columns(line) <= _WIDTH
