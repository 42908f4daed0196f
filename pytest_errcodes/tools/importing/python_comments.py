"""The comments of a Python file, by line."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of one file, without their signs.

    Attributes:
        behind: By line, a comment behind code.
        alone: By line, a comment on a line of its own.
    """

    behind: dict[int, str]
    alone: dict[int, str]

    def above(self, line: int) -> str:
        """Return the comment on the lines right above a line."""
        found = []
        while (line := line - 1) in self.alone:
            found.append(self.alone[line])
        return " ".join(reversed(found)).strip()

    def between(self, after: int, before: int) -> list[str]:
        """Return the comments on lines of their own between two lines."""
        return [self.alone[line] for line in range(after + 1, before) if line in self.alone]


def comments_of(text: str) -> Comments:
    """Return the comments of a text that is Python."""
    comments = Comments({}, {})
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                is_alone = not token.line[:column].strip()
                said = token.string.lstrip("#:!").strip().strip("-=*~#").strip()
                (comments.alone if is_alone else comments.behind)[line] = said
    except (tokenize.TokenError, SyntaxError, ValueError):
        return comments  # what ast has read, tokenize may refuse: a carriage return alone, say
    return comments
