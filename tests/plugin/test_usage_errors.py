"""The text of every mistake that users are told of, each asserted whole.

The tables are ``data/usage_errors.txt``: under ``=== slug`` the body of a test module, or lines for
pytest.ini; and ``data/command_errors.txt``: a call of the command, in a folder with the files of
``FILES``, and above it the lines of a pyproject.toml. Under ``---`` stands the text.
"""

from __future__ import annotations

import ast
import functools
import re
import shlex
from pathlib import Path

import pytest

import pytest_errcodes
from pytest_errcodes.errors import ErrcodesError

HERE = Path(__file__).parents[1]
PACKAGE = Path(pytest_errcodes.__file__).parent
DOCS = HERE.parent / "docs" / "usage-errors.md"

#: Errors of what came over the wire, not of how the plugin is used; told of by their own tests.
NO_MISTAKES = {"not-an-envelope"}

SHOW = """
def pytest_exception_interact(call):
    print(call.excinfo.value)
"""
LIMITS = """
[sections.limits.codes]
1 = "At most %d orders"
2 = "No orders for {symbol}"
"""
BARE = """
[envelope]
success = "absent"
[sections.a.codes]
7 = "No"
"""
BROKEN = """
titel = "A broker's API"

[sections.orders.codes]
1001 = ""
"""


#: What stands in the folder in which the command is called.
FILES = {
    "page.txt": "Orders (51xx)\n5101No order\n",
    "prose.txt": "Nothing to see here.\n",
    "login.html": '<form><input name="user"><input type="password"></form>\n',
    "two.csv": "code,message,error message\n5101,No order,Kein Auftrag\n",
    "answer.json": '{"id": 7}\n',
    "answers.json": '{"code": 7, "message": "No order"}\n[{"code": 8}, "No order"]\n',
    "long.toml": '[sections.orders.codes]\n9007199254740993 = "No order"\n',
}


def table(name):
    """Return a parameter for each mistake of a table: slug, source and text."""
    rows = (HERE / "data" / name).read_text("utf-8").split("\n=== ")[1:]
    for row in rows:
        slug, _, rest = row.partition("\n")
        source, _, text = rest.partition("\n---\n")
        yield pytest.param(slug, source, text.strip("\n"), id=f"{slug}: {source.splitlines()[0]}")


@pytest.fixture
def made(monkeypatch):
    """Return the errors that are made from now on: slug and whole text of each."""
    errors = []
    init = ErrcodesError.__init__

    def noting(self, *arguments):
        init(self, *arguments)
        errors.append((self.slug, f"{self.message}\nhint: {self.hint}".removesuffix("\nhint: ")))

    monkeypatch.setattr(ErrcodesError, "__init__", noting)
    return errors


@pytest.mark.parametrize(("slug", "source", "text"), list(table("usage_errors.txt")))
def test_text_of_a_mistake(project, made, slug, source, text):
    """A mistake fails the test, or the start of the run, with the whole text and nothing else."""
    project.file("conftest.py", SHOW)
    project.file("limits.toml", LIMITS)
    project.file("bare.toml", BARE)
    project.file("broken.toml", BROKEN)
    lines = source.splitlines()
    settings = [line for line in lines if line.startswith(("errcodes_", "addopts"))]
    body = "\n".join(line for line in lines if line not in settings)
    project.ini(*settings)
    project.tests(f"\n{body or 'def test(): ...'}")

    # Older releases of syrupy implement a hook of xdist's, and need it.
    plugins = ("xdist.plugin", "syrupy") if "def snapshot" in source else ()
    silent = ("-W", "ignore::pytest.PytestUnknownMarkWarning")
    outcome = project.run("-s", "-p", "no:terminal", *silent, plugins=plugins)

    text = text.replace("FOLDER", str(project.path))
    assert outcome.text + outcome.stderr.removeprefix("ERROR: ").strip("\n") == text
    assert outcome.ret == (1 if body else pytest.ExitCode.USAGE_ERROR)
    assert (slug, text) in made


@pytest.mark.parametrize(("slug", "source", "text"), list(table("command_errors.txt")))
def test_text_of_a_mistake_with_the_command(
    command, made, tmp_path, monkeypatch, slug, source, text
):
    """A mistake ends the command with exit code 2, the whole text and nothing else."""
    monkeypatch.chdir(tmp_path)
    settings, _, call = source.rpartition("$ ")
    files = FILES | ({"pyproject.toml": settings} if settings else {})
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    program, *arguments = shlex.split(call)
    assert program == "errcodes"
    assert command(*arguments) == (2, "", f"errcodes: {text}\n")
    assert (slug, text) in made
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == files


@functools.cache
def raised_slugs():
    """Return the slug of each error that the package makes, by reading its source."""
    slugs = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, first = ast.unparse(node.func), node.args[0]
            slug = str(first.value) if isinstance(first, ast.Constant) else ""
            makes_error = name.endswith("Error") or name == "cls"
            if makes_error and re.fullmatch(r"[a-z]+(-[a-z]+)*", slug):
                slugs.add(slug)
    return slugs


def test_table_has_every_slug():
    """The tables tell of each kind of mistake that the package knows, and of no other."""
    rows = [*table("usage_errors.txt"), *table("command_errors.txt")]
    assert {row.values[0] for row in rows} == raised_slugs() - NO_MISTAKES


def test_docs_have_every_slug():
    """The page of usage errors has a heading for each slug, and no other."""
    headings = re.findall(r"^### ([a-z-]+)$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(raised_slugs())
