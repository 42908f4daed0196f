"""Finding the statements of a TOML file and their lines; used only where a file is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
