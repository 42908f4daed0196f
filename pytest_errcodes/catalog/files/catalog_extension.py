"""A catalog that extends another: what it adds, what it says otherwise, and what it takes away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.field_mistakes import noun
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape
    from pytest_errcodes.catalog.files.field_mistakes import FieldMistakes
    from pytest_errcodes.catalog.model import Code, ErrorCode, Section

_REMOVE = 'remove = [401099, "4012xx"]'


@dataclass
class Extension:
    """What a catalog takes over from the one it extends.

    Attributes:
        base: The catalog that is extended.
        removed: The codes that are not taken over.
        exceptions: The class that the extending file names for a section, by the section's id.
    """

    base: Catalog
    removed: set[Code] = field(default_factory=set)
    exceptions: dict[str, str] = field(default_factory=dict)

    def old(self, code: Code) -> ErrorCode | None:
        """Return what the base says of a code that is taken over, else None."""
        return None if code in self.removed else self.base.get(code)

    def section(self, id_: str) -> Section | None:
        """Return the base's section of this id, or None."""
        return next((section for section in self.base.sections if section.id == id_), None)

    def remove(self, selectors: object, mistakes: FieldMistakes) -> None:
        """Take away what ``selectors`` pick, or note what is wrong with them."""
        path = ("remove",)
        if not isinstance(selectors, list):
            mistakes.wrong_type(path, selectors, "a list of codes and selectors", _REMOVE)
            return
        for selector in selectors:
            if isinstance(selector, bool) or not isinstance(selector, int | str):
                message = f"holds {noun(selector)}, and must hold codes and selectors"
                mistakes.add(path, message, f"write {_REMOVE}")
                return
        if selectors and all(str(selector).strip().startswith("!") for selector in selectors):
            message = "holds nothing but exclusions, and so would remove all other codes"
            mistakes.add(path, message, f"write what is to go: {_REMOVE}")
            return
        try:
            picked = self.base.select(*selectors) if selectors else ()
        except ErrcodesUsageError as error:
            lines = [line.strip() for line in error.message.splitlines()]
            mistakes.add(path, "; ".join(lines), error.hint)
            return
        self.removed = {error_code.code for error_code in picked}

    def check_shape(self, shape: EnvelopeShape, mistakes: FieldMistakes) -> None:
        """Note where the envelope of the extending catalog does not go with the base's codes."""
        kept = [code for code in self.base if code not in self.removed]
        if not all(map(shape.allows, kept)):
            message = f'is "{shape.code_type}", and {self.base.name} has codes of another type'
            mistakes.add(("envelope", "code_type"), message, "leave it out")
            return
        for code in kept:
            if shape.is_success(code):
                message = f"holds {code!r}, which {self.base.name} documents"
                hint = f"leave it out, or write remove = [{code!r}]"
                mistakes.add(("envelope", "success"), message, hint.replace("'", '"'))

    def merge(
        self,
        own: Iterable[ErrorCode],
        sections: Iterable[Section],
        shapes: tuple[EnvelopeShape, ...],
    ) -> tuple[list[ErrorCode], list[Section]]:
        """Return codes and sections of both catalogs, each in its order.

        A code that both document keeps the place it has in the base, unless it is in another
        section now; new codes follow at the end of their section, new sections at the end.

        Args:
            own: The codes of the extending catalog.
            sections: Its sections; one with an id of the base stands in for it.
            shapes: Its envelope shapes, the default one first.
        """
        all_sections = {section.id: section for section in (*self.base.sections, *sections)}
        shared = self._find_shared_exceptions()
        codes: dict[Code, ErrorCode] = {
            code: self._rewrite(old, all_sections[old.section.id], shapes, shared)
            for code, old in self.base.items()
            if code not in self.removed
        }
        for error_code in own:
            old = codes.get(error_code.code)
            if old is not None and old.section.id != error_code.section.id:
                del codes[error_code.code]
            codes[error_code.code] = error_code
        by_section: dict[str, list[ErrorCode]] = {id_: [] for id_ in all_sections}
        for error_code in codes.values():
            by_section[error_code.section.id].append(error_code)
        ordered = [error_code for group in by_section.values() for error_code in group]
        return ordered, [all_sections[id_] for id_, group in by_section.items() if group]

    def _rewrite(
        self,
        old: ErrorCode,
        section: Section,
        shapes: tuple[EnvelopeShape, ...],
        shared: dict[str, str],
    ) -> ErrorCode:
        """Return a code of the base as a code of the catalog that extends it."""
        exception = old.exception
        if exception in ("", shared[section.id]):
            exception = self.exceptions.get(section.id, exception)
        if (
            old.section is section
            and old.style == shapes[0].placeholders
            and old.exception == exception
        ):
            return old
        return old.replaced(
            section=section, style=shapes[0].placeholders, exception=exception, shapes=shapes
        )

    def _find_shared_exceptions(self) -> dict[str, str]:
        """Return the class that the base names for most codes of a section: the section's own."""
        named: dict[str, Counter[str]] = {}
        for code in self.base.values():
            named.setdefault(code.section.id, Counter())[code.exception] += 1
        return {id_: counted.most_common(1)[0][0] for id_, counted in named.items()}
