"""Reading ``[tool.errcodes]``: of the nearest ``pyproject.toml`` that has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.settings.setting import (
    DEFAULTS,
    OWN_TABLE,
    PROJECT_FILE,
    Setting,
    Value,
    find_line,
    show_path,
    write_setting,
)
from pytest_errcodes.disk.file_reading import UnreadableFileError, read_file
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

# Most projects name us as a dependency alone. Only where the name stands by itself is the file
# parsed, for which a library has to be loaded while pytest starts.
_FORMS = {
    bool: ("true or false", "true"),
    str: ("a text", '"…"'),
    tuple: ("a list of texts", '["…"]'),
}
_NAMED = re.compile(rb"(?<![\w-])errcodes(?![\w-])")


def find_own_settings(folder: Path) -> dict[str, Setting]:
    """Return what the nearest ``[tool.errcodes]`` sets, in a folder or above it, by name.

    Raises:
        ErrcodesUsageError: The file is no TOML (``settings-file``); the table has a setting that
            there is not (``unknown-setting``), or one of another type (``setting-type``).
    """
    for each in (folder, *folder.parents):
        file = each / PROJECT_FILE
        try:
            data = read_file(file)
        except UnreadableFileError:  # there is none, or nobody may read it: pytest would not either
            continue
        table = _read_table(file, data) if _NAMED.search(data) else None
        if table is not None:
            return {name: _check(file, name, value) for name, value in table.items() if value != ""}
    return {}


def _read_table(file: Path, data: bytes) -> dict[str, Any] | None:
    """Return the table of a file; None if it has none."""
    import tomllib

    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise ErrcodesUsageError(
            "settings-file",
            f"{show_path(file)} cannot be read for [{OWN_TABLE}]: {error}",
            "it must be TOML in UTF-8",
        ) from None
    tools = document.get("tool", {})
    table = tools.get("errcodes") if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ErrcodesUsageError(
        "setting-type", f"{show_path(file)}: {OWN_TABLE} is no table", f"write [{OWN_TABLE}]"
    )


def _check(file: Path, name: str, value: object) -> Setting:
    """Return a setting of the table."""
    if name not in DEFAULTS:
        raise _refuse_unknown(file, name)
    usual = DEFAULTS[name]
    if isinstance(value, bool) and isinstance(usual, bool):
        return _make(file, name, value)
    if isinstance(value, str) and isinstance(usual, str):
        return _make(file, name, value)
    if isinstance(usual, tuple) and isinstance(value, list):
        names = tuple(one for one in value if isinstance(one, str))
        if len(names) == len(value):
            return _make(file, name, names)
    from pytest_errcodes.catalog.files.field_mistakes import noun

    wanted, example = _FORMS[type(usual)]
    raise ErrcodesUsageError(
        "setting-type",
        f"{_locate(file, name)}: {name} is {noun(value)}, and must be {wanted}",
        f"write {name} = {example}",
    )


def _make(file: Path, name: str, value: Value) -> Setting:  # a setting's value
    return Setting(name, value, file, write_setting(name, value, is_own=True), file.parent)


def _refuse_unknown(file: Path, name: str) -> ErrcodesUsageError:
    from pytest_errcodes.text.nearest import nearest_words

    near = nearest_words(name.removeprefix("errcodes_"), DEFAULTS)
    return ErrcodesUsageError(
        "unknown-setting",
        f"{_locate(file, name)} has an unknown setting {name!r}",
        f"did you mean {near[0]}?" if near else f"known here: {', '.join(DEFAULTS)}",
    )


def _locate(file: Path, name: str) -> str:
    line = find_line(file, name, is_own=True)
    return f"{show_path(file)}{f':{line}' if line else ''}: [{OWN_TABLE}]"
