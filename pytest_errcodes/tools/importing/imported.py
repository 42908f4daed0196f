"""What came of an import: the catalog, and what was left out or decided on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.tools.importing.code_entry import place_order

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog

RemarkKind = Literal[
    "prose",
    "table",
    "column",
    "row",
    "duplicate",
    "exception",
    "several",
    "success",
    "placeholders",
    "style",
    "status",
    "open-ended",
    "other",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of the source that did not go into the catalog as it stands.

    Attributes:
        line: Line of the source, counted from 1; None for what concerns all of it.
        text: What stands there, shortened; may be empty.
        what: What became of it, and why.
        left_out: Whether nothing of it is in the catalog.
        kind: What sort of remark it is; those of one kind can be shown together.
        file: The file that the line is one of; empty where the source is a single file.
    """

    line: int | None
    text: str
    what: str
    left_out: bool = False
    kind: RemarkKind = "other"
    file: str = ""

    @property
    def order(self) -> tuple[list[str], int]:
        """Where it stands among all others: by file, as a folder lists them, then by line."""
        return place_order(self.file, self.line or 0)

    def as_text(self, source: str) -> str:
        """Return the remark in one line that begins with the place: ``page.html:12: ...``."""
        place = self.file or source
        if self.line is not None:
            place = f"{place}:{self.line}"
        verdict = f"left out, {self.what}" if self.left_out else self.what
        return f"{place}: {self.text}: {verdict}" if self.text else f"{place}: {verdict}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A catalog made from a source.

    Attributes:
        catalog: The catalog; ``write_catalog`` writes it as a file.
        remarks: What was left out or decided, in the order of the source.
    """

    catalog: Catalog
    remarks: tuple[Remark, ...]

    @property
    def left_out(self) -> tuple[Remark, ...]:
        """The remarks of what is not in the catalog."""
        return tuple(remark for remark in self.remarks if remark.left_out)
