"""Which lines of tests and source a change touches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import other_spelling

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.diffing.change import Change
    from pytest_errcodes.tools.scanning.code_occurrences import Occurrence


def impact(
    changes: Iterable[Change], paths: Iterable[str | os.PathLike[str]]
) -> dict[Change, tuple[Occurrence, ...]]:
    """Return for each change the lines of source that name a code it touches.

    A code is named by an integer or a text that is the code and nothing else: 401009 and
    "401009" alike, since clients compare with either. A line counts once for a change. Selectors
    such as ``4010xx`` name no code.

    Args:
        changes: What changed.
        paths: Files and folders of source.

    Returns:
        All changes in their order, each with the places in the order of the files.

    Raises:
        ErrcodesUsageError: A path does not exist or cannot be read (``source-missing``).
    """
    from pytest_errcodes.tools.scanning.code_occurrences import occurrences

    by_code: dict[Code, list[Change]] = defaultdict(list)
    found: dict[Change, dict[tuple[str, int | None], Occurrence]] = {}
    for change in changes:
        found[change] = {}
        for code in dict.fromkeys(_spellings(change.codes)):
            by_code[code].append(change)
    for occurrence in occurrences(paths):
        line = (occurrence.place.file, occurrence.place.line)
        for change in by_code.get(occurrence.code, ()):
            found[change].setdefault(line, occurrence)
    return {change: tuple(lines.values()) for change, lines in found.items()}


def _spellings(codes: Iterable[Code]) -> Iterator[Code]:
    """Yield each code, and how else source may write it."""
    for code in codes:
        yield code
        yield other_spelling(code)
