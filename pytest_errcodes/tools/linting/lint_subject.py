"""What the rules look at: a catalog that could be read, and where its codes stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_errcodes.text.wording import escape, quote
from pytest_errcodes.tools.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.files.toml_outline import Outline
    from pytest_errcodes.catalog.message_template import MessageTemplate
    from pytest_errcodes.catalog.model import Code, ErrorCode
    from pytest_errcodes.tools.findings import Rule

# Stands for a parameter: U+FFFC OBJECT REPLACEMENT CHARACTER, which no message holds.
PARAMETER = "\ufffc"
_WIDTH = 200
#: Codes that a sentence of a finding lists.
MOST_CODES = 5
# What most messages have in common is told only of a catalog with so many of them, and only if so
# large a share has it.
_ENOUGH = 10
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Message:
    """A message of one code.

    Attributes:
        error_code: The code.
        template: The message.
        prose: The message with ``PARAMETER`` in place of each placeholder.
    """

    error_code: ErrorCode
    template: MessageTemplate
    prose: str

    @property
    def text(self) -> str:
        """The message to the letter."""
        return self.template.text

    @property
    def shown(self) -> str:
        """The message in double quotes, shortened only where it is very long."""
        return quote(self.text, _WIDTH)


def is_custom(many: int, total: int) -> bool:
    """Whether ``many`` of ``total`` messages show what the catalog does as a rule."""
    return total >= _ENOUGH and many >= total * _SHARE


class Subject:
    """One catalog under examination.

    Attributes:
        catalog: The catalog.
        file: What errors call its file.
        is_extension: Whether only some of its codes stand in the file, the others in another.
    """

    def __init__(self, catalog: Catalog, file: str, outline: Outline | None = None) -> None:
        self.catalog = catalog
        self.file = file
        self.is_extension = outline is not None and outline.holds(("extends",))
        self._outline = outline

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """All messages, in document order."""
        return tuple(
            Message(code, template, PARAMETER.join(template.literals))
            for code in self.catalog.values()
            for template in code.templates
        )

    def place_of(self, path: tuple[str, ...]) -> Place:
        """Return where a field of the file stands; the whole file where that is not known."""
        return Place(self.file, None if self._outline is None else self._outline.line(path))

    def finding(
        self,
        rule: Rule,
        at: ErrorCode,
        message: str,
        hint: str,
        *,
        codes: Iterable[Code] | None = None,
    ) -> Finding:
        """Return a finding in the line of a code, about that code or about ``codes``.

        If the code stands in another file, the finding is in the line of the first that does not.
        """
        about = (at.code,) if codes is None else tuple(codes)
        lines = (self._line(code) for code in (at.code, *about))
        place = Place(self.file, next((line for line in lines if line), None))
        return Finding(rule, escape(message), escape(hint), place, about)

    def _line(self, code: Code) -> int | None:
        """Return the line of a code; None where it does not stand in the file."""
        found = self.catalog.get(code)
        if self._outline is None or found is None:
            return None
        path = ("sections", found.section.id, "codes", str(code))
        return self._outline.line(path) if self._outline.holds(path) else None
