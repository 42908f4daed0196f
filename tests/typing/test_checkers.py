"""The public API as users' type checkers see it: right calls have exact types, wrong ones none."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from required import require

import pytest_errcodes
import pytest_errcodes.catalog
import pytest_errcodes.tools

HERE = Path(__file__).parent
RIGHT = {
    "api.py": pytest_errcodes,
    "catalogs.py": pytest_errcodes.catalog,
    "tools.py": pytest_errcodes.tools,
}
REASON = "requirements/lint.txt brings it, and CI's step `types of the API` runs this"

#: Strict, and an ignore of mypy's is none of its own, so that each line is refused by both.
BASEDPYRIGHT = {
    "typeCheckingMode": "strict",
    "enableTypeIgnoreComments": False,
    "reportUnnecessaryTypeIgnoreComment": "error",
}
COMMANDS = {
    "mypy": ("--strict", "--config-file=", "--enable-error-code=ignore-without-code", "."),
    "basedpyright": ("--pythonpath", sys.executable),
}
LET_THROUGH = """\
from pytest_errcodes import load_catalog

load_catalog("ltp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder outside of the checkout, so that the types are those of what is installed."""
    folder = tmp_path_factory.mktemp("user")
    for name in (*RIGHT, "wrong.py"):
        shutil.copy(HERE / name, folder)
    (folder / "pyrightconfig.json").write_text(json.dumps(BASEDPYRIGHT))
    return folder


@pytest.fixture(params=COMMANDS)
def checker(request: pytest.FixtureRequest) -> str:
    """Return the name of each checker."""
    require("basedpyright", REASON)
    return str(request.param)


def complain(folder: Path, checker: str) -> str:
    """Return what a checker says of all files in a folder; empty if it is content."""
    command = [sys.executable, "-m", checker, *COMMANDS[checker]]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("name", RIGHT)
def test_every_public_name_is_checked(name: str) -> None:
    """A name that is added to a package is added to the file that a checker reads."""
    tree = ast.parse((HERE / name).read_text("utf-8"))
    imported = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == RIGHT[name].__name__
        for alias in node.names
    }
    assert imported == set(RIGHT[name].__all__)


def test_right_calls_have_their_types_and_wrong_ones_are_refused(
    folder: Path, checker: str
) -> None:
    """No line is refused but those that say so, all of those are, and one that is not is told."""
    (folder / "let_through.py").write_text(LET_THROUGH)
    told = complain(folder, checker)
    assert set(re.findall(r"(\w+\.py):(\d+)", told)) == {("let_through.py", "3")}, told
    assert "ignore" in told
