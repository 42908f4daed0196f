"""What nearly all messages of a catalog do."""

from __future__ import annotations

# Fewer messages show no custom, and neither does a share of them below this.
_ENOUGH = 10
_SHARE = 0.8


def is_custom(many: int, total: int) -> bool:
    """Whether ``many`` of ``total`` messages show what the catalog does as a rule."""
    return total >= _ENOUGH and many >= total * _SHARE
