"""Which code of the old catalog is which of the new one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import other_spelling
from pytest_errcodes.tools.diffing.message_changes import (
    name_of,
    substance,
    substance_of_template,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, ErrorCode


@dataclass(frozen=True, slots=True)
class Pair:
    """One code as both catalogs document it.

    Attributes:
        old: What the old catalog says.
        new: What the new catalog says.
        renumbered: Whether only the message tells that the two are one.
    """

    old: ErrorCode
    new: ErrorCode
    renumbered: bool = False

    @property
    def codes(self) -> tuple[Code, ...]:
        """The code, or both if they differ."""
        same = type(self.old.code) is type(self.new.code) and self.old.code == self.new.code
        return (self.old.code,) if same else (self.old.code, self.new.code)


@dataclass(frozen=True, slots=True)
class Pairing:
    """All codes of two catalogs.

    Attributes:
        pairs: The codes that both document, in the old order.
        removed: The codes that only the old catalog documents, in its order.
        added: The codes that only the new catalog documents, in its order.
    """

    pairs: tuple[Pair, ...]
    removed: tuple[ErrorCode, ...]
    added: tuple[ErrorCode, ...]


def pair_codes(old: Catalog, new: Catalog) -> Pairing:
    """Match the codes of two catalogs: by the code, its other spelling, or its message.

    A code that went and one that came are one renumbered code if they have the same message, but
    for its wording, and no other code that went or came has it.
    """
    pairs = {code: Pair(was, new[code]) for code, was in old.items() if code in new}
    taken = set(pairs)
    for code, was in old.items():
        spelling = other_spelling(code)
        if code not in pairs and spelling in new and spelling not in taken:
            pairs[code] = Pair(was, new[spelling])
            taken.add(spelling)
    gone = [was for code, was in old.items() if code not in pairs]
    come = [now for code, now in new.items() if code not in taken]
    arrived = {now.code for now in come}
    by_message = {key: found for key, found in _by_message(come).items() if len(found) == 1}
    for key, found in _by_message(gone).items():
        if len(found) == 1 and key in by_message:
            now = by_message[key][0]
            pairs[found[0].code] = Pair(found[0], now, renumbered=True)
            arrived.discard(now.code)
    return Pairing(
        pairs=tuple(pairs[code] for code in old if code in pairs),
        removed=tuple(was for was in gone if was.code not in pairs),
        added=tuple(now for now in come if now.code in arrived),
    )


def _by_message(codes: Iterable[ErrorCode]) -> dict[object, list[ErrorCode]]:
    """Return codes by what their messages say; those that say nothing in words by the letter."""
    found: dict[object, list[ErrorCode]] = defaultdict(list)
    for error_code in codes:
        template = error_code.template
        said = substance_of_template(template)
        names = tuple(substance(name_of(gap)) for gap in template.gaps)
        key = (said, names, template.has_tail) if any(said) else template.text
        found[key].append(error_code)
    return found
