"""Settings that are put into a project's file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.starting.setting_edit import edit_settings

if TYPE_CHECKING:
    from pathlib import Path


def edited(folder: Path, name: str, text: str, **values: str) -> str | None:
    """Return what a file of a project holds once the catalog is set in it."""
    (folder / name).write_bytes(text.encode())
    edit = edit_settings(folder, {"catalog": os.fspath(folder / "shop.toml"), **values})
    assert edit.file == folder / name
    return edit.text


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param(
            "pyproject.toml",
            "# top\r\n[project]\r\nname = 'x'",
            "# top\r\n[project]\r\nname = 'x'\r\n\r\n"
            '[tool.errcodes]\r\ncatalog = "shop.toml"\r\n',
            id="line ends of Windows",
        ),
        pytest.param(
            "pyproject.toml",
            "[tool.errcodes] # ours\nmessage = 'warn'  # soft\n\n[tool.x]\n",
            '[tool.errcodes] # ours\ncatalog = "shop.toml"\n'
            "message = 'warn'  # soft\n\n"
            "[tool.x]\n"
            "",
            id="a table that is there",
        ),
        pytest.param("pyproject.toml", "", '[tool.errcodes]\ncatalog = "shop.toml"\n', id="empty"),
        pytest.param(
            "pytest.ini",
            "; ours\n[pytest]\naddopts = -q\n",
            "; ours\n[pytest]\nerrcodes_catalog = shop.toml\naddopts = -q\n",
            id="pytest.ini",
        ),
        pytest.param(
            "pytest.ini", "", "[pytest]\nerrcodes_catalog = shop.toml\n", id="an empty pytest.ini"
        ),
        pytest.param(
            "setup.cfg",
            "[metadata]\n[tool:pytest]",
            "[metadata]\n[tool:pytest]\nerrcodes_catalog = shop.toml\n",
            id="setup.cfg",
        ),
        pytest.param(
            "tox.ini",
            "[tox]\n[pytest]\n[other]\n",
            "[tox]\n[pytest]\nerrcodes_catalog = shop.toml\n[other]\n",
            id="tox.ini",
        ),
        pytest.param(
            "pytest.toml",
            "[pytest]\n",
            '[pytest]\nerrcodes_catalog = "shop.toml"\n',
            id="pytest.toml",
        ),
        pytest.param(
            "pytest.ini", "[pytest]\nerrcodes_catalog = ./shop.toml\n", None, id="set already"
        ),
    ],
)
def test_lines_are_added(tmp_path: Path, name: str, before: str, after: str | None) -> None:
    """Nothing else of the file changes, to the byte."""
    assert edited(tmp_path, name, before) == after


def test_a_header_inside_a_text(tmp_path: Path) -> None:
    """A line of a text that looks like the header is none: the file is left alone."""
    text = 'x = """\n[tool.errcodes]\n"""\n'
    with pytest.raises(ErrcodesUsageError) as caught:
        edited(tmp_path, "pyproject.toml", text)
    assert caught.value.slug == "settings-file"


def test_a_project_without_any_file(tmp_path: Path) -> None:
    """It gets a pytest.ini, in its root folder."""
    (tmp_path / "setup.py").touch()
    (tmp_path / "deep").mkdir()
    edit = edit_settings(tmp_path / "deep", {"catalog": os.fspath(tmp_path / "deep" / "a.toml")})
    assert (edit.file, edit.text) == (
        tmp_path / "pytest.ini",
        "[pytest]\nerrcodes_catalog = deep/a.toml\n",
    )


def test_another_base_url_is_set(tmp_path: Path) -> None:
    """What the project says is not written over."""
    text = '[tool.errcodes]\nbase_url = "https://a.test"\n'
    with pytest.raises(ErrcodesUsageError) as caught:
        edited(tmp_path, "pyproject.toml", text, base_url="https://b.test")
    assert caught.value.slug == "setting-taken"
