"""The brackets of source in any language: what stands around a token, and what introduces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.scanning.source_tokens import SourceToken

_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_ENDS = frozenset({";", "{", "}"})
_LONGEST_HEADER = 40  # tokens before a bracket that are looked at


class Brackets:
    """Which brackets belong together.

    Attributes:
        around: For each token, the position of the bracket that it stands in; -1 for none.
        partner: For each bracket, the position of the other one of the pair.
    """

    def __init__(self, tokens: Sequence[SourceToken]) -> None:
        self.tokens = tokens
        self.around: list[int] = []
        self.partner: dict[int, int] = {}
        open_: list[int] = []
        for position, token in enumerate(tokens):
            if token.text in _CLOSING and open_:
                start = open_.pop()
                self.partner[start], self.partner[position] = position, start
            self.around.append(open_[-1] if open_ else -1)
            if token.text in _OPENING:
                open_.append(position)

    def header(self, bracket: int) -> list[SourceToken]:
        """Return what introduces a bracket: ``switch (error.code)``, ``const CODES =``."""
        start = bracket
        while start > 0 and bracket - start < _LONGEST_HEADER:
            before = self.tokens[start - 1]
            if before.text in _ENDS or start - 1 == self.around[bracket]:
                break
            if before.text in _CLOSING and start - 1 in self.partner:
                start = self.partner[start - 1]
            else:
                start -= 1
        return list(self.tokens[start:bracket])
