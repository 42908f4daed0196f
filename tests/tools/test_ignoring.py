"""Leaving findings out that somebody chose not to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools import Finding, Place, Rule
from pytest_errcodes.tools.ignoring import leave_out_ignored

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog

GAP = Rule("gap", "note", "A number is missing.")
DUPLICATE = Rule("duplicate-message", "warning", "Two codes have one message.")
RULES = (GAP, DUPLICATE)
FINDINGS = (
    Finding(GAP, "missing", "add it", Place("my.toml", 1), (401065,)),
    Finding(DUPLICATE, "twice", "tell them apart", Place("my.toml", 2), (401021, 401024)),
    Finding(DUPLICATE, "broken", "mend it", Place("my.toml")),
)


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("gap", (1, 2)),
        ("gap:401065", (1, 2)),
        ("gap: 401060-401069", (1, 2)),
        ("gap:4012xx", (0, 1, 2)),
        ("gap:trading", (0, 1, 2)),  # 401065 is in no section: it is missing
        ("duplicate-message", (0,)),
        ("duplicate-message:*", (0, 2)),
        ("duplicate-message:401024", (0, 2)),
        ("duplicate-message:trading", (0, 2)),
        ("duplicate-message:fees", (0, 1, 2)),
    ],
)
def test_what_is_left(ltp: Catalog, entry: str, left: tuple[int, ...]) -> None:
    """An entry is a rule, or a rule and a selector that picks one of the finding's codes."""
    expected = tuple(FINDINGS[position] for position in left)
    assert leave_out_ignored(FINDINGS, [entry], RULES, ltp) == expected


def test_several_entries() -> None:
    """Each entry takes its findings away."""
    assert leave_out_ignored(FINDINGS, ["gap", "duplicate-message"], RULES) == ()


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("gaps", "did you mean gap?"),
        ("duplicate-mesage:401024", "did you mean duplicate-message?"),
        ("", "the rules: gap, duplicate-message"),
    ],
)
def test_an_unknown_rule(entry: str, hint: str) -> None:
    """A slug that no rule has is refused with the nearest one."""
    with pytest.raises(ErrcodesUsageError) as caught:
        leave_out_ignored(FINDINGS, [entry], RULES)
    slug = entry.partition(":")[0]
    assert caught.value.slug == "unknown-rule"
    assert str(caught.value) == f"no rule is named {slug!r}\nhint: {hint}"
