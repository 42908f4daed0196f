"""The sections of a draft: by what codes begin with, and the codes in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.tools.harvesting.draft_shapes import DraftedShapes
    from pytest_errcodes.tools.harvesting.drafted_code import DraftedCode

_LEAST_DIGITS = 5
_OPEN_DIGITS = 2
_NUMBER = re.compile(r"-?\d+")
_DIGITS = re.compile(r"(\d+)")
_ALL = Section("errors", "Errors", "")


def make_sections(
    codes: Iterable[DraftedCode], shapes: DraftedShapes
) -> dict[Section, list[DraftedCode]]:
    """Return the codes by their sections, in order: a section has codes of one shape.

    Args:
        codes: The codes.
        shapes: The shapes in which they come.
    """
    by_shape: dict[str, list[DraftedCode]] = {}
    for one in sorted(codes, key=_rank):
        by_shape.setdefault(shapes.name_of(one.found.shape), []).append(one)
    sections: dict[Section, list[DraftedCode]] = {}
    for name, ones in sorted(by_shape.items()):
        for section, group in _group(ones).items():
            own = Section(f"{section.id}-{name}", section.title, section.label, name)
            sections[own if name else section] = group
    return sections


def _group(ordered: Sequence[DraftedCode]) -> dict[Section, list[DraftedCode]]:
    """Return codes in groups.

    Long numbers are grouped by all digits but the last two, as documents group them; texts by their
    first word, where that makes groups and not a section for each code.
    """
    for group in (_group_by_digits, _group_by_word):
        sections: dict[Section, list[DraftedCode]] = {}
        for one in ordered:
            sections.setdefault(group(str(one.found.code)), []).append(one)
        if 1 < len(sections) <= max(1, len(ordered) // 2):
            return sections
    if len(ordered) == 1 or len({_group_by_digits(str(one.found.code)) for one in ordered}) == 1:
        return {_group_by_digits(str(ordered[0].found.code)): list(ordered)}
    return {_ALL: list(ordered)}


def _rank(one: DraftedCode) -> tuple[bool, list[int], list[str]]:
    """Return what codes are sorted by: numbers as such, texts by their letters."""
    text = str(one.found.code)
    numbers = [int(part) for part in _DIGITS.findall(text)] if _NUMBER.fullmatch(text) else []
    return (not numbers, numbers, [text])


def _group_by_digits(code: str) -> Section:
    if not _NUMBER.fullmatch(code) or len(code.lstrip("-")) < _LEAST_DIGITS:
        return _ALL
    prefix = code[:-_OPEN_DIGITS]
    label = f"{prefix}{'x' * _OPEN_DIGITS}"
    return Section(f"codes-{prefix.lstrip('-')}", label, label)


def _group_by_word(code: str) -> Section:
    word = re.split(r"[._:/-]", code, maxsplit=1)[0]
    if word in ("", code) or not word.isascii() or not word[0].isalpha():
        return _ALL
    return Section(word.lower(), word.replace("_", " ").capitalize(), "")
