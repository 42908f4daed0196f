"""Comments in source that switch findings off on their line."""

from __future__ import annotations

import re

_DIRECTIVE = re.compile(
    r"(?:#|//|--|/\*|;|%)\s*errcodes:\s*ignore\b(?:\[(?P<slugs>[^\]]*)\])?", re.IGNORECASE
)


def is_switched_off(line: str, slug: str) -> bool:
    """Whether a line has the comment ``errcodes: ignore``, for all slugs or for this one."""
    for directive in _DIRECTIVE.finditer(line):
        slugs = directive["slugs"]
        if slugs is None or slug in re.split(r"[\s,]+", slugs.strip()):
            return True
    return False
