"""Putting settings into a project's file: lines are added, and all others stay as they are."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.catalog.files.loading import is_path
from pytest_errcodes.catalog.settings.own_table import find_own_settings
from pytest_errcodes.catalog.settings.pytest_file import find_pytest_root
from pytest_errcodes.catalog.settings.setting import OWN_TABLE, PROJECT_FILE, show_path
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.json_writing import write_toml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.catalog.settings.setting import Setting

_OWN_HEADER = re.compile(
    r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*errcodes[ \t]*\][^\n]*\n?", re.MULTILINE
)


class SettingEdit(NamedTuple):
    """A file with settings added.

    Attributes:
        file: The file.
        text: All that it is to hold; None where it sets all of it already.
        lines: What is added, for people.
    """

    file: Path
    text: str | None
    lines: tuple[str, ...]


def edit_settings(folder: Path, values: Mapping[str, str]) -> SettingEdit:
    """Return the file of a project that is to hold settings, with them in it; nothing is written.

    They go to ``[tool.errcodes]`` in ``pyproject.toml``, or where the project has none, to the file
    that pytest takes; where it has neither, to a new ``pytest.ini``.

    Args:
        folder: Where the command was started.
        values: What to set, by name; the catalog by its full path.

    Raises:
        ErrcodesUsageError: One of them is set already to something else (``setting-taken``), or the
            file cannot be read or added to (``settings-file``).
    """
    root = find_pytest_root(folder)
    present = {**root.settings, **find_own_settings(root.folder)}
    missing = {name: value for name, value in values.items() if not _is_set(present, name, value)}
    project = root.folder / PROJECT_FILE
    if not missing:
        return SettingEdit(next(iter(present.values())).file or project, None, ())
    if project.is_file():
        return _edit_toml(project, _from(project, missing))
    file = root.file or root.folder / "pytest.ini"
    return _edit_ini(file, _from(file, missing))


def _is_set(present: Mapping[str, Setting], name: str, value: str) -> bool:
    """Return whether a value is set; another one in its place is a mistake."""
    setting = present.get(name)
    if setting is None or setting.file is None:
        return False
    said = str(setting.value)
    if name == "catalog" and is_path(said):
        said = os.path.realpath(setting.folder / said)
    if said in (value, os.path.realpath(value)):
        return True
    raise ErrcodesUsageError(
        "setting-taken",
        f"{setting}: {name} is set already, and init would set {_show(value)}",
        "take that line out, or give what it says",
    )


def _show(value: str) -> str:
    return show_path(Path(value)) if os.path.isabs(value) else value  # noqa: PTH117  # a text, mostly no path


def _from(file: Path, values: Mapping[str, str]) -> dict[str, str]:
    """Return values as a file is to hold them: the path of the catalog from its folder on."""
    found = dict(values)
    if "catalog" in found:
        found["catalog"] = Path(os.path.relpath(found["catalog"], file.parent)).as_posix()
    return found


def _edit_toml(file: Path, values: Mapping[str, str]) -> SettingEdit:
    text, line_end = _read(file)
    lines = [f"{name} = {write_toml_text(value)}" for name, value in values.items()]
    block = "".join(f"{line}{line_end}" for line in lines)
    header = f"[{OWN_TABLE}]"
    found = _OWN_HEADER.search(text)
    if found is not None:
        start = found[0] if found[0].endswith("\n") else f"{found[0]}{line_end}"
        edited = text[: found.start()] + start + block + text[found.end() :]
    else:
        edited = _with_line_end(text, line_end) + (line_end if text.strip() else "")
        edited += f"{header}{line_end}{block}"
    _check_toml(file, text, edited, values)
    return SettingEdit(file, edited, tuple(f"{header} {line}" for line in lines))


def _check_toml(file: Path, text: str, edited: str, values: Mapping[str, str]) -> None:
    """Refuse an edit that would do anything but add the values, whatever form the file has."""
    import tomllib

    before, after = tomllib.loads(text.removeprefix("\ufeff")), None
    with suppress(tomllib.TOMLDecodeError):
        after = tomllib.loads(edited.removeprefix("\ufeff"))
    tools = before.setdefault("tool", {})
    if isinstance(tools, dict) and isinstance(tools.setdefault("errcodes", {}), dict):
        tools["errcodes"] |= values
    if before != after:
        said = ", ".join(f"{name} = {write_toml_text(value)}" for name, value in values.items())
        raise ErrcodesUsageError(
            "settings-file",
            f"{show_path(file)} has [{OWN_TABLE}] in a form that nothing can be added to",
            f"write there yourself: {said}",
        )


def _edit_ini(file: Path, values: Mapping[str, str]) -> SettingEdit:
    """Return an ini file of pytest's, or a ``pytest.toml``, with the values in it."""
    text, line_end = _read(file) if file.is_file() else ("", "\n")
    is_toml = file.suffix == ".toml"
    written = {name: write_toml_text(value) if is_toml else value for name, value in values.items()}
    lines = [f"errcodes_{name} = {value}" for name, value in written.items()]
    block = "".join(f"{line}{line_end}" for line in lines)
    section = "tool:pytest" if file.suffix == ".cfg" else "pytest"
    header = re.compile(rf"^\[{section}\][^\n]*\n?", re.MULTILINE)
    found = header.search(text)
    if found is not None:
        start = _with_line_end(found[0], line_end)
        edited = text[: found.start()] + start + block + text[found.end() :]
    else:
        edited = f"{_with_line_end(text, line_end)}[{section}]{line_end}{block}"
    return SettingEdit(file, edited, tuple(f"[{section}] {line}" for line in lines))


def _read(file: Path) -> tuple[str, str]:
    """Return the text of a file as it is, and how its lines end."""
    try:
        text = read_file(file).decode()
    except (UnreadableFileError, UnicodeDecodeError) as error:
        raise ErrcodesUsageError(
            "settings-file", f"{show_path(file)} cannot be read: {error}", "it must be UTF-8"
        ) from None
    return text, "\r\n" if "\r\n" in text else "\n"


def _with_line_end(text: str, line_end: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}{line_end}"
