"""What tomllib says of a text that is no TOML, in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.catalog_building import EXAMPLE
from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake
from pytest_errcodes.catalog.files.toml_reading import LONG_KEY, MOST_PARTS, parse_toml

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.field_mistakes import Path
    from pytest_errcodes.catalog.files.toml_statements import Statement

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_LINE_HINT = f"write a line such as {EXAMPLE}"

# What tomllib says, what we say, and the remedy; the first that applies is taken.
_WORDS = (
    (LONG_KEY, f"a key has more than {MOST_PARTS} parts", _LINE_HINT),
    ("Exceeds the limit", "an integer has more than 4,300 digits", "write the one of the document"),
    ("Expected '=' after a key", "there is no = after the key", _LINE_HINT),
    ("Invalid value", "this is no value", "put a text in double quotes"),
    ("Invalid date", "this is no date", "put a text in double quotes"),
    ("Illegal character '\\n'", "the text is not closed", "end it with a double quote"),
    ("Unterminated string", "the text is not closed", "end it with a double quote"),
    ('Expected "\'"', "the text is not closed", "end it with the quote it begins with"),
    ("Illegal character", "this is a control character", r"write an escape such as \t"),
    ("Found invalid character", "this is a control character", "leave it out"),
    ("Unescaped '\\' in a string", "a backslash begins no escape", r"write \\ for a backslash"),
    ("end of document after a statement", "something follows the value", "give it its own line"),
    ("Duplicate inline table key", "a field is given twice", "keep one of the two"),
    ("Expected ']", "the header is not closed", "end it with ]"),
    ("Cannot", "this changes a table that is complete", "keep the fields of a table together"),
    ("Invalid statement", "no key and no header begins so", _LINE_HINT),
    ("Invalid initial character for a key", "no key begins so", "put the key in double quotes"),
)


def refusal(text: str) -> str:
    """Return what tomllib says of a text that it refuses; empty where it has no words."""
    return content(text)[1]


def content(text: str) -> tuple[dict[str, Any], str]:
    """Return what a text writes, and what tomllib says of it if it refuses it."""
    try:
        return parse_toml(text), ""
    except (ValueError, RecursionError) as error:
        return {}, str(error) or "unknown"


def not_toml(statement: Statement, path: Path, error: str) -> FieldMistake:
    """Return a mistake in our words for what tomllib says of one statement."""
    place = _PLACE.search(error)
    lines = statement.text.split("\n")
    line = int(place[1]) if place else len(lines)
    column = int(place[2]) if place else len(lines[-1]) + 1
    why, hint = "it cannot be read", _LINE_HINT
    for theirs, ours, remedy in _WORDS:
        if theirs in error:
            why, hint = ours, remedy
            break
    if statement.unclosed and statement.is_header:
        why, hint = "the header is not closed", "end it with ]"
    elif statement.unclosed:
        why, hint = "a bracket or a text of several lines is never closed", "close it"
    message = f"not TOML at column {column}: {why}"
    return FieldMistake(path, message, hint, line=statement.line + line - 1)
