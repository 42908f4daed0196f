"""What moved in a list: as little as explains its new order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_moved(ranks: Sequence[int]) -> list[int]:
    """Return the positions of what moved, if the rest stayed in order.

    Args:
        ranks: For each thing in the old order, its place in the new one; no place twice.

    Returns:
        The fewest positions without which ``ranks`` rises; of several such choices, one.
    """
    ends: list[int] = []  # the lowest rank that ends a rising sequence of each length
    at: list[int] = []  # and its position
    before: list[int] = []  # for each position, the one before it in its sequence
    for position, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [rank]
        at[length : length + 1] = [position]
    stayed = set()
    position = at[-1] if at else -1
    while position >= 0:
        stayed.add(position)
        position = before[position]
    return [position for position in range(len(ranks)) if position not in stayed]
