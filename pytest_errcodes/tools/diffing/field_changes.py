"""How one code changed that both catalogs have: its message, the texts beside it, its tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pytest_errcodes.tools.diffing.change import Change, Value
from pytest_errcodes.tools.diffing.message_changes import message_difference, text_difference

if TYPE_CHECKING:
    from collections.abc import Iterator

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
