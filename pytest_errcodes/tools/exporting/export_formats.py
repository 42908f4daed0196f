"""What a format is, and how one declares itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog.catalog import Catalog

    Writer = Callable[[Catalog], str]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format that a catalog can be written in.

    Attributes:
        name: What ``--format`` calls it.
        summary: What it is, in a few words.
        write: Returns the text of a catalog, with the line ends of the format.
    """

    name: str
    summary: str
    write: Writer


#: Every declared format, by its name.
DECLARED: dict[str, ExportFormat] = {}


def export_format(name: str, summary: str) -> Callable[[Writer], Writer]:
    """Declare the decorated function as the writer of a format.

    Raises:
        ValueError: Another function writes this format already; the text names it.
    """

    def declare(write: Writer) -> Writer:
        if name in DECLARED:
            owner = DECLARED[name].write
            raise ValueError(
                f"{write.__module__}.{write.__qualname__} declares the format {name!r}, which "
                f"{owner.__module__}.{owner.__qualname__} writes"
            )
        DECLARED[name] = ExportFormat(name, summary, write)
        return write

    return declare
