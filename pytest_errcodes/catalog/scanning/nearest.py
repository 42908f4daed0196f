"""The documented codes that somebody may have meant who wrote another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.brief import brief
from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.catalog.unknown import nearest_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode

_MOST = 2


def meant_codes(catalog: Catalog, code: Code) -> list[ErrorCode]:
    """Return up to two documented codes near to one that is not: by a slip of the pen, or by value.

    One digit too many, too few or wrong, or two in the wrong order, come before numbers that are
    near: 601009 for 60009.
    """
    digits = str(code)
    number = code if isinstance(code, int) else integer_of(code)
    slips = [known for known in catalog if is_slip(digits, str(known))]
    if number is not None and slips:
        slips.sort(key=lambda known: abs(int(known) - number))
        return [catalog[known] for known in sorted(slips[:_MOST], key=str)]
    if slips:
        return [catalog[known] for known in slips[:_MOST]]
    first = next(iter(catalog), None)
    if number is not None and isinstance(first, int):
        return nearest_codes(catalog, number)
    return nearest_codes(catalog, digits)


def is_slip(left: str, right: str) -> bool:
    """Whether two texts differ by one character, or by two that changed places."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest, other = left[start:], right[start:]
    if len(rest) != len(other):
        longer, shorter = (rest, other) if len(rest) > len(other) else (other, rest)
        return longer[1:] == shorter
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def shown_codes(codes: Iterable[ErrorCode]) -> str:
    """Return codes with their messages, on one line: ``601009 "Login failed", ...``."""
    return ", ".join(f"{found.code} {shown_text(found.message)}" for found in codes)


def shown_text(text: str) -> str:
    """Return a text in double quotes, on one line, in at most 60 characters."""
    return f'"{brief(text)[1:-1]}"'
