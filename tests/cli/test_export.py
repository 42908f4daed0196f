"""``errcodes export``."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from commands import printed

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import export_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command

NAMES = ["csv", "json", "markdown", "openapi", "python", "stubs", "toml", "typescript"]


@pytest.mark.parametrize("name", NAMES)
def test_it_prints_what_the_function_returns(command: Command, name: str) -> None:
    """Standard output has the whole text, and nothing beside it."""
    text = export_catalog(load_catalog("ltp"), name)
    assert command("export", "--format", name) == printed(text)


def test_json(command: Command) -> None:
    """``--json`` is short for the format, and may stand beside it."""
    asked = command("export", "--format", "json")
    assert command("export", "--json") == command("export", "-f", "json", "--json") == asked


def test_a_file(command: Command, tmp_path: Path) -> None:
    """A file has the same bytes, line ends included."""
    path = tmp_path / "codes.csv"
    assert command("export", "-f", "csv", "-o", str(path)) == printed("")
    assert path.read_bytes().decode() == export_catalog(load_catalog("ltp"), "csv")
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


def test_a_file_that_exists(command: Command, tmp_path: Path) -> None:
    """It is replaced only with ``--force``."""
    path = tmp_path / "codes.csv"
    path.write_text("mine")
    assert command("export", "-f", "csv", "-o", str(path))[0] == 2
    assert path.read_text() == "mine"
    assert command("export", "-f", "csv", "-o", str(path), "--force")[0] == 0
    assert path.read_text().startswith("code,message,")


def test_a_terminal_without_unicode_gets_the_same_bytes() -> None:
    """A pipe gets UTF-8 whatever the locale: what is exported is a file."""
    run = "import sys; from pytest_errcodes.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", run, "export", "-f", "csv"],
        capture_output=True,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        check=True,
    )
    assert done.stdout.decode() == export_catalog(load_catalog("ltp"), "csv")


def test_help(command: Command) -> None:
    """It names the formats and ends with an example."""
    status, output, _ = command("export", "--help")
    words = " ".join(output.replace("│", " ").split())
    assert status == 0
    assert "csv, json, markdown, openapi, python, stubs, toml or typescript." in words
    assert words.endswith("Example: errcodes export --catalog my.toml --format python -o errors.py")
