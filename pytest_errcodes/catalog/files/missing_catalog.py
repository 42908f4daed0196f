"""What to say of a catalog that is not there, or cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError
from pytest_errcodes.disk.file_reading import is_folder, is_regular
from pytest_errcodes.text.nearest import nearest_words
from pytest_errcodes.text.wording import escape, show_value

if TYPE_CHECKING:
    from pytest_errcodes.disk.file_reading import UnreadableFileError


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
