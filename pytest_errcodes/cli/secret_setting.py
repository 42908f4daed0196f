"""The names of secrets that the project's pytest settings add, for a command that shows values."""

from __future__ import annotations

import shlex
import tomllib
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from typing import Any

from pytest_errcodes.active.context import check_names
from pytest_errcodes.text.secret_names import SETTING, add_names

#: The files in which pytest looks for its settings, each with the section that has them.
_FILES = (
    ("pytest.toml", "pytest"),
    (".pytest.toml", "pytest"),
    ("pytest.ini", "pytest"),
    (".pytest.ini", "pytest"),
    ("pyproject.toml", "tool.pytest.ini_options"),
    ("tox.ini", "pytest"),
    ("setup.cfg", "tool:pytest"),
)


def use_secret_names() -> None:
    """Mask what ``errcodes_secrets`` names, as pytest would in the working directory.

    Raises:
        ErrcodesUsageError: One of them is no name (``secrets-setting``).
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name, section in _FILES:
            names = _read(folder / name, section)
            if names is not None:
                add_names(check_names(names))
                return


def _read(path: Path, section: str) -> list[str] | None:
    """Return the names in one file; None where it says nothing of them, or cannot be read."""
    try:
        text = path.read_text("utf-8") if path.is_file() else ""
        if not text or SETTING not in text:
            return None
        value = _read_toml(text, section) if path.suffix == ".toml" else _read_ini(text, section)
    except (OSError, ValueError, ConfigError):
        return None
    if isinstance(value, str):
        return shlex.split(value)
    return list(map(str, value)) if isinstance(value, list) else None


def _read_toml(text: str, section: str) -> Any:
    table: Any = tomllib.loads(text)
    for step in section.split("."):
        table = table.get(step, {})
    return table.get(SETTING)


def _read_ini(text: str, section: str) -> str | None:
    parser = ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser.get(section, SETTING, fallback=None)
