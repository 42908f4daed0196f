"""The names of secrets that the project's settings add, for a command that shows values."""

from __future__ import annotations

from pathlib import Path

from pytest_errcodes.active.context import check_names
from pytest_errcodes.catalog.settings.chosen_catalog import find_file_settings
from pytest_errcodes.text.secret_names import add_names


def use_secret_names() -> None:
    """Mask what the setting ``secrets`` names, as pytest would in the working directory.

    Raises:
        ErrcodesUsageError: One of them is no name (``secrets-setting``), or a file with settings
            cannot be read or holds a mistake.
    """
    found = find_file_settings(Path.cwd()).get("secrets")
    if found is not None and isinstance(found.value, tuple):
        add_names(check_names(found.value))
