"""What a text says once its escapes are read, and where in the text each part of that stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE = re.compile(
    r"""%[C-Dc-d][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}"""
    r"""|%[Ff][0-7](?:%[89ABab][0-9A-Fa-f]){3}|%[0-9A-Fa-f]{2}"""
    r"""|\\x[C-Dc-d][0-9A-Fa-f]\\x[89ABab][0-9A-Fa-f]|\\x[Ee][0-9A-Fa-f](?:\\x[89ABab][0-9A-Fa-f]){2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|["'/\\nrt])"""
    r"""|&(?:quot|apos|amp|lt|gt|\#[1-9]\d{0,2}|\#x[0-9A-Fa-f]{1,2});"""
)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_ENTITIES = {"quot": '"', "apos": "'", "amp": "&", "lt": "<", "gt": ">"}
#: A text in a query in JSON is encoded twice, and nobody writes more than three levels.
_LEVELS = 3


class View:
    """A text with one level of escapes read, of which each place is known in the original.

    Attributes:
        text: The text.
    """

    def __init__(self, text: str, below: View | None) -> None:
        self._below = below
        self._starts: list[int] = []
        self._pieces: list[tuple[int, int, bool]] = []
        written, position, length = [], 0, 0
        for found in _ESCAPE.finditer(text):
            if found.start() > position:
                written.append(text[position : found.start()])
                self._add(length, position, found.start(), is_escape=False)
                length += found.start() - position
            written.append(_read(found[0]))
            self._add(length, found.start(), found.end(), is_escape=True)
            length += 1
            position = found.end()
        written.append(text[position:])
        self._add(length, position, len(text), is_escape=False)
        self.text = "".join(written)

    def _add(self, at: int, start: int, end: int, *, is_escape: bool) -> None:
        self._starts.append(at)
        self._pieces.append((start, end, is_escape))

    def find_original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the view, which is not empty, stands in the original text."""
        first = self._find_piece(start)
        last = self._find_piece(end - 1)
        (begin, _, is_escape), at = self._pieces[first], self._starts[first]
        left = begin if is_escape else begin + start - at
        (begin, stop, is_escape), at = self._pieces[last], self._starts[last]
        right = stop if is_escape else begin + end - at
        return (left, right) if self._below is None else self._below.find_original(left, right)

    def _find_piece(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1


def read_escapes(text: str) -> Iterator[View]:
    """Yield a view for each level of escapes in a text; none where it has no escapes."""
    view: View | None = None
    for _ in range(_LEVELS):
        if not ("%" in text or "\\" in text or "&" in text) or not _ESCAPE.search(text):
            return
        view = View(text, view)
        yield view
        text = view.text


def _read(escape: str) -> str:
    """Return the character that an escape stands for."""
    if escape[0] == "%":
        if len(escape) == 3:
            return chr(int(escape[1:], 16))
        return _decode(escape.replace("%", ""))
    if escape[0] == "&":
        name = escape[1:-1]
        return chr(int(name[1:].replace("x", "0x"), 0)) if name[0] == "#" else _ENTITIES[name]
    if escape[1] == "x" and len(escape) > 4:
        return _decode(escape.replace("\\x", ""))
    if escape[1] in "ux":
        return chr(int(f"0x{escape[2:]}", 0))
    return _LETTERS.get(escape[1], escape[1])


def _decode(digits: str) -> str:
    """Return the one character whose bytes are these."""
    letter = bytes.fromhex(digits).decode("utf-8", "replace")
    return letter if len(letter) == 1 else "\ufffd"
