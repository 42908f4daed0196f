"""How codes changed on the wire, whatever their messages: their type and their HTTP status."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from pytest_errcodes.tools.diffing.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.diffing.code_pairs import Pair


def find_retyped(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the codes that were a number and are a text now, or the reverse."""
    return [
        pair
        for pair in pairs
        if not pair.renumbered and type(pair.old.code) is not type(pair.new.code)
    ]


def type_changes(pairs: Iterable[Pair]) -> list[Change]:
    """Return one change for each code of another type."""
    return [
        Change(
            "breaking",
            "code-type",
            str(pair.old.code),
            "is a text now" if isinstance(pair.new.code, str) else "is an integer now",
            pair.old.code,
            pair.new.code,
            pair.codes,
        )
        for pair in pairs
    ]


def http_status_changes(pairs: Sequence[Pair]) -> list[Change]:
    """Return the codes with another HTTP status.

    Where all codes of the catalog, or all of a section, changed alike, that is one change.
    """
    if _alike(pairs):
        return [_status_change("catalog", pairs)]
    sections: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sections[pair.old.section.id].append(pair)
    changes = []
    for name, together in sections.items():
        if _alike(together):
            changes.append(_status_change(f"section {name}", together))
        else:
            changes += [
                _status_change(str(pair.old.code), [pair])
                for pair in together
                if pair.old.http_status != pair.new.http_status
            ]
    return changes


def _alike(pairs: Sequence[Pair]) -> bool:
    """Whether several codes all have another HTTP status, and the same one."""
    statuses = {(pair.old.http_status, pair.new.http_status) for pair in pairs}
    return len(pairs) > 1 and len(statuses) == 1 and all(old != new for old, new in statuses)


def _status_change(subject: str, pairs: Sequence[Pair]) -> Change:
    """Return the change of the HTTP status that ``pairs`` have in common."""
    before, after = pairs[0].old.http_status, pairs[0].new.http_status
    verb = "comes" if len(pairs) == 1 else "has all codes come"
    summary = f"{verb} with HTTP status {after}, formerly {before}"
    return Change("breaking", "http-status", subject, summary, before, after, codes_of(pairs))


def codes_of(pairs: Iterable[Pair]) -> tuple[Code, ...]:
    """Return the codes of ``pairs``, as both catalogs write them."""
    return tuple(chain.from_iterable(pair.codes for pair in pairs))
