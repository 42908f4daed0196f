"""The file that a harvest is to be written to, checked before any test runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog

_SLUG = "harvest-file"


def check_harvest_file(
    name: str, folder: Path, documented: Catalog | None, *, may_replace: bool
) -> Path:
    """Return the path of the file.

    Args:
        name: The file, as its user wrote it.
        folder: Where a relative path starts.
        documented: The catalog in force; None for none that a setting names.
        may_replace: Whether a file that is there may be written over.

    Raises:
        ErrcodesUsageError: It cannot be written, or must not be (``harvest-file``).
    """
    option, path = f"--errcodes-harvest={name}", folder / name
    if path.suffix != ".toml" or path.is_dir():
        raise ErrcodesUsageError(
            _SLUG,
            f"{option} names no TOML file",
            "write --errcodes-harvest=draft.toml",
        )
    if not path.parent.is_dir():
        raise ErrcodesUsageError(
            _SLUG,
            f"{option}: there is no folder {show_value(str(Path(name).parent))}",
            "make it, or name another",
        )
    if documented is not None and _is_same(path, Path(documented.source)):
        raise ErrcodesUsageError(
            _SLUG,
            f"{option} is the catalog in force, of which a draft has only what it lacks",
            "name another file, such as missing.toml, and move its codes to the catalog",
        )
    if path.exists() and not may_replace:
        raise ErrcodesUsageError(
            _SLUG,
            f"{option} is there already",
            "name another file, or let it be written over with --errcodes-harvest-force",
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ErrcodesUsageError(
            _SLUG, f"{option} cannot be written", "check the permissions, or name another file"
        )
    return path


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
