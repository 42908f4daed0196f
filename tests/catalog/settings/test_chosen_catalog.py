"""Which catalog is in force, and what is said of settings that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog.settings.chosen_catalog import find_catalog_setting, show_source
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pathlib import Path

OWN = '[tool.errcodes]\ncatalog = "shop.toml"\n'


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of a project, with the folders above it."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def found(folder: Path) -> tuple[str, str]:
    """Return the catalog that is set for a folder, and what sets it."""
    setting = find_catalog_setting(folder)
    assert setting is not None
    return show_source(setting), str(setting)


def refusal(folder: Path) -> tuple[str, str]:
    """Return slug and text of the mistake that looking for the catalog tells."""
    with pytest.raises(ErrcodesUsageError) as caught:
        find_catalog_setting(folder)
    return caught.value.slug, str(caught.value)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ERRCODES_CATALOG", raising=False)


def test_nothing_is_set(tmp_path: Path) -> None:
    """A project that names us as a dependency alone sets nothing."""
    write(tmp_path, "pyproject.toml", '[project]\ndependencies = ["pytest-errcodes"]\n')
    assert find_catalog_setting(tmp_path) is None


def test_own_table(tmp_path: Path) -> None:
    """``[tool.errcodes]`` is found upwards, and its path starts at its file."""
    write(tmp_path, "pyproject.toml", OWN)
    by = 'pyproject.toml:2: [tool.errcodes] catalog = "shop.toml"'
    assert found(tmp_path) == found(tmp_path / "tests" / "deep") == ("shop.toml", by)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("pytest.ini", "[pytest]\nerrcodes_catalog = a.toml\n", 2),
        (".pytest.ini", "[pytest]\nerrcodes_catalog: a.toml\n", 2),
        ("tox.ini", "[tox]\n[pytest]\nerrcodes_catalog=a.toml\n", 3),
        ("setup.cfg", "[tool:pytest]\nerrcodes_catalog = a.toml\n", 2),
        ("pyproject.toml", '[tool.pytest.ini_options]\nerrcodes_catalog = "a.toml"\n', 2),
        ("pyproject.toml", '[tool.pytest]\nerrcodes_catalog = "a.toml"\n', 2),
        ("pytest.toml", '[pytest]\nerrcodes_catalog = "a.toml"\n', 2),
    ],
)
def test_files_of_pytest(tmp_path: Path, name: str, text: str, line: int) -> None:
    """What pytest reads its settings from sets the catalog of the command too."""
    write(tmp_path, name, text)
    place = f"{name}:{line}"
    assert found(tmp_path) == ("a.toml", f"{place}: errcodes_catalog = a.toml")


def test_the_file_that_pytest_takes(tmp_path: Path) -> None:
    """An empty pytest.ini hides the other files, as it does for pytest."""
    write(tmp_path, "pytest.ini", "")
    write(tmp_path, "tox.ini", "[pytest]\nerrcodes_catalog = a.toml\n")
    assert find_catalog_setting(tmp_path) is None


def test_own_table_above_the_root_of_pytest(tmp_path: Path) -> None:
    """The nearest table counts, from pytest's root folder on."""
    write(tmp_path, "pyproject.toml", OWN)
    write(tmp_path, "part/pyproject.toml", "[project]\n")
    write(tmp_path, "part/pytest.ini", "[pytest]\n")
    assert found(tmp_path / "part")[0] == "shop.toml"


def test_environment_goes_before_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``ERRCODES_CATALOG`` is a path from the current folder on; an empty one sets nothing."""
    write(tmp_path, "pyproject.toml", OWN)
    monkeypatch.setenv("ERRCODES_CATALOG", "other.toml")
    assert found(tmp_path) == ("other.toml", "ERRCODES_CATALOG=other.toml")
    monkeypatch.setenv("ERRCODES_CATALOG", "")
    assert found(tmp_path)[0] == "shop.toml"


def test_two_files_that_agree(tmp_path: Path) -> None:
    """One path may be written in two ways."""
    write(tmp_path, "pyproject.toml", OWN)
    write(tmp_path, "pytest.ini", "[pytest]\nerrcodes_catalog = ./tests/../shop.toml\n")
    assert found(tmp_path)[0] == "shop.toml"


def test_two_files_that_differ(tmp_path: Path) -> None:
    """Which one counts would be a guess: both are told."""
    write(tmp_path, "pyproject.toml", OWN)
    write(tmp_path, "pytest.ini", "[pytest]\nerrcodes_catalog = other.toml\n")
    assert refusal(tmp_path) == (
        "two-settings",
        (
            "two files set catalog, and differently\n"
            '  pyproject.toml:2: [tool.errcodes] catalog = "shop.toml"\n'
            "  pytest.ini:2: errcodes_catalog = other.toml\n"
            "hint: keep one of the two"
        ),
    )


@pytest.mark.parametrize(
    ("text", "slug", "told"),
    [
        (
            '\n[tool.errcodes]\ncatlog = "a.toml"\n',
            "unknown-setting",
            (
                "pyproject.toml:3: [tool.errcodes] has an unknown setting 'catlog'\n"
                "hint: did you mean catalog?"
            ),
        ),
        (
            '[tool.errcodes]\nerrcodes_catalog = "a.toml"\n',
            "unknown-setting",
            (
                "pyproject.toml:2: [tool.errcodes] has an unknown setting 'errcodes_catalog'\n"
                "hint: did you mean catalog?"
            ),
        ),
        (
            "[tool.errcodes]\nxyz = 1\n",
            "unknown-setting",
            (
                "pyproject.toml:2: [tool.errcodes] has an unknown setting 'xyz'\n"
                "hint: known here: catalog, base_url, message, secrets, share_tls"
            ),
        ),
        (
            "[tool.errcodes]\ncatalog = 7\n",
            "setting-type",
            (
                "pyproject.toml:2: [tool.errcodes]: catalog is an integer, and must be a text\n"
                'hint: write catalog = "…"'
            ),
        ),
        (
            '[tool.errcodes]\nshare_tls = "no"\n',
            "setting-type",
            (
                "pyproject.toml:2: [tool.errcodes]: share_tls is a text, and must be true or "
                "false\n"
                "hint: write share_tls = true"
            ),
        ),
        (
            "[tool]\nerrcodes = 7\n",
            "setting-type",
            "pyproject.toml: tool.errcodes is no table\nhint: write [tool.errcodes]",
        ),
        (
            "[tool.errcodes]\ncatalog =\n",
            "settings-file",
            (
                "pyproject.toml cannot be read: Invalid value (at line 2, column 10)\n"
                "hint: pytest could not read it either"
            ),
        ),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, text: str, slug: str, told: str) -> None:
    """File, line, what is wrong, and the nearest right word."""
    write(tmp_path, "pyproject.toml", text)
    assert refusal(tmp_path) == (slug, told)


def test_a_file_that_pytest_does_not_read(tmp_path: Path) -> None:
    """A broken file beside pytest.ini is told of where it names us."""
    write(tmp_path, "pytest.ini", "")
    write(tmp_path, "pyproject.toml", "[tool.errcodes]\ncatalog =\n")
    assert refusal(tmp_path) == (
        "settings-file",
        (
            "pyproject.toml cannot be read for [tool.errcodes]: Invalid value "
            "(at line 2, column 10)\n"
            "hint: it must be TOML in UTF-8"
        ),
    )


def test_a_broken_file_of_pytest(tmp_path: Path) -> None:
    """What is no ini file is told with its line."""
    write(tmp_path, "pytest.ini", "[pytest\n")
    slug, text = refusal(tmp_path)
    assert slug == "settings-file"
    assert text.startswith("pytest.ini cannot be read: ")
