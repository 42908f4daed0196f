"""Data of JSON, YAML and Python as one kind of tree, which knows the lines and all duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator


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
