"""JSON as a tree of nodes."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.data_nodes import Node

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.import_source import Source

# One token of a text that is known to be JSON.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s"\[\]{},:]+')
DEEPEST = 100  # levels that lists and maps may stand in each other


def parse(source: Source) -> Node:
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
