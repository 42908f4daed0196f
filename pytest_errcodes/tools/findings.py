"""What a check finds: one fact a finding, apart from how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import Code

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        file: Path of the file as it was given, or ``embedded`` for an embedded catalog.
        line: Line of the file, counted from 1; None where it has no line of its own.
        column: Column of the line in characters, counted from 1; None for the whole line.
    """

    file: str
    line: int | None = None
    column: int | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether it stands in a catalog of the package, not in a file of the user's."""
        return self.file == "embedded"

    def __str__(self) -> str:
        numbers = (number for number in (self.line, self.column) if number is not None)
        return ":".join((self.file, *map(str, numbers)))


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding.

    Attributes:
        slug: Stable name, in kebab case; it switches the rule off.
        severity: How much it weighs: ``error``, ``warning`` or ``note``.
        summary: What it looks for, in one sentence.
    """

    slug: str
    severity: Severity
    summary: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        rule: The kind of finding.
        message: What is wrong, in one line.
        hint: The remedy, in one line.
        place: Where it stands.
        codes: The codes it is about.
    """

    rule: Rule
    message: str
    hint: str
    place: Place
    codes: tuple[Code, ...] = ()

    @property
    def slug(self) -> str:
        """Name of the kind of finding."""
        return self.rule.slug

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.rule.severity

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.slug}]\n  hint: {self.hint}"
