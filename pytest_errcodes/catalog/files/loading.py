"""Reading a catalog: the embedded one by its name, a user's own by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.catalog.files.catalog_building import build
from pytest_errcodes.catalog.files.field_mistakes import noun
from pytest_errcodes.catalog.files.toml_reading import read
from pytest_errcodes.disk.file_reading import UnreadableFileError, find_state, is_regular, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError

_EMBEDDED = Path(__file__).parents[1] / "data"
_EXTENDS = 'write extends = "ltp", or the path of a file'


def load_catalog(source: str | os.PathLike[str] = "ltp") -> Catalog:
    """Return the catalog that ``source`` names; a file is read again once it has changed.

    Args:
        source: Name of an embedded catalog, or the path of a file. A text is a path if it ends
            in ``.toml`` or holds a separator of folders.

    Raises:
        CatalogError: There is no such catalog, or it cannot be read (``catalog-missing``); or
            what it holds, or what it extends, is refused (``catalog-invalid``).
    """
    return _load(source)


def find_catalog(source: str | os.PathLike[str]) -> tuple[Path, str]:
    """Return the file that ``source`` names, which may not be there, and what errors call it.

    Raises:
        CatalogError: No catalog of that name is embedded (``catalog-missing``).
    """
    try:
        name = os.fspath(source)
    except Exception:  # noqa: BLE001  # the __fspath__ of a foreign object may raise anything
        name = None
    if type(name) is not str:
        from pytest_errcodes.catalog.files.catalog_mistakes import explain_no_path

        raise explain_no_path(source)
    if not isinstance(source, str) or is_path(name):
        return Path(name), name
    embedded = _EMBEDDED / f"{name}.toml"
    if not is_regular(embedded):
        from pytest_errcodes.catalog.files.catalog_mistakes import explain_unknown_name

        raise explain_unknown_name(name, _EMBEDDED)
    return embedded, "embedded"


def parse_catalog(text: str | bytes, source: str = "catalog.toml") -> Catalog:
    """Return the catalog that ``text`` writes.

    Args:
        text: What a catalog file holds.
        source: The place that errors name, and the catalog's ``source``; the path of a catalog
            that it extends starts in its folder.

    Raises:
        CatalogError: What it holds is refused (``catalog-invalid``).
        ErrcodesUsageError: It is neither text nor bytes (``argument-type``).
    """
    __tracebackhide__ = True
    from pytest_errcodes.catalog.foreign_arguments import take_text

    source = take_text("parse_catalog(source=...)", source, "pass the name that errors tell")
    if type(text) is not bytes:
        hint = "pass what a catalog file holds, as text or bytes"
        text = take_text("parse_catalog(...)", text, hint).encode("utf-8", "surrogatepass")
    data = text
    document = read(data)
    if document is None or "extends" not in document:
        return _build(data, document, source, None)
    return _build(data, document, source, _base(data, document["extends"], source, ()))


def _load(asked: str | os.PathLike[str], extended_by: tuple[str, ...] = ()) -> Catalog:
    """Return a catalog by name or path; ``extended_by`` has what extends it, the first first."""
    path, source = find_catalog(asked)
    absolute = os.fspath(Path.cwd() / path)
    try:
        state = find_state(path)
        loaded = _load_unchanged(absolute, source, state.st_mtime_ns, state.st_size)
    except UnreadableFileError as error:
        from pytest_errcodes.catalog.files.catalog_mistakes import explain_unreadable_file

        raise explain_unreadable_file(source, error) from None
    if isinstance(loaded, _Extending):
        base = _base(loaded.data, loaded.extends, source, extended_by)
        return _extend(loaded.data, source, base)
    return loaded


class _Extending(Facts):
    """The content of a file that extends another catalog, which may change on its own."""

    data: bytes
    extends: object


@lru_cache(maxsize=16)
def _load_unchanged(path: str, source: str, _mtime_ns: int, _size: int) -> Catalog | _Extending:
    """Read a file; the state of the file is part of the cache's key."""
    data = read_file(path)
    document = read(data)
    if document is not None and "extends" in document:
        return _Extending(data, document["extends"])
    return _build(data, document, source, None)


@lru_cache(maxsize=16)
def _extend(data: bytes, source: str, base: Catalog) -> Catalog:
    """Return the catalog of a file that extends ``base``."""
    return _build(data, read(data), source, base)


def _base(data: bytes, extends: object, source: str, extended_by: tuple[str, ...]) -> Catalog:
    """Return the catalog that a file extends.

    Raises:
        CatalogError: There is none, it is refused itself, or it extends the file in turn.
    """
    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError

    chain = (*extended_by, source)
    if not isinstance(extends, str):
        raise _cannot_extend(data, source, f"is {noun(extends)}, and must be a text", _EXTENDS)
    base = Path(source).parent / extends if is_path(extends) else extends
    if isinstance(base, Path) and _is_one_of(base, chain):
        links = " extends ".join((*chain, str(base)))
        raise _cannot_extend(data, source, f"is a cycle: {links}", "let one of them extend none")
    try:
        return _load(base, chain)
    except CatalogError as error:
        if error.mistakes:  # each mistake names its own file and line
            raise
        raise _cannot_extend(data, source, error.message, error.hint) from None


def _is_one_of(path: Path, others: Iterable[str]) -> bool:
    """Return whether a path leads to the same place as one of some others."""
    try:
        return os.path.realpath(path) in map(os.path.realpath, others)
    except ValueError:  # a character that no path may hold, which is told when it is opened
        return False


def _cannot_extend(data: bytes, source: str, message: str, hint: str) -> CatalogError:
    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError
    from pytest_errcodes.catalog.files.diagnosis import mistake_at

    return CatalogError.invalid(source, [mistake_at(data, ("extends",), message, hint)])


def _build(
    data: bytes, document: dict[str, Any] | None, source: str, base: Catalog | None
) -> Catalog:
    """Return the catalog of a file, or raise all that is wrong with it."""
    if document is not None:
        catalog, mistakes = build(document, source, Path(source).stem, base)
        if not mistakes:
            return catalog
    from pytest_errcodes.catalog.files.catalog_mistakes import CatalogError
    from pytest_errcodes.catalog.files.diagnosis import diagnose

    raise CatalogError.invalid(source, diagnose(data, base))


def is_embedded(source: str) -> bool:
    """Whether a text is the name of an embedded catalog."""
    return not is_path(source) and is_regular(_EMBEDDED / f"{source}.toml")


def is_path(source: str) -> bool:
    """Whether a text is the path of a file, not the name of an embedded catalog."""
    separators = {"/", os.sep, os.altsep or os.sep}
    return source.lower().endswith(".toml") or any(mark in source for mark in separators)
