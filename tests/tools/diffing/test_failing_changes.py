"""Which kinds of changes a comparison fails for."""

from __future__ import annotations

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.diffing import KINDS, failing_kinds


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("wording", {"wording"}),
        ("meaning, Moved", {"meaning", "moved"}),
        ("breaking", {"breaking", "renumbered"}),
        ("renumbered", {"renumbered"}),
        ("none", set()),
        (",".join(KINDS), set(KINDS)),
    ],
)
def test_the_kinds_that_are_named(words: str, kinds: set[str]):
    """Kinds are separated by commas; a renumbered code is a broken one."""
    assert failing_kinds(words) == kinds


ALL = "the kinds are breaking, renumbered, meaning, wording, addition, moved; none stands alone"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("braking", "--fail-on=braking: 'braking'", "did you mean breaking?"),
        ("breaking,word", "--fail-on=breaking,word: 'word'", "did you mean wording?"),
        ("", "--fail-on=: ''", ALL),
        ("none,moved", "--fail-on=none,moved: 'none'", ALL),
    ],
)
def test_no_kind(words: str, message: str, hint: str):
    """A word that is no kind is refused with the nearest, or with all of them."""
    with pytest.raises(ErrcodesUsageError) as caught:
        failing_kinds(words)
    assert str(caught.value) == f"{message} is no kind of changes\nhint: {hint}"
