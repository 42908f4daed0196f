"""How the sections changed, and which codes stand in another one or elsewhere in theirs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.tools.diffing.change import Change
from pytest_errcodes.tools.diffing.message_changes import substance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code, Section
    from pytest_errcodes.tools.diffing.code_pairs import Pair

#: The id of each old section that the new catalog has, and its id there.
Ids = dict[str, str]


def match_sections(old: Catalog, new: Catalog, pairs: Sequence[Pair]) -> Ids:
    """Return which section is which: by id, else by title, else by most of their codes."""
    ids = {section.id: section.id for section in new.sections}
    matched = {section.id: section.id for section in old.sections if section.id in ids}
    went = [section for section in old.sections if section.id not in ids]
    came = [section for section in new.sections if section.id not in matched]
    titles = _unique_titles(came)
    for title, section in _unique_titles(went).items():
        if title in titles:
            matched[section.id] = titles[title].id
    moves = Counter((pair.old.section.id, pair.new.section.id) for pair in pairs)
    left = Counter(pair.old.section.id for pair in pairs)
    arrived = Counter(pair.new.section.id for pair in pairs)
    free = {section.id for section in came} - set(matched.values())
    for (before, after), count in moves.items():
        most = count * 2 > left[before] and count * 2 > arrived[after]
        if most and before not in matched and after in free:
            matched[before] = after
    return matched


def _unique_titles(sections: Iterable[Section]) -> dict[str, Section]:
    """Return sections by what their titles say, without those that say the same as another."""
    found: dict[str, list[Section]] = defaultdict(list)
    for section in sections:
        found[substance(section.title)].append(section)
    return {title: same[0] for title, same in found.items() if len(same) == 1}


def section_changes(old: Catalog, new: Catalog, ids: Ids) -> list[Change]:
    """Return what changed of the sections themselves."""
    now = {section.id: section for section in new.sections}
    changes = []
    for section in old.sections:
        if section.id in ids:
            changes += _changes_of(section, now[ids[section.id]])
        else:
            subject = f"section {section.id}"
            changes.append(
                Change("moved", "section-removed", subject, "removed", old=section.title)
            )
    came = set(ids.values())
    changes += [
        Change("addition", "section-added", f"section {section.id}", "added", new=section.title)
        for section in new.sections
        if section.id not in came
    ]
    stayed = [section.id for section in old.sections if section.id in ids]
    places = {section.id: place for place, section in enumerate(new.sections)}
    for position in find_moved([places[ids[name]] for name in stayed]):
        name = stayed[position]
        before = _name_before(old.sections, name), _name_before(new.sections, ids[name])
        changes.append(_place_change("section-order", f"section {name}", *before))
    return changes


def _changes_of(old: Section, new: Section) -> list[Change]:
    """Return what changed of one section."""
    subject = f"section {old.id}"
    changes = []
    if old.id != new.id:
        summary = f"is section {new.id} now"
        changes.append(Change("moved", "section-renamed", subject, summary, old.id, new.id))
    if old.title != new.title:
        titles = (old.title, new.title)
        changes.append(Change("wording", "section-title", subject, "has another title", *titles))
    if old.label != new.label:
        labels = (old.label or None, new.label or None)
        changes.append(Change("wording", "section-label", subject, "has another label", *labels))
    return changes


def _name_before(sections: Sequence[Section], name: str) -> str:
    """Return the id of the section before the one named; empty if it is the first."""
    names = ["", *(section.id for section in sections)]
    return names[names.index(name) - 1]


def _place_change(
    slug: Literal["order", "section-order"],
    subject: str,
    before: str,
    after: str,
    codes: tuple[Code, ...] = (),
) -> Change:
    """Return the change of what stood behind ``before`` and now stands behind ``after``."""
    places = [f"after {name}" if name else "first" for name in (after, before)]
    together = f"stands {places[0]} still, and moved with it"
    summary = together if before == after else f"stands {places[0]}, formerly {places[1]}"
    return Change("moved", slug, subject, summary, before or None, after or None, codes)


def find_moved_codes(old: Catalog, new: Catalog, pairs: Sequence[Pair], ids: Ids) -> list[Change]:
    """Return the codes that stand in another section, or elsewhere among the codes of theirs."""
    changes = []
    stayed: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        before, after = pair.old.section.id, pair.new.section.id
        if ids.get(before) == after:
            stayed[before].append(pair)
        else:
            subject, summary = str(pair.old.code), f"stands in section {after}, formerly {before}"
            changes.append(Change("moved", "section", subject, summary, before, after, pair.codes))
    places = {code: place for place, code in enumerate(new)}
    out_of_order = [
        together[position]
        for together in stayed.values()
        for position in find_moved([places[pair.new.code] for pair in together])
    ]
    if out_of_order:
        before_old, before_new = _codes_before(old), _codes_before(new)
        changes += [
            _place_change(
                "order",
                str(pair.old.code),
                before_old[pair.old.code],
                before_new[pair.new.code],
                pair.codes,
            )
            for pair in out_of_order
        ]
    return changes


def _codes_before(catalog: Catalog) -> dict[Code, str]:
    """Return for each code the one before it in its section; empty for the first."""
    last: dict[str, str] = {}
    found = {}
    for code, error_code in catalog.items():
        found[code] = last.get(error_code.section.id, "")
        last[error_code.section.id] = str(code)
    return found


def find_moved(ranks: Sequence[int]) -> list[int]:
    """Return the positions of what moved, if the rest stayed in order.

    Args:
        ranks: For each thing in the old order, its place in the new one; no place twice.

    Returns:
        The fewest positions without which ``ranks`` rises; of several such choices, one.
    """
    ends: list[int] = []  # the lowest rank that ends a rising sequence of each length
    at: list[int] = []  # and its position
    before: list[int] = []  # for each position, the one before it in its sequence
    for position, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [rank]
        at[length : length + 1] = [position]
    stayed = set()
    position = at[-1] if at else -1
    while position >= 0:
        stayed.add(position)
        position = before[position]
    return [position for position in range(len(ranks)) if position not in stayed]
