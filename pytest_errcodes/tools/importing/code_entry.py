"""One code as a source documents it, before the catalog's type and style are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import shorten

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Section

_WIDTH = 59


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as a source documents it.

    Attributes:
        line: Line of the source.
        code: The code as it is written.
        message: The message.
        section: The section it stands in.
        http_status: The HTTP status it comes with; None where the source says none.
        description: What the source says beyond the message.
        solution: What the source advises.
        tags: The tags.
        open_ended: Whether the message goes on; None where the source does not say.
        exception: The class that a client raises for it; empty where the source names none.
        file: The file that the line is one of; empty where the source is a single file.
        stands_in: What the message is for want of any; empty for a message.
        alternatives: Further messages that the source documents it with.
    """

    line: int
    code: str
    message: str
    section: Section
    http_status: int | None
    description: str
    solution: str
    tags: tuple[str, ...]
    open_ended: bool | None
    exception: str = ""
    file: str = ""
    stands_in: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands, as a remark on another place names it."""
        return f"at {self.file}:{self.line}" if self.file else f"on line {self.line}"

    @property
    def order(self) -> tuple[list[str], int]:
        """Where it stands among all others: by file, as a folder lists them, then by line."""
        return place_order(self.file, self.line)

    @property
    def shown(self) -> str:
        """Code and message on one line, shortened."""
        return shorten_line(f"{self.code} {self.message}")


def place_order(file: str, line: int) -> tuple[list[str], int]:
    """Return what sorts places: by file, as a folder lists them, then by line."""
    return re.split(r"[\\/]", file), line


def shorten_line(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    whole = text[: 10 * _WIDTH].encode("utf-8", "replace").decode()  # no lone surrogates
    return shorten(" ".join(whole.split()), _WIDTH)
