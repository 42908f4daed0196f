"""What may be set, and one value that somebody set: what it is, and where it stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | bool | tuple[str, ...]

#: What may be set, with the value where nobody sets it. In pytest's files each has ``errcodes_`` in
#: front; in ``[tool.errcodes]`` it stands as it is.
DEFAULTS: Mapping[str, Value] = {
    "catalog": "ltp",
    "base_url": "",
    "message": "template",
    "secrets": (),
    "share_tls": True,
}
VARIABLE = "ERRCODES_CATALOG"
PROJECT_FILE = "pyproject.toml"
OWN_TABLE = "tool.errcodes"


class Setting:
    """One value that is set.

    Attributes:
        name: What is set: ``catalog``.
        value: The value.
        file: The file in which it stands; None for the environment and the command line.
        written: How its user wrote it: ``errcodes_catalog = shop.toml``.
        folder: Where a relative path starts.
    """

    def __init__(
        self, name: str, value: Value, file: Path | None, written: str, folder: Path
    ) -> None:
        self.name = name
        self.value = value
        self.file = file
        self.written = written
        self.folder = folder

    @property
    def place(self) -> str:
        """The file and the line in which it stands, as far as there are any: ``tox.ini:3``."""
        if self.file is None:
            return ""
        line = find_line(self.file, self.name, is_own=self.written.startswith(f"[{OWN_TABLE}]"))
        return f"{show_path(self.file)}{f':{line}' if line else ''}"

    def __str__(self) -> str:
        place = self.place
        return f"{place}: {self.written}" if place else self.written


def write_setting(name: str, value: object, *, is_own: bool) -> str:
    """Return a setting as its user wrote it, in our own table or in pytest's.

    Args:
        name: What is set.
        value: The value.
        is_own: Whether it stands in ``[tool.errcodes]``.
    """
    if not is_own:
        shown = " ".join(value) if isinstance(value, tuple) else value
        shown = str(value).lower() if isinstance(value, bool) else shown
        return f"errcodes_{name} = {shown}"
    from pytest_errcodes.text.json_writing import write_json

    return f"[{OWN_TABLE}] {name} = {write_json(value)}"


def choose_catalog(files: Mapping[str, Setting], folder: Path) -> Setting | None:
    """Return the setting that names the catalog where no option does; None where none does.

    Args:
        files: What files set.
        folder: Where a relative path of the environment starts.
    """
    named = os.environ.get(VARIABLE, "")
    if named:
        return Setting("catalog", named, None, f"{VARIABLE}={named}", folder)
    return files.get("catalog")


def find_line(file: Path, name: str, *, is_own: bool) -> int | None:
    """Return the line of a file on which a setting stands; None where it cannot be told.

    Args:
        file: The file.
        name: What is set.
        is_own: Whether it stands in ``[tool.errcodes]``, and not in a table of pytest's.
    """
    from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file

    try:
        text = read_file(file).decode("utf-8-sig")
    except (UnreadableFileError, UnicodeDecodeError):
        return None
    if file.suffix != ".toml":
        lines = enumerate(text.splitlines(), 1)
        key = f"errcodes_{name}"
        starts = ((at, line.replace(":", "=").partition("=")[0].strip()) for at, line in lines)
        return next((at for at, start in starts if start == key), None)
    from pytest_errcodes.catalog.files.toml_outline import Outline

    outline = Outline(text)
    key = f"errcodes_{name}"
    paths = [("tool", "pytest", "ini_options", key), ("tool", "pytest", key), ("pytest", key)]
    if is_own:
        paths = [(*OWN_TABLE.split("."), name)]
    return next((outline.line(path) for path in paths if outline.holds(path)), None)


def show_path(path: Path) -> str:
    """Return a path as a person in the current folder would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:  # it is not below
        return os.fspath(path)
