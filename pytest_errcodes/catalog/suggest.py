"""The nearest right word to a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beyond this many words, only those of about the same length and the same beginning or end are
# compared: the comparison costs some 10 µs a word.
MANY = 2000
LONGEST = 80
# The ratio of difflib from which two words count as alike; "open" is meant as "open_ended".
ALIKE = 0.55


def nearest_words(word: str, words: Iterable[str], count: int = 1) -> list[str]:
    """Return up to ``count`` of ``words`` that look like ``word``, the most alike first."""
    from difflib import get_close_matches

    if len(word) > LONGEST:
        return []
    spelled = {candidate.lower(): candidate for candidate in reversed(list(words))}
    asked = word.lower()
    known = list(spelled)
    if len(known) > MANY:
        known = [candidate for candidate in known if _resembles(asked, candidate)]
    return [spelled[near] for near in get_close_matches(asked, known, count, cutoff=ALIKE)]


def _resembles(word: str, candidate: str) -> bool:
    """Whether a comparison is worth its time."""
    same_end = candidate[:2] == word[:2] or candidate[-2:] == word[-2:]
    return same_end and abs(len(candidate) - len(word)) <= 3
