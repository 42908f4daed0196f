"""One fault of a catalog file; loaded with the first that is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.files.faults import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a catalog's content.

    Attributes:
        path: Keys that lead to the field.
        message: The fault.
        hint: The remedy.
        first: Keys that lead to what was there first, where something is there twice.
        absence: Whether the fault is that something is missing; what a broken line may cause.
        line: Line of the fault where it is known already; else that of ``path``.
    """

    path: Path
    message: str
    hint: str
    first: Path = ()
    absence: bool = False
    line: int | None = None
