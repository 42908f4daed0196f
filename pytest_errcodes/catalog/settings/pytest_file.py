"""What pytest's own file sets, for the command: found and read as pytest does it.

A run of pytest asks pytest itself; the command cannot without starting one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.catalog.settings.setting import (
    DEFAULTS,
    PROJECT_FILE,
    Setting,
    Value,
    show_path,
    write_setting,
)
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

#: The names of pytest's files, in the order in which it looks for them; its release 9 brought the
#: two that end in ``.toml``.
_NAMES = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", PROJECT_FILE, "tox.ini",
          "setup.cfg")  # fmt: skip
_COUNTS_EMPTY = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini")
_TRUE = ("true", "1", "yes", "on", "y", "t")


class PytestRoot(NamedTuple):
    """Where pytest would run from.

    Attributes:
        folder: Its root folder.
        file: The file that it would take; None for none.
        settings: What that file sets for us, by name.
    """

    folder: Path
    file: Path | None
    settings: dict[str, Setting]


def find_pytest_root(folder: Path) -> PytestRoot:
    """Return what pytest would take as its root and its file, were it started in a folder.

    Raises:
        ErrcodesUsageError: A file that pytest would read cannot be read (``settings-file``).
    """
    folders = (folder, *folder.parents)
    for each in folders:
        for file in (each / name for name in _NAMES):
            table = _read_table(file) if file.is_file() else None
            if table is not None:
                return PytestRoot(each, file, _pick(file, table))
    for name in (PROJECT_FILE, "setup.py"):
        for each in folders:
            if (each / name).is_file():
                return PytestRoot(each, None, {})
    return PytestRoot(folder, None, {})


def _pick(file: Path, table: dict[str, object]) -> dict[str, Setting]:
    """Return what a table of pytest's sets for us."""
    found = {}
    for name, usual in DEFAULTS.items():
        value = table.get(f"errcodes_{name}", "")
        if value in ("", []):
            continue
        kept = _keep(value, usual)
        written = write_setting(name, kept, is_own=False)
        found[name] = Setting(name, kept, file, written, file.parent)
    return found


def _keep(value: object, usual: Value) -> Value:
    """Return a value as pytest would, of the type that it is to have."""
    if isinstance(usual, bool):
        return str(value).lower() in _TRUE
    if isinstance(usual, tuple):
        import shlex

        return tuple(map(str, value) if isinstance(value, list) else shlex.split(str(value)))
    return str(value)


def _read_table(file: Path) -> dict[str, object] | None:
    """Return what a file holds for pytest; None if pytest would go on and look for another."""
    try:
        table = _read_toml(file) if file.suffix == ".toml" else _read_ini(file)
    except (OSError, UnreadableFileError, ValueError) as error:
        raise ErrcodesUsageError(
            "settings-file",
            f"{show_path(file)} cannot be read: {error}",
            "pytest could not read it either",
        ) from None
    return {} if table is None and file.name in _COUNTS_EMPTY else table


def _read_toml(file: Path) -> dict[str, object] | None:
    import tomllib

    document = tomllib.loads(read_file(file).decode())
    if file.name != PROJECT_FILE:
        return document.get("pytest")
    table: dict[str, Any] | None = document.get("tool", {}).get("pytest")
    if table is None:
        return None
    own = {name: value for name, value in table.items() if name != "ini_options"}
    of_pytest: dict[str, object] | None = table.get("ini_options", own or None)
    return of_pytest


def _read_ini(file: Path) -> dict[str, object] | None:
    import iniconfig  # pytest needs it, and reads its own files with it

    try:
        found = iniconfig.IniConfig(str(file))
    except iniconfig.ParseError as error:
        raise ValueError(error) from None
    section = "tool:pytest" if file.suffix == ".cfg" else "pytest"
    return dict(found[section].items()) if section in found.sections else None
