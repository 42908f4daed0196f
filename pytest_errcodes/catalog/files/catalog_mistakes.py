"""What is wrong with a catalog file, or that there is none; loaded with the first mistake."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_reading import is_folder, is_regular
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.nearest import nearest_words
from pytest_errcodes.text.wording import escape, show_value

if TYPE_CHECKING:
    from pytest_errcodes.disk.file_reading import UnreadableFileError

# No more mistakes are shown, a line each: so many most likely have one cause.
_SHOWN = 100
# Of more than five mistakes that are alike, the first three are shown.
_FEW_ALIKE, _SHOWN_ALIKE = 5, 3


@dataclass(frozen=True, slots=True)
class FieldMistake:
    """What is wrong with one field of a catalog, before its line is known.

    Attributes:
        path: Keys that lead to the field.
        message: What is wrong.
        hint: The remedy.
        first: Keys that lead to what was there first, where something is there twice.
        absence: Whether something is missing, which a broken line may be the cause of.
        line: Its line where that is known already; else it is that of ``path``.
    """

    path: tuple[str, ...]
    message: str
    hint: str
    first: tuple[str, ...] = ()
    absence: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogMistake:
    """One mistake of a catalog file.

    Attributes:
        line: Line of the file, counted from 1; None when it has no line of its own.
        field: Where in the file, such as ``sections.trading.codes.401009``; may be empty.
        message: What is wrong.
        hint: The remedy.
        code: The code whose line it is, as the file writes it; empty if it is none's.
        is_duplicate: Whether the code stands there a second time.
    """

    line: int | None
    field: str
    message: str
    hint: str
    code: str = ""
    is_duplicate: bool = False

    def text(self, source: str) -> str:
        """Return the mistake in one line that begins with the place, ``my.toml:12: ...``."""
        place = source if self.line is None else f"{source}:{self.line}"
        parts = (place, self.field, f"{self.message}; {self.hint}" if self.hint else self.message)
        return ": ".join(part for part in parts if part)


class CatalogError(ErrcodesUsageError):
    """A catalog file that cannot be used.

    Attributes:
        mistakes: Every mistake that was found, in the order of the file.
        source: The file that holds them, which may be one that was to be extended.
    """

    __module__ = "pytest_errcodes.catalog"  # where users import it from
    mistakes: tuple[CatalogMistake, ...] = ()
    source: str = ""

    @classmethod
    def invalid(cls, source: str, mistakes: list[CatalogMistake]) -> CatalogError:
        """Return the error of a file whose content is refused (``catalog-invalid``)."""
        ordered = sorted(mistakes, key=lambda mistake: mistake.line or 0)
        lines, unseen = _write_lines(source, ordered)
        if unseen:
            lines.append(f"{source}: and {unseen:,} more")
        error = cls("catalog-invalid", "\n".join(lines))
        error.mistakes = tuple(ordered)
        error.source = source
        return error

    @classmethod
    def missing(cls, message: str, hint: str) -> CatalogError:
        """Return the error of a file that cannot be read at all (``catalog-missing``)."""
        return cls("catalog-missing", message, hint)


def _write_lines(source: str, mistakes: list[CatalogMistake]) -> tuple[list[str], int]:
    """Return a line for each mistake, and how many have none.

    Of many that are alike, the last that is shown tells how many follow.
    """
    totals = Counter(map(_find_kind, mistakes))
    told: Counter[str] = Counter()
    last_lines = {_find_kind(mistake): mistake.line for mistake in mistakes}
    lines: list[str] = []
    seen = 0
    for mistake in mistakes:
        if len(lines) >= _SHOWN:
            break
        kind = _find_kind(mistake)
        told[kind] += 1
        is_many = totals[kind] > _FEW_ALIKE
        if not is_many or told[kind] <= _SHOWN_ALIKE:
            lines.append(mistake.text(source))
            seen += 1
        if is_many and told[kind] == _SHOWN_ALIKE:
            more = totals[kind] - _SHOWN_ALIKE
            last = last_lines[kind]
            lines.append(f"{source}:{mistake.line}: and {more:,} more like it, to line {last}")
            seen += more
    return lines, len(mistakes) - seen


def _find_kind(mistake: CatalogMistake) -> str:
    """Return what mistakes have in common that are alike: their words, without numbers."""
    return re.sub(r"[0-9]+", "#", mistake.message)


def explain_unknown_name(name: str, folder: Path) -> CatalogError:
    """Say which catalogs are embedded, and how a file of one's own is named."""
    embedded = ", ".join(sorted(path.stem for path in folder.glob("*.toml")))
    shown = escape(name)
    hint = f"embedded: {embedded}; a file of your own is named by its path, such as ./{shown}.toml"
    if is_regular(name):
        hint = f"embedded: {embedded}; for the file {shown} in this folder write ./{shown}"
    return CatalogError.missing(f"no catalog named {name!r} is embedded", hint)


def explain_no_path(source: object) -> CatalogError:
    """Say what a catalog is named by, where something else was given."""
    what = f"{show_value(source)} is no name and no path of a catalog"
    return CatalogError.missing(what, 'give "ltp", or the path of a file such as "./cards.toml"')


def explain_unreadable_file(name: str, error: UnreadableFileError) -> CatalogError:
    """Say why a file is not read, and what stands near it."""
    path = Path(name)
    shown = repr(name) if error.reason.startswith("cannot be read") else escape(name)
    hint = error.hint or "check the path and its permissions"
    if error.is_missing:
        hint = _nearest_file(path)
    elif error.is_folder:
        hint = f"name a file in it: {_list_catalog_files(path) or 'it holds no .toml file yet'}"
    return CatalogError.missing(f"catalog file {shown} {error.reason}", hint)


def _nearest_file(path: Path) -> str:
    """Return the hint for a missing file: names in its folder that look like it."""
    folder = path.parent
    if not is_folder(folder):
        return f"there is no folder {folder} either; a relative path starts at {Path.cwd()}"
    if nearest := nearest_words(path.name, _names(folder), 3):
        return f"did you mean {' or '.join(str(folder / name) for name in nearest)}?"
    if listed := _list_catalog_files(folder):
        return f"catalog files there: {listed}"
    return f"there is no .toml file in {folder.resolve()}"


def _list_catalog_files(folder: Path) -> str:
    """Return the first few TOML files of a folder, with their paths."""
    files = [name for name in _names(folder) if name.lower().endswith(".toml")]
    return ", ".join(str(folder / name) for name in files[:5])


def _names(folder: Path) -> list[str]:
    """Return the names of the files in a folder; none where it may not be read."""
    try:
        return sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError:
        return []
