"""Reading a catalog: the embedded one by its name, a user's own by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

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
    path, name = find_catalog(source)
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        from pytest_errcodes.catalog.absence import unreadable

        raise unreadable(name, error) from None
    return _load_unchanged(os.fspath(Path.cwd() / path), name, state.st_mtime_ns, state.st_size)


def find_catalog(source: str | os.PathLike[str]) -> tuple[Path, str]:
    """Return the file that ``source`` names, which may not be there, and what errors call it.

    Raises:
        CatalogError: No catalog of that name is embedded (``catalog-missing``).
    """
    name = os.fspath(source)
    if not isinstance(source, str) or is_path(name):
        return Path(name), name
    path = _EMBEDDED / f"{name}.toml"
    if not path.is_file():
        from pytest_errcodes.catalog.absence import not_embedded

        raise not_embedded(name, _EMBEDDED)
    return path, "embedded"


def parse_catalog(text: str | bytes, source: str = "catalog.toml") -> Catalog:
    """Return the catalog that ``text`` writes.

    Args:
        text: What a catalog file holds.
        source: The place that errors name, and the catalog's ``source``.

    Raises:
        CatalogError: What it holds is refused (``catalog-invalid``).
    """
    from pytest_errcodes.catalog.toml import read

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    document = read(data)
    name = Path(source).stem
    if document is not None:
        catalog, faults = build(document, source, name)
        if not faults:
            return catalog
    from pytest_errcodes.catalog.diagnosis import diagnose
    from pytest_errcodes.catalog.problems import CatalogError

    raise CatalogError.invalid(source, diagnose(data))


@lru_cache(maxsize=16)
def _load_unchanged(path: str, source: str, _mtime_ns: int, _size: int) -> Catalog:
    """Read a file; the state of the file is part of the cache's key."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        from pytest_errcodes.catalog.absence import unreadable

        raise unreadable(source, error) from None
    return parse_catalog(data, source)


def is_path(source: str) -> bool:
    """Whether a text is the path of a file, not the name of an embedded catalog."""
    separators = {"/", os.sep, os.altsep or os.sep}
    return source.lower().endswith(".toml") or any(mark in source for mark in separators)
