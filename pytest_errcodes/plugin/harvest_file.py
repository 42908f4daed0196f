"""The file that a harvest is to be written to, checked before any test runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_reading import is_folder, is_there
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog


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
    path = folder / name
    mistake = _find_mistake(path, name, documented, may_replace=may_replace)
    if mistake is not None:
        message, hint = mistake
        raise ErrcodesUsageError("harvest-file", f"--errcodes-harvest={name}{message}", hint)
    return path


def _find_mistake(
    path: Path, name: str, documented: Catalog | None, *, may_replace: bool
) -> tuple[str, str] | None:
    """Return what speaks against a file, to stand behind its name, and what to do about it."""
    if path.suffix != ".toml" or is_folder(path):
        return " names no TOML file", "write --errcodes-harvest=draft.toml"
    if not is_folder(path.parent):
        return (
            f": there is no folder {show_value(str(Path(name).parent))}",
            "make it, or name another",
        )
    if documented is not None and _is_same(path, Path(documented.source)):
        return (
            " is the catalog in force, of which a draft has only what it lacks",
            "name another file, such as missing.toml, and move its codes to the catalog",
        )
    if is_there(path) and not may_replace:
        hint = "name another file, or let it be written over with --errcodes-harvest-force"
        return " is there already", hint
    if not _may_be_written(path):
        return " cannot be written", "check the permissions, or name another file"
    return None


def _may_be_written(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return os.access(path.parent, os.W_OK)
    except (OSError, ValueError):  # a name that no file can have
        return False
    return os.access(path, os.W_OK)


def _is_same(one: Path, other: Path) -> bool:
    return is_there(one) and is_there(other) and one.samefile(other)
