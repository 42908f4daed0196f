"""Comparing two catalogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.catalog.given_catalogs import check_catalogs
from pytest_errcodes.tools.diffing.change import KINDS, Change
from pytest_errcodes.tools.diffing.code_changes import (
    codes_of,
    exception_changes,
    field_changes,
    find_retyped,
    http_status_changes,
    type_changes,
)
from pytest_errcodes.tools.diffing.code_pairs import pair_codes
from pytest_errcodes.tools.diffing.envelope_changes import envelope_changes
from pytest_errcodes.tools.diffing.section_changes import (
    find_moved_codes,
    match_sections,
    section_changes,
)

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog


def diff(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """Return what changed from one catalog to another for a client of the API.

    The name, the title and the source of the catalogs are not compared.

    Returns:
        The changes, the gravest kind first, and in the order of the documents within a kind: of
            the envelope, of sections, then of codes. Empty if a client sees no difference.
    """
    check_catalogs("diff(...)", (old, new))
    found = pair_codes(old, new)
    other_type = find_retyped(found.pairs)
    changes = envelope_changes(old, new, codes_of(other_type))
    if old.shape.code_type == new.shape.code_type:
        changes += type_changes(other_type)
    ids = match_sections(old, new, found.pairs)
    changes += section_changes(old, new, ids)
    changes += http_status_changes(found.pairs)
    changes += exception_changes(found.pairs)
    changes += [
        Change("breaking", "code-removed", str(was.code), "removed", was.message, None, (was.code,))
        for was in found.removed
    ]
    for pair in found.pairs:
        changes += field_changes(pair)
    changes += find_moved_codes(old, new, found.pairs, ids)
    changes += [
        Change("addition", "code-added", str(now.code), "added", None, now.message, (now.code,))
        for now in found.added
    ]
    places = {str(code): place for place, code in enumerate(old)}
    # What is about no code of the old catalog stays in the order above.
    return tuple(
        sorted(
            changes,
            key=lambda change: (KINDS.index(change.kind), places.get(change.subject, -1)),
        )
    )
