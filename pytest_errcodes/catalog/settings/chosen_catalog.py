"""Which catalog is in force: an option goes before the environment, and that before files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.settings.own_table import find_own_settings
from pytest_errcodes.catalog.settings.setting import Setting, choose_catalog, show_path
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def join_settings(
    own: Mapping[str, Setting], of_pytest: Mapping[str, Setting]
) -> dict[str, Setting]:
    """Return what files set, by name.

    Args:
        own: What ``[tool.errcodes]`` sets.
        of_pytest: What pytest's file sets.

    Raises:
        ErrcodesUsageError: Both set one thing, and differently (``two-settings``).
    """
    for name in own.keys() & of_pytest.keys():
        one, other = own[name], of_pytest[name]
        if _mean(one) != _mean(other):
            raise ErrcodesUsageError(
                "two-settings",
                f"two files set {name}, and differently\n  {one}\n  {other}",
                "keep one of the two",
            )
    return {**of_pytest, **own}


def find_file_settings(folder: Path) -> dict[str, Setting]:
    """Return what files set for a command started in a folder, by name.

    Raises:
        ErrcodesUsageError: A file cannot be read, or holds a mistake.
    """
    from pytest_errcodes.catalog.settings.pytest_file import find_pytest_root

    root = find_pytest_root(folder)
    return join_settings(find_own_settings(root.folder), root.settings)


def find_catalog_setting(folder: Path) -> Setting | None:
    """Return the setting that names the catalog for a command started in a folder.

    Raises:
        ErrcodesUsageError: A file cannot be read, or holds a mistake.
    """
    return choose_catalog(find_file_settings(folder), folder)


def show_source(setting: Setting) -> str:
    """Return what a setting names, as one in the current folder would write it."""
    from pytest_errcodes.catalog.files.loading import is_path

    source = str(setting.value)
    if not is_path(source):
        return source
    shown = show_path(Path(os.path.normpath(setting.folder / source)))
    return shown if is_path(shown) else os.path.join(".", shown)  # noqa: PTH118  # Path drops the dot


def _mean(setting: Setting) -> object:
    """Return what a setting comes to: equal paths may be written differently."""
    from pytest_errcodes.catalog.files.loading import is_path

    if setting.name == "catalog" and is_path(str(setting.value)):
        return os.path.realpath(setting.folder / str(setting.value))
    return setting.value
