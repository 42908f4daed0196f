"""The codes of a catalog in the order of its document, to find the neighbours of many."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode


class DocumentOrder:
    """Looks the neighbours of codes up, each in no time, however many there are.

    Attributes:
        catalog: Whose codes they are.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _codes(self) -> list[ErrorCode]:
        return list(self.catalog.values())

    @cached_property
    def _places(self) -> dict[Code, int]:
        return {code.code: place for place, code in enumerate(self._codes)}

    @cached_property
    def _by_message(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, code in enumerate(self._codes):
            for message in code.messages:
                places.setdefault(message, []).append(place)
        return places

    def find_neighbours(self, code: ErrorCode) -> tuple[ErrorCode | None, ErrorCode | None]:
        """Return the codes before and after one; None at an end, or where it is not in there."""
        codes, at = self._codes, self._places.get(code.code)
        if at is None:
            return None, None
        return codes[at - 1] if at else None, codes[at + 1] if at + 1 < len(codes) else None

    def find_same_message(self, code: ErrorCode) -> tuple[ErrorCode, ...]:
        """Return the other codes with one of the messages of a code."""
        found = (self._by_message.get(message, ()) for message in code.messages)
        places = sorted({place for each in found for place in each})
        others = (self._codes[place] for place in places)
        return tuple(other for other in others if other.code != code.code)
