"""A message that no longer fits its template, tolerated by the policy ``warn``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code


@dataclass(frozen=True, slots=True)
class Drift:
    """One message that drifted.

    Attributes:
        code: The business code.
        documented: The message that the catalog has for it.
        came: The message that came.
    """

    code: Code
    documented: str
    came: str
