"""What moved in a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.tools.diffing.section_changes import find_moved

permutations = st.integers(0, 7).flatmap(lambda count: st.permutations(range(count)))


@given(permutations)
def test_the_rest_stayed_in_order(ranks: list[int]):
    """Without what moved, the ranks rise; with one more thing that stayed, they would not."""
    gone = find_moved(ranks)
    rest = [rank for position, rank in enumerate(ranks) if position not in gone]
    assert rest == sorted(rest)
    assert len(rest) == longest(ranks)


def longest(ranks: list[int]) -> int:
    """Return the length of the longest rising sequence, by trying them all."""
    lengths = [0]
    for mask in range(1 << len(ranks)):
        kept = [rank for position, rank in enumerate(ranks) if mask >> position & 1]
        if kept == sorted(kept):
            lengths.append(len(kept))
    return max(lengths)
