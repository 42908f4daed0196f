"""Reading a catalog: the embedded one by its name, a user's own by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.problems import CatalogError
from pytest_errcodes.catalog.validation import build

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog

_EMBEDDED = Path(__file__).parent / "data"


def load_catalog(source: str | os.PathLike[str] = "ltp") -> Catalog:
    """Return the catalog that ``source`` names; a file is read again once it has changed.

    Args:
        source: Name of an embedded catalog, or the path of a file. A text is a path if it ends
            in ``.toml`` or holds a separator of folders.

    Raises:
        CatalogError: There is no such catalog, or it cannot be read (``catalog-missing``); or
            what it holds is refused (``catalog-invalid``).
    """
    name = os.fspath(source)
    if isinstance(source, str) and not _is_path(name):
        path = _EMBEDDED / f"{name}.toml"
        if not path.is_file():
            raise _no_such_name(name)
        return _load_unchanged(os.fspath(path), "embedded", 0, 0)
    try:
        state = Path(name).stat()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    return _load_unchanged(os.fspath(Path.cwd() / name), name, state.st_mtime_ns, state.st_size)


def parse_catalog(text: str | bytes, source: str = "catalog.toml") -> Catalog:
    """Return the catalog that ``text`` writes.

    Args:
        text: What a catalog file holds.
        source: The place that errors name, and the catalog's ``source``.

    Raises:
        CatalogError: What it holds is refused (``catalog-invalid``).
    """
    from pytest_errcodes.catalog.toml import read

    data = text.encode() if isinstance(text, str) else text
    document = read(data)
    name = Path(source).stem
    if document is not None:
        catalog, faults = build(document, source, name)
        if not faults:
            return catalog
    from pytest_errcodes.catalog.diagnosis import diagnose

    raise CatalogError.invalid(source, diagnose(data))


@lru_cache(maxsize=16)
def _load_unchanged(path: str, source: str, _mtime_ns: int, _size: int) -> Catalog:
    """Read a file; the state of the file is part of the cache's key."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _unreadable(source, error) from None
    return parse_catalog(data, source)


def _is_path(source: str) -> bool:
    """Whether a text is the path of a file, not the name of an embedded catalog."""
    separators = {"/", os.sep, os.altsep or os.sep}
    return source.lower().endswith(".toml") or any(mark in source for mark in separators)


def _no_such_name(name: str) -> CatalogError:
    """Say which catalogs are embedded, and how a file of one's own is named."""
    embedded = ", ".join(sorted(path.stem for path in _EMBEDDED.glob("*.toml")))
    hint = f"embedded: {embedded}; a file of your own is named by its path, such as ./{name}.toml"
    if name and Path(name).is_file():
        hint = f"embedded: {embedded}; for the file {name} in this folder write ./{name}"
    return CatalogError.missing(f"no catalog named {name!r} is embedded", hint)


def _unreadable(name: str, error: OSError | ValueError) -> CatalogError:
    """Say why a file cannot be read, and what stands near it."""
    path = Path(name)
    if isinstance(error, FileNotFoundError):
        return CatalogError.missing(f"catalog file {name} does not exist", _nearest_file(path))
    if path.is_dir():  # which opening it says on some systems only
        hint = f"name a file in it: {_listed(path) or 'it holds no .toml file yet'}"
        return CatalogError.missing(f"catalog file {name} is a folder", hint)
    reason = error.strerror if isinstance(error, OSError) else None
    message = f"catalog file {name!r} cannot be read: {reason or error}"
    return CatalogError.missing(message, "check the path and its permissions")


def _nearest_file(path: Path) -> str:
    """Return the hint for a missing file: names in its folder that look like it."""
    from pytest_errcodes.catalog.suggest import nearest_words

    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder} either; a relative path starts at {Path.cwd()}"
    try:
        names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError:
        names = []
    if nearest := nearest_words(path.name, names, 3):
        return f"did you mean {' or '.join(str(folder / name) for name in nearest)}?"
    if listed := _listed(folder):
        return f"catalog files there: {listed}"
    return f"there is no .toml file in {folder.resolve()}"


def _listed(folder: Path) -> str:
    """Return the first few TOML files of a folder, with their paths."""
    try:
        return ", ".join(str(path) for path in sorted(folder.glob("*.toml"))[:5])
    except OSError:
        return ""
