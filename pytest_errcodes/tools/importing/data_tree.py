"""Data of JSON, YAML and Python as one kind of tree, which knows the lines and all duplicates.

JSON is read here as well; only its reader knows the lines.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.importing.import_source import Source

# One token of a text that is known to be JSON.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s"\[\]{},:]+')
DEEPEST = 100  # levels that lists and maps may stand in each other


@dataclass(frozen=True, slots=True)
class Node:
    """One value.

    Attributes:
        line: Line of the source it begins on, counted from 1.
        kind: ``text`` for a text in quotes; ``plain`` for a number, a word or any other scalar
            without; ``null`` for nothing; ``list``; ``map``.
        text: What a scalar says.
        items: What a list holds; of a map the values, in the order of ``keys``.
        keys: The keys of a map, in the order of the source; one may be there twice.
    """

    line: int
    kind: Literal["text", "plain", "null", "list", "map"]
    text: str = ""
    items: tuple[Node, ...] = ()
    keys: tuple[Node, ...] = ()

    @property
    def is_scalar(self) -> bool:
        """Whether it holds no other nodes."""
        return self.kind in ("text", "plain", "null")

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The keys of a map with their values."""
        return zip(self.keys, self.items, strict=True)

    def get(self, key: str) -> Node | None:
        """Return the first value of a key; None if there is none, or this is no map."""
        if self.kind == "map":
            for own, value in self.pairs:
                if own.text == key:
                    return value
        return None

    def get_text(self, key: str) -> str:
        """Return what the scalar of a key says; empty if there is none."""
        found = self.get(key)
        return found.text if found is not None else ""

    def get_list(self, key: str) -> tuple[Node, ...]:
        """Return what the list of a key holds; nothing if there is no list."""
        found = self.get(key)
        return found.items if found is not None and found.kind == "list" else ()


def parse_json(source: Source) -> Node:
    """Return the tree of a JSON document.

    Raises:
        ErrcodesUsageError: It is no JSON (``import-source``).
    """
    try:
        # Numbers stay texts: Python refuses to convert those of more than 4,300 digits.
        json.loads(source.text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        place = f"{source.shown}:{error.lineno}:{error.colno}"
        raise ErrcodesUsageError(
            "import-source",
            f"{place}: this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            "save the file anew, or say with --format what it is",
        ) from None
    except RecursionError:
        raise too_deep(source.shown) from None
    return _tree(source)


def too_deep(name: str) -> ErrcodesUsageError:
    """Return the error of data that is nested too deeply (``import-source``)."""
    return ErrcodesUsageError(
        "import-source",
        f"{name} is nested more than {DEEPEST} levels deep, which no list of codes is",
        "save only the part that documents the codes",
    )


def _tree(source: Source) -> Node:
    """Return the tree of a text that is JSON, one token after the other."""
    text = source.text
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    nodes: list[Node] = []
    outer: list[tuple[int, str, list[Node]]] = []  # what is open: its line, its bracket, its nodes
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in "[{":
            if len(outer) == DEEPEST:
                raise too_deep(source.shown)
            line = bisect_right(starts, token.start())
            outer.append((line, word, nodes))
            nodes = []
        elif word in "]}":
            line, bracket, around = outer.pop()
            around.append(_container(line, bracket, nodes))
            nodes = around
        else:
            nodes.append(_scalar(bisect_right(starts, token.start()), word))
    return nodes[0]


def _container(line: int, bracket: str, nodes: list[Node]) -> Node:
    if bracket == "[":
        return Node(line, "list", items=tuple(nodes))
    return Node(line, "map", items=tuple(nodes[1::2]), keys=tuple(nodes[::2]))


def _scalar(line: int, word: str) -> Node:
    if word[0] == '"':
        return Node(line, "text", json.loads(word) if "\\" in word else word[1:-1])
    return Node(line, "null") if word == "null" else Node(line, "plain", word)
