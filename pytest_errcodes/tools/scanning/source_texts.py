"""How codes and texts stand in a finding: on one line, and short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.text.brief import brief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.model import ErrorCode


def shown_codes(codes: Iterable[ErrorCode]) -> str:
    """Return codes with their messages, on one line: ``601009 "Login failed", ...``."""
    return ", ".join(f"{found.code} {shown_text(found.message)}" for found in codes)


def shown_text(text: str) -> str:
    """Return a text in double quotes, on one line, in at most 60 characters."""
    return f'"{brief(text)[1:-1]}"'
