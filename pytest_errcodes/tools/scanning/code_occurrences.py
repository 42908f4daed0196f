"""Where codes stand in source, whatever it does with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.source_files import source_files
from pytest_errcodes.tools.scanning.source_reading import read_facts

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.catalog.model import Code
    from pytest_errcodes.tools.findings import Place
    from pytest_errcodes.tools.scanning.source_files import SourceFile

_LONGEST = 100  # characters of a text that may be a code


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One integer or text in source that may be a code.

    Attributes:
        code: What stands there: an integer as ``int``, a text as ``str``.
        place: Where it stands.
        line: The line of source, without the spaces around it.
    """

    code: Code
    place: Place
    line: str


def occurrences(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Occurrence]:
    """Return every integer and every text of one line in the source at ``paths``, in order.

    Comments and docstrings are left out, and texts with values formatted into them. Which ones
    are codes is for the caller's catalog to say. Nothing that is read is run.

    Args:
        paths: Files and folders. What is source is told by the names of files; data such as
            JSON, YAML and TOML is not.

    Raises:
        ErrcodesUsageError: A path does not exist or cannot be read (``source-missing``).
    """
    files = source_files(paths)
    return (found for file in files for found in _of_file(file))


def _of_file(file: SourceFile) -> Iterator[Occurrence]:
    lines = file.text.split("\n")
    for literal in read_facts(file).literals:
        value = literal.value
        if isinstance(value, int) or (0 < len(value) <= _LONGEST and "\n" not in value):
            yield Occurrence(value, literal.place, lines[(literal.place.line or 1) - 1].strip())
