"""One code as a source documents it, before the catalog's type and style are known."""

from __future__ import annotations

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
    alternatives: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Code and message on one line, shortened."""
        return shorten_line(f"{self.code} {self.message}")


def shorten_line(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    whole = text[: 10 * _WIDTH].encode("utf-8", "replace").decode()  # no lone surrogates
    return shorten(" ".join(whole.split()), _WIDTH)
