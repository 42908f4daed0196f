"""Codes in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.model import Code

_SHOWN = 5


def listed(codes: Sequence[Code]) -> str:
    """Return codes as a sentence lists them, the first few of many: ``1, 2 and 3``."""
    first = list(map(str, codes if len(codes) <= _SHOWN else codes[: _SHOWN - 1]))
    if len(codes) > _SHOWN:
        first.append(f"{len(codes) - len(first):,} more")
    *before, last = first
    return f"{', '.join(before)} and {last}" if before else last
