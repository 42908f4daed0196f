"""What needs an extra says which one, in one line."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import pytest_errcodes
from pytest_errcodes import ErrcodesUsageError, load_catalog
from pytest_errcodes.cli import main
from pytest_errcodes.tools import import_catalog, scan
from pytest_errcodes.tools.libraries import LIBRARIES, needed_for

PACKAGE = Path(pytest_errcodes.__file__).parent
OPENAPI = """\
openapi: 3.0.0
paths: {}
"""
EXPORTED = """\
---
errcodes: 1
name: broker
---
"""
MARKDOWN = "| Code | Message |\n| --- | --- |\n| 1 | one |\n"
SOURCES = [
    ("page.html", "<table><tr><td>1</td><td>one</td></tr></table>", "lxml"),
    ("page.md", MARKDOWN, "markdown-it-py"),
    ("codes.rst", "Codes\n=====\n\n:1: one\n", "docutils"),
    ("codes.yaml", "codes:\n  1: one\n", "pyyaml"),
    ("openapi.yaml", OPENAPI, "pyyaml"),
    ("exported.md", EXPORTED, "pyyaml"),
]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["list", "trading"]])
def test_the_command(
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is there, and says what to install, with the exit code of a mistake."""
    monkeypatch.setattr(sys, "argv", ["errcodes", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = "errcodes: the command needs click: pip install 'pytest-errcodes[cli]'\n"
    assert (ended.value.code, *capsys.readouterr()) == (2, "", told)


@pytest.mark.parametrize(("name", "text", "library"), SOURCES)
def test_a_reader(folder: Path, name: str, text: str, library: str) -> None:
    """Each says which library reads the format."""
    (folder / name).write_text(text)
    with pytest.raises(ErrcodesUsageError) as caught:
        import_catalog(name)
    assert (caught.value.slug, str(caught.value)) == (
        "missing-library",
        f"reading {name} needs {library}\nhint: pip install 'pytest-errcodes[import]'",
    )


def test_what_is_no_python(folder: Path) -> None:
    """Source in another language is not passed over as if nothing were in it."""
    (folder / "client.ts").write_text("if (code === 401009) {}")
    with pytest.raises(ErrcodesUsageError) as caught:
        scan(["client.ts"], load_catalog("ltp"))
    assert (caught.value.slug, str(caught.value)) == (
        "missing-library",
        "reading client.ts needs pygments\nhint: pip install 'pytest-errcodes[cli]'",
    )


def test_another_module_that_is_missing() -> None:
    """What no extra brings is an error of whoever imports it."""
    with pytest.raises(ModuleNotFoundError, match="no_such_module"), needed_for("the test"):
        import no_such_module  # noqa: F401  # that it cannot be imported is the test


def imported_at_once(path: Path) -> set[str]:
    """Return what a module imports as soon as it is imported itself."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_who_imports_a_library_of_an_extra_at_once() -> None:
    """The command and one reader do, which are only imported when they are needed."""
    eager = {path for path in PACKAGE.rglob("*.py") if imported_at_once(path) & LIBRARIES.keys()}
    readers = {path.name for path in eager if not path.is_relative_to(PACKAGE / "cli")}
    assert readers == {"rst_reader.py", "rst_tables.py"}
    assert not eager & {PACKAGE / "cli" / "__init__.py", PACKAGE / "cli" / "start.py"}
