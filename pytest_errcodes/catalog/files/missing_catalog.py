"""What to say of a catalog that is not there, or cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError
from pytest_errcodes.text.nearest import nearest_words


def explain_unknown_name(name: str, folder: Path) -> CatalogError:
    """Say which catalogs are embedded, and how a file of one's own is named."""
    embedded = ", ".join(sorted(path.stem for path in folder.glob("*.toml")))
    hint = f"embedded: {embedded}; a file of your own is named by its path, such as ./{name}.toml"
    if os.path.isfile(name):  # noqa: PTH113  # Path's raises for a name that is too long
        hint = f"embedded: {embedded}; for the file {name} in this folder write ./{name}"
    return CatalogError.missing(f"no catalog named {name!r} is embedded", hint)


def explain_unreadable_file(name: str, error: OSError | ValueError) -> CatalogError:
    """Say why a file cannot be read, and what stands near it."""
    path = Path(name)
    if isinstance(error, FileNotFoundError):
        return CatalogError.missing(f"catalog file {name} does not exist", _nearest_file(path))
    # Opening a folder fails with a telling error on some systems only, and Path.is_dir raises for
    # a name that is too long.
    if os.path.isdir(name):  # noqa: PTH112  # see above
        hint = f"name a file in it: {_list_catalog_files(path) or 'it holds no .toml file yet'}"
        return CatalogError.missing(f"catalog file {name} is a folder", hint)
    reason = "its name holds a character that no path may hold"
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
    message = f"catalog file {name!r} cannot be read: {reason}"
    return CatalogError.missing(message, "check the path and its permissions")


def _nearest_file(path: Path) -> str:
    """Return the hint for a missing file: names in its folder that look like it."""
    folder = path.parent
    if not folder.is_dir():
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
