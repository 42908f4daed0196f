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
def pytest_runtest_logstart(nodeid):
    print("===", nodeid.partition("::")[0])

def pytest_exception_interact(call):
    print(call.excinfo.value)

def pytest_runtest_logreport(report):
    if report.failed:
        print("=== failed", report.nodeid.partition("::")[0])
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


@pytest.fixture
def run(project):
    """Return a function that runs tests and prints the errors of each below ``=== `` its module."""
    project.file("conftest.py", SHOW)
    project.file("limits.toml", LIMITS)
    project.file("bare.toml", BARE)
    project.file("broken.toml", BROKEN)
    silent = ("-W", "ignore::pytest.PytestUnknownMarkWarning")

    def run(*plugins):
        return project.run("-s", "-p", "no:terminal", *silent, plugins=plugins)

    return run


def split(source):
    """Return the lines of a source that are settings, and the rest, which is a module of tests."""
    lines = source.splitlines()
    settings = [line for line in lines if line.startswith(("errcodes_", "addopts"))]
    return settings, "\n".join(line for line in lines if line not in settings)


MISTAKES = [row.values for row in table("usage_errors.txt")]
#: Mistakes in tests that need no settings and no other plugin.
IN_TESTS = [row for row in MISTAKES if not split(row[1])[0] and "def snapshot" not in row[1]]


@pytest.mark.parametrize(
    ("slug", "source", "text"),
    [row for row in table("usage_errors.txt") if row.values not in IN_TESTS],
)
def test_text_of_a_mistake(project, made, run, slug, source, text):
    """A mistake fails the test, or the start of the run, with the whole text and nothing else."""
    settings, body = split(source)
    project.ini(*settings)
    project.tests(f"\n{body or 'def test(): ...'}")

    # Older releases of syrupy implement a hook of xdist's, and need it.
    outcome = run(*(("xdist.plugin", "syrupy") if "def snapshot" in source else ()))

    text = text.replace("FOLDER", str(project.path))
    shown = re.sub(r"^=== .*\n?", "", outcome.text, flags=re.MULTILINE).strip("\n")
    assert shown + outcome.stderr.removeprefix("ERROR: ").strip("\n") == text
    assert outcome.ret == (1 if body else pytest.ExitCode.USAGE_ERROR)
    assert (slug, text) in made


def test_texts_of_mistakes_in_tests(project, made, run):
    """A mistake fails each of the tests that has one, with the whole text and nothing else."""
    sources = {f"test_{number}.py": row[1] for number, row in enumerate(IN_TESTS)}
    for name, source in sources.items():
        project.tests(f"\n{source}", name)
    outcome = run()

    assert (outcome.ret, outcome.stderr) == (1, "")
    before, *parts = re.split(r"^=== ", outcome.text, flags=re.MULTILINE)
    assert before == ""
    told, failed = dict.fromkeys(sources.values(), ""), set()
    for part in parts:
        header, _, text = part.partition("\n")
        name = header.removeprefix("failed ")
        told[sources[name]] += text.strip("\n").replace(name, "test_orders.py")
        if name != header:
            failed.add(sources[name])
    assert failed == set(sources.values())
    texts = [text.replace("FOLDER", str(project.path)) for _, _, text in IN_TESTS]
    assert told == dict(zip(sources.values(), texts, strict=True))
    made = {(slug, re.sub(r"\btest_\d+\.py", "test_orders.py", text)) for slug, text in made}
    assert {(row[0], text) for row, text in zip(IN_TESTS, texts, strict=True)} - made == set()


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
@functools.cache
def raised_slugs():
    """Return the slug of each error that the package makes, by reading its source."""
    slugs = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            slug = str(first.value) if isinstance(first, ast.Constant) else ""
            if re.fullmatch(r"[a-z]+(-[a-z]+)*", slug):
                name = ast.unparse(node.func)
                if name.endswith("Error") or name == "cls":
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
