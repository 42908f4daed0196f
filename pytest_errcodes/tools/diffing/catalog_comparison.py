"""Comparing two catalogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.diffing.change import KINDS, Change
from pytest_errcodes.tools.diffing.code_pairs import pair_codes
from pytest_errcodes.tools.diffing.envelope_changes import envelope_changes
from pytest_errcodes.tools.diffing.field_changes import field_changes
from pytest_errcodes.tools.diffing.section_changes import (
    find_moved_codes,
    match_sections,
    section_changes,
)
from pytest_errcodes.tools.diffing.transport_changes import (
    codes_of,
    exception_changes,
    find_retyped,
    http_status_changes,
    type_changes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import ErrorCode


def diff(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """Return what changed from one catalog to another for a client of the API.

    The name, the title and the source of the catalogs are not compared.

    Returns:
        The changes, the gravest kind first, and in the order of the documents within a kind: of
            the envelope, of sections, then of codes. Empty if a client sees no difference.
    """
    found = pair_codes(old, new)
    other_type = find_retyped(found.pairs)
    changes = envelope_changes(old, new, codes_of(other_type))
    if old.shape.code_type == new.shape.code_type:
        changes += type_changes(other_type)
    ids = match_sections(old, new, found.pairs)
    changes += section_changes(old, new, ids)
    changes += http_status_changes(found.pairs)
    changes += exception_changes(found.pairs)
    changes += _list_removed(found.removed)
    for pair in found.pairs:
        changes += field_changes(pair)
    changes += find_moved_codes(old, new, found.pairs, ids)
    changes += _list_added(found.added)
    places = {str(code): place for place, code in enumerate(old)}
    # Sorting keeps the order of what has no code, or a new one.
    return tuple(
        sorted(
            changes,
            key=lambda change: (KINDS.index(change.kind), places.get(change.subject, -1)),
        )
    )


def _list_removed(codes: Iterable[ErrorCode]) -> list[Change]:
    return [
        Change(
            "breaking",
            "code-removed",
            str(was.code),
            "removed",
            old=was.message,
            codes=(was.code,),
        )
        for was in codes
    ]


def _list_added(codes: Iterable[ErrorCode]) -> list[Change]:
    return [
        Change("addition", "code-added", str(now.code), "added", new=now.message, codes=(now.code,))
        for now in codes
    ]
