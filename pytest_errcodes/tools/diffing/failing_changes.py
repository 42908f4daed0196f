"""Which kinds of changes a user wants a comparison to fail for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.diffing.change import KINDS

if TYPE_CHECKING:
    from pytest_errcodes.tools.diffing.change import ChangeKind

_NONE = "none"


def failing_kinds(words: str) -> frozenset[ChangeKind]:
    """Return the kinds of changes that ``words`` name: ``breaking,meaning``.

    ``breaking`` names ``renumbered`` too, since the old code is gone; ``none`` stands alone.

    Raises:
        ErrcodesUsageError: A word is no kind of changes (``change-kind``).
    """
    named = [word.strip().lower() for word in words.split(",")]
    if named == [_NONE]:
        return frozenset()
    for word in named:
        if word not in KINDS:
            raise _unknown(words, word)
    renumbered: set[ChangeKind] = {"renumbered"} if "breaking" in named else set()
    return frozenset(kind for kind in KINDS if kind in named) | renumbered


def _unknown(words: str, word: str) -> ErrcodesUsageError:
    """Say that ``word`` is no kind, and which was meant."""
    from pytest_errcodes.text.nearest import nearest_words

    nearest = nearest_words(word, (*KINDS, _NONE))
    kinds = f"the kinds are {', '.join(KINDS)}; none stands alone"
    return ErrcodesUsageError(
        "change-kind",
        f"--fail-on={words}: {word!r} is no kind of changes",
        f"did you mean {nearest[0]}?" if nearest and word != _NONE else kinds,
    )
