"""The nearest right word to a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A comparison costs some 20 µs, so of more words than this only those are compared that share the
# longest beginning and end with the one that was written.
MANY = 1000
LONGEST = 80


def nearest_words(
    word: str, words: Iterable[str], count: int = 1, *, alike: float = 0.6
) -> list[str]:
    """Return up to ``count`` of ``words`` that look like ``word``, the most alike first.

    Args:
        word: What was written.
        words: What could have been meant.
        count: How many to return at most.
        alike: The ratio of ``difflib`` from which two words count as alike, 0 to 1.
    """
    from difflib import get_close_matches

    if len(word) > LONGEST:
        return []
    spelled = {candidate.lower(): candidate for candidate in reversed(list(words))}
    asked = word.lower()
    known = list(spelled)
    if len(known) > MANY:
        from heapq import nlargest

        known = nlargest(MANY, known, key=lambda candidate: _count_shared_ends(asked, candidate))
    return [spelled[near] for near in get_close_matches(asked, known, count, cutoff=alike)]


def suggest(
    word: str, words: Iterable[str], otherwise: str, *, alike: float = 0.6, quoted: bool = False
) -> str:
    """Return the hint that asks whether another word was meant.

    Args:
        word: What was written.
        words: What could have been meant.
        otherwise: The hint where none of them looks like it.
        alike: As for ``nearest_words``.
        quoted: Whether the hint has the other word in double quotes.
    """
    near = nearest_words(word, words, alike=alike)
    if not near:
        return otherwise
    return f'did you mean "{near[0]}"?' if quoted else f"did you mean {near[0]}?"


def _count_shared_ends(left: str, right: str) -> int:
    """Return how many characters two words have in common at their beginning and their end."""
    return count_shared(left, right) + count_shared(left[::-1], right[::-1])


def count_shared(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many characters, or words, two texts have in common at their beginning."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))
