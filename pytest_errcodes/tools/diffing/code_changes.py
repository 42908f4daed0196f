"""How codes changed that both catalogs have: message, texts, tags, type, HTTP status, exception."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.tools.diffing.change import Change, Value
from pytest_errcodes.tools.diffing.message_changes import message_difference, text_difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_errcodes.catalog.model import Code, ErrorCode
    from pytest_errcodes.tools.diffing.change import ChangeKind
    from pytest_errcodes.tools.diffing.code_pairs import Pair


def field_changes(pair: Pair) -> Iterator[Change]:
    """Yield what changed of one code, but for its place, HTTP status and exception."""
    old, new = pair.old, pair.new
    if old is new or old == new:
        return
    subject, codes = str(old.code), pair.codes
    several = old.alternatives or new.alternatives
    messages: tuple[Value, Value] = (old.message, new.message)
    if several:
        messages = (old.messages, new.messages)
    if pair.renumbered:
        summary = f"is {new.code} now"
        yield Change("renumbered", "renumbered", subject, summary, *messages, codes)
    elif found := message_difference(old, new):
        yield Change(found.kind, found.slug, subject, found.summary, *messages, codes)
    yield from _text_changes(pair, "description", old.description, new.description)
    yield from _text_changes(pair, "solution", old.solution, new.solution)
    if set(old.tags) != set(new.tags):
        yield Change("moved", "tags", subject, _describe_tags(pair), old.tags, new.tags, codes)


def _text_changes(
    pair: Pair, slug: Literal["description", "solution"], before: str, after: str
) -> Iterator[Change]:
    """Yield what changed of a text beside the message."""
    if found := text_difference(before, after, slug, slug):
        texts = (before or None, after or None)
        yield Change(found.kind, found.slug, str(pair.old.code), found.summary, *texts, pair.codes)


def _describe_tags(pair: Pair) -> str:
    """Return which tags a code has now, and which no longer."""
    came = [tag for tag in pair.new.tags if tag not in pair.old.tags]
    went = [tag for tag in pair.old.tags if tag not in pair.new.tags]
    parts = [f"has the tag {', '.join(came)} now"] if came else []
    parts += [f"no longer has the tag {', '.join(went)}"] if went else []
    return ", and ".join(parts)


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
    return _changes_of(pairs, lambda code: code.http_status, _status_change)


def exception_changes(pairs: Sequence[Pair]) -> list[Change]:
    """Return the codes with another class of exception, those that changed alike as one."""
    return _changes_of(pairs, lambda code: code.exception, _exception_change)


def _changes_of(
    pairs: Sequence[Pair],
    read: Callable[[ErrorCode], object],
    make: Callable[[str, Sequence[Pair]], Change],
) -> list[Change]:
    """Return the changes of what ``read`` reads of a code, each made of the codes it touches."""
    if _alike(pairs, read):
        return [make("catalog", pairs)]
    sections: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sections[pair.old.section.id].append(pair)
    changes = []
    for name, together in sections.items():
        if _alike(together, read):
            changes.append(make(f"section {name}", together))
        else:
            changes += [
                make(str(pair.old.code), [pair])
                for pair in together
                if read(pair.old) != read(pair.new)
            ]
    return changes


def _alike(pairs: Sequence[Pair], read: Callable[[ErrorCode], object]) -> bool:
    """Whether several codes all have another value now, and the same one."""
    values = {(read(pair.old), read(pair.new)) for pair in pairs}
    return len(pairs) > 1 and len(values) == 1 and all(old != new for old, new in values)


def _status_change(subject: str, pairs: Sequence[Pair]) -> Change:
    """Return the change of the HTTP status that ``pairs`` have in common."""
    before, after = pairs[0].old.http_status, pairs[0].new.http_status
    verb = "comes" if len(pairs) == 1 else "has all codes come"
    summary = f"{verb} with HTTP status {after}, formerly {before}"
    return Change("breaking", "http-status", subject, summary, before, after, codes_of(pairs))


def _exception_change(subject: str, pairs: Sequence[Pair]) -> Change:
    """Return the change of the class that ``pairs`` have in common."""
    before, after = pairs[0].old.exception or None, pairs[0].new.exception or None
    verb = "is" if len(pairs) == 1 else "has all codes"
    kind: ChangeKind = "breaking"
    summary = f"{verb} raised as {after}, formerly as {before}"
    if before is None:
        kind, summary = "addition", f"{verb} raised as {after}"
    elif after is None:
        kind, summary = "meaning", f"{verb} raised as no class that is named, formerly as {before}"
    return Change(kind, "exception", subject, summary, before, after, codes_of(pairs))


def codes_of(pairs: Iterable[Pair]) -> tuple[Code, ...]:
    """Return the codes of ``pairs``, as both catalogs write them."""
    return tuple(chain.from_iterable(pair.codes for pair in pairs))
