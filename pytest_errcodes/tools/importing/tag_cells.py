"""Tags in one cell: ``retryable, final``."""

from __future__ import annotations


def split_tags(cell: str) -> tuple[str, ...]:
    """Return the tags that a cell lists, between commas; one with a comma stands in quotes.

    What no selector could name, such as ``*``, is no tag.
    """
    import csv
    import io

    tags: list[str] = []
    for row in csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True):
        tags += row
    return tuple(dict.fromkeys(tag for tag in tags if is_tag(tag)))


def join_tags(tags: list[str]) -> str:
    """Return a cell that lists tags, for ``split_tags``."""
    return ", ".join('"' + tag.replace('"', '""') + '"' for tag in tags)


def is_tag(tag: str) -> bool:
    """Whether a selector can name a text."""
    return bool(tag.strip()) and tag != "*" and not tag.startswith("!")
