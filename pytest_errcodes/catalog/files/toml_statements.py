"""The statements of a TOML file, their lines, and what is no TOML; for refused files alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.files.catalog_building import EXAMPLE
from pytest_errcodes.catalog.files.catalog_mistakes import FieldMistake
from pytest_errcodes.catalog.files.toml_reading import LONG_KEY, MOST_PARTS, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.files.field_mistakes import Path

# One step through a statement: a text (of several lines, or of one), a comment, a bracket, the
# end of a line, or any run of other characters. A text that is not closed takes the rest of its
# line, or of the file if it may have several lines.
_TOKEN = re.compile(
    r"(?P<long>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"{3,5}|\Z)|'''(?:[^']|'(?!''))*(?:'{3,5}|\Z))"
    r"|(?P<short>\"(?:[^\"\\\n]|\\[^\n])*\"?|'[^'\n]*'?)"
    r"|(?P<comment>\#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\"'\#\[\]{}\n]+",
    re.DOTALL,
)
# What TOML forbids in a comment. A comment that holds it counts as a statement, and so is refused.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_KEY = re.compile(
    r"[ \t]*(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*')"
    r"(?:[ \t]*\.[ \t]*(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*'))*[ \t]*(?==)"
)
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


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or a field of a TOML file, comments and blank lines before it left out.

    Attributes:
        line: The line it begins on, counted from 1.
        text: All of it, as the file writes it; the end of its last line excluded.
        unclosed: Whether the file ends before one of its brackets or long texts is closed.
    """

    line: int
    text: str
    unclosed: bool = False

    @property
    def is_header(self) -> bool:
        """Whether it begins a table."""
        return self.text.lstrip(" \t").startswith("[")

    @property
    def key(self) -> str | None:
        """The key of a field as it is written, dots and quotes included; None if it has none."""
        found = _KEY.match(self.text)
        return found[0] if found else None


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text, whatever is wrong with them.

    Of one that is unclosed only the first line is taken, as it would swallow the rest.
    """
    start, line = 0, 1
    while start < len(text):
        end, unclosed, blank = _end_of_statement(text, start)
        if unclosed:
            newline = text.find("\n", start)
            end = len(text) if newline < 0 else newline
        if not blank:
            yield Statement(line, text[start:end], unclosed)
        line += text.count("\n", start, end + 1)
        start = end + 1


def _end_of_statement(text: str, start: int) -> tuple[int, bool, bool]:
    """Return where a statement ends, whether it is unclosed there, and whether it is blank."""
    depth, blank = 0, True
    for token in _TOKEN.finditer(text, start):
        if token["end"] and depth == 0:
            return token.start(), False, blank
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
        elif token["long"] and not _is_closed(token["long"]):
            return len(text), True, False
        if token["comment"]:
            blank = blank and not _CONTROL.search(token["comment"])
        elif token[0].strip():
            blank = False
    return len(text), depth > 0, blank


def _is_closed(text: str) -> bool:
    """Whether a text in three quotes ends with three more."""
    return len(text) >= 6 and text.endswith(text[:3])


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
