"""Runs a page of the documentation: what it claims must be what happens.

A page is one project in one folder. In order of the page:

- a block with ``title="name"`` is written to that file;
- an untitled ``python`` block is run, after the untitled ones before it, in one namespace;
- a ``console`` block's lines that begin with ``$ `` are run, and the lines below each are its
  output; a command that is shown without output must succeed;
- an untitled ``json`` block must be JSON.

Then, on the page as it stands at its end: each ``text`` block is compared with what the comment
above it names (``<!-- output of: COMMAND -->``, ``<!-- content of: FILE -->``; only
``<!-- output of: the block above -->`` is compared at once), and what no command has run or read
so far is run here: test files must pass, settings must be accepted, scripts must end well.

``<!-- file: NAME`` with the text on the lines below, and ``<!-- uses: PATH -->`` with a path from
the top of the repository, bring files that the reader need not see. ``<!-- run: COMMAND -->`` runs
a command unseen, however it ends: what it leaves behind is there for ``content of``.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shlex
import shutil
from pathlib import Path, PurePosixPath
from pkgutil import walk_packages

from docs_output import compare
from docs_pages import FILES, Block, PageError, read_blocks
from prepared_python import PreparedPython

import pytest_errcodes

TOP = Path(__file__).resolve().parents[2]
SETTINGS = ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
SECONDS = 120  # a command that takes longer hangs
KEPT = (
    *("PATH", "HOME", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT"),
    *("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "MYPY_CACHE_DIR"),
)
# What would take time and show on no page, or show differently in each run.
NOT_LOADED = ("cacheprovider", "hypothesispytest", "pytest_cov", "randomly", "rerunfailures")
# pytest-asyncio warns of this before the header, wherever it is installed and not set up.
UNSET_SCOPE = 'ignore:The configuration option "asyncio_default_fixture_loop_scope":UserWarning'
_PREPARED: dict[frozenset[tuple[str, str]], PreparedPython] = {}
PROGRAMS = {
    # Unlike plain `-m pytest`, -P leaves the folder off the import path, as `pytest` does.
    "pytest": ("-P", "-m", "pytest"),
    "python": (),
    "errcodes": (
        "-c",
        "import sys; from pytest_errcodes.cli import main; sys.argv[0] = 'errcodes'; main()",
    ),
}
# Runs untitled python blocks in one namespace; only the last one may print.
SCRIPT = """
import contextlib, io, sys
namespace = {"__name__": "__main__"}
*before, last = sys.argv[1:]
def run(path):
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), namespace)
with contextlib.redirect_stdout(io.StringIO()):
    for path in before:
        run(path)
run(last)
"""


def check_page(text: str, page: str, folder: Path, *, exact: bool = True) -> None:
    """Run a page in ``folder``; raise PageError at the first thing that is not as it says.

    Args:
        text: The page's Markdown.
        page: Its name, for messages.
        folder: An empty folder; the page's project goes into its sub-folder ``project``.
        exact: Whether outputs are compared; commands and tests are run in any case.
    """
    blocks = read_blocks(text, page)
    run = _PageRun(blocks, folder, exact=exact)
    for block in blocks:
        run.take(block)
    run.finish()


class _PageRun:
    """The state of one page that is being run."""

    def __init__(self, blocks: list[Block], folder: Path, *, exact: bool) -> None:
        self.blocks = blocks
        self.exact = exact
        self.project = folder / "project"
        self.scripts = folder / "scripts"
        self.project.mkdir(parents=True)
        self.scripts.mkdir()
        self.untitled: list[str] = []
        self.printed: str | None = None
        self.pictures: list[Block] = []
        # Files that nothing has run or read yet, each with the place it came from.
        self.pending: dict[str, str] = {}

    def take(self, block: Block) -> None:
        """Do what the block says."""
        if block.steered_by("not run") is not None or block.steered_by("command") is not None:
            return
        if block.language == "run":
            self._execute(block.title, block.where)
        elif block.language in FILES or block.title:
            self._write(block)
        elif block.language == "python":
            self._python(block)
        elif block.language == "console":
            self._console(block)
        elif block.language == "text":
            self._text(block)
        elif block.language == "json":
            _check_json(block)
        else:
            raise PageError(f'{block.where}: a {block.language} block needs title="name"')

    def finish(self) -> None:
        """Compare the pictures, then run what no command of the page has run."""
        for block in self.pictures:
            self._compare_picture(block)
        for name in [name for name in self.pending if not _is_pytests(name)]:
            self._run_or_miss(name)
        if self.pending:
            tests = [name for name in self.pending if _is_test(name)]
            code, output = self._start((*PROGRAMS["pytest"], "--strict-config", *tests))
            # 5: settings without a test to go with them.
            if code not in ((0,) if tests else (0, 5)):
                places = ", ".join(self.pending.values())
                raise PageError(f"{places}: pytest ended with exit code {code}:\n{output}")

    def _write(self, block: Block) -> None:
        name = block.title
        if name in self.pending and _is_pytests(name):
            raise PageError(f"{self.pending[name]}: written anew before anything ran it: {name}")
        place(block, self.project)
        if block.language not in FILES and PurePosixPath(name).name != "conftest.py":
            self.pending[name] = block.where

    def _python(self, block: Block) -> None:
        tests = [
            node.name
            for node in ast.parse(block.source).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and node.name.lower().startswith("test")
        ]
        if tests:
            raise PageError(f"{block.where}: nobody runs {tests[0]}; give the block a title")
        script = self.scripts / f"block_{len(self.untitled)}.py"
        script.write_text(block.source, "utf-8")
        self.untitled.append(str(script))
        code, self.printed = self._start(("-c", SCRIPT, *self.untitled))
        if code:
            raise PageError(f"{block.where}: the block failed:\n{self.printed}")

    def _console(self, block: Block) -> None:
        commands: list[tuple[str, list[str]]] = []
        for line in block.source.splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], []))
            elif commands:
                commands[-1][1].append(line)
            else:
                raise PageError(f"{block.where}: the block begins with no `$ ` command")
        for command, expected in commands:
            code, output = self._execute(command, block.where)
            if any(line.strip() for line in expected):
                self._compare(expected, output, block.where, command)
            elif code:
                raise PageError(f"{block.where}: `{command}` ended with {code}:\n{output}")

    def _text(self, block: Block) -> None:
        if block.steered_by("output of") == "the block above":
            if self.printed is None:
                raise PageError(f"{block.where}: no untitled python block stands above")
            self._compare(block.source.splitlines(), self.printed, block.where, "the block above")
        elif block.comment is not None:
            self.pictures.append(block)
        else:
            raise PageError(f"{block.where}: a text block needs `<!-- output of: COMMAND -->`")

    def _compare_picture(self, block: Block) -> None:
        expected = block.source.splitlines()
        command = block.steered_by("output of")
        if command is not None:
            self._compare(expected, self._execute(command, block.where)[1], block.where, command)
            return
        name = block.steered_by("content of") or ""
        path = self.project / name
        if not path.is_file():
            raise PageError(f"{block.where}: there is no file {name!r} to compare with")
        self._compare(expected, path.read_text("utf-8"), block.where, name)

    def _compare(self, expected: list[str], output: str, where: str, source: str) -> None:
        if not self.exact:
            return
        difference = compare(expected, output.replace(f"{self.project}{os.sep}", ""))
        if difference:
            raise PageError(f"{where}: `{source}` differs from the page:\n{difference}")

    def _run_or_miss(self, name: str) -> None:
        """Run a script that no command ran; a file of another kind must be named somewhere."""
        where = self.pending.pop(name)
        if name.endswith(".py"):
            code, output = self._start((name,))
            if code:
                raise PageError(f"{where}: {name} ended with {code}:\n{output}")
        elif not any(PurePosixPath(name).name in block.source for block in self.blocks):
            raise PageError(f"{where}: nothing on the page reads {name}")

    def _execute(self, command: str, where: str = "") -> tuple[int, str]:
        """Run one command line; return its exit code and what it printed."""
        program, *words = shlex.split(command)
        if program not in PROGRAMS:
            known = ", ".join(sorted(PROGRAMS))
            raise PageError(f"{where}: a page may run {known}, not `{program}`")
        if program == "pytest" or words[:2] == ["-m", "pytest"]:
            self._note_run_by_pytest(words)
        for name in set(words) & set(self.pending):
            del self.pending[name]
        return self._start((*PROGRAMS[program], *words))

    def _note_run_by_pytest(self, words: list[str]) -> None:
        """Note which pending files a pytest command runs: those it names, or all."""
        titles = {block.title for block in self.blocks if _is_test(block.title)}
        named = {word.partition("::")[0] for word in words} & titles
        for name in list(self.pending):
            if _is_pytests(name) and (name in SETTINGS or name in named or not named):
                del self.pending[name]

    def _start(self, arguments: tuple[str, ...]) -> tuple[int, str]:
        """Run a program; return its exit code and what it printed."""
        environment = _environment()
        code, output, _ = _prepare(environment).run(
            arguments, self.project, environment, seconds=SECONDS, merged=True
        )
        return code, output


def _prepare(environment: dict[str, str]) -> PreparedPython:
    """Return a process that has made the imports of pages, and of which each program is a fork."""
    python = _PREPARED.get(frozenset(environment.items()))
    if python is None:
        ours = walk_packages(pytest_errcodes.__path__, "pytest_errcodes.")
        python = PreparedPython(environment, ("httpx", "respx", *(module.name for module in ours)))
        _PREPARED[frozenset(environment.items())] = python
    return python


def place(block: Block, folder: Path) -> None:
    """Write the block's file into ``folder``, or copy what a ``uses:`` comment names."""
    source = TOP / block.title
    path = folder / (source.name if block.language == "uses" else block.title)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PageError(f"{block.where}: the title leaves the page's folder: {block.title}")
    path.parent.mkdir(parents=True, exist_ok=True)
    # A file that is written twice within a second must not be taken for its older self.
    shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
    if block.language != "uses":
        path.write_text(block.source, "utf-8")
    elif source.is_dir():
        shutil.copytree(source, path, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    elif source.is_file():
        shutil.copy(source, path)
    else:
        raise PageError(f"{block.where}: there is no {block.title} in the repository")


def _check_json(block: Block) -> None:
    try:
        json.loads(block.source)
    except ValueError as error:
        raise PageError(f"{block.where}: not JSON: {error}") from error


def _is_test(name: str) -> bool:
    return name.endswith(".py") and PurePosixPath(name).name.startswith("test_")


def _is_pytests(name: str) -> bool:
    """Whether pytest itself runs or reads the file."""
    return _is_test(name) or name in SETTINGS


def _environment() -> dict[str, str]:
    """Return a short environment: what a reader sees in a terminal of 80 columns."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith("COVERAGE_")
    }
    return kept | {
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTEST_ADDOPTS": " ".join(f"-p no:{plugin}" for plugin in NOT_LOADED),
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": UNSET_SCOPE,
    }


def _command(page: Path, name: str) -> str:
    """Return the shell command that the page marks with ``<!-- command: name -->``."""
    blocks = read_blocks(page.read_text("utf-8"), page.name)
    found = [block for block in blocks if block.steered_by("command") == name]
    if len(found) != 1:
        raise PageError(f"{page.name}: {len(found)} blocks are marked `command: {name}`, not one")
    lines = found[0].source.splitlines(keepends=True)
    return "".join(line.removeprefix("$ ") for line in lines)


def _write_example(page: Path, test: str, folder: Path) -> None:
    """Write the page's files into ``folder``, up to the test file named ``test``."""
    for block in read_blocks(page.read_text("utf-8"), page.name):
        if block.title:
            place(block, folder)
        if block.title == test:
            return
    raise PageError(f"{page.name}: no block is titled {test}")


def main() -> None:
    """Print a page's marked command, or write one of its examples into a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    command = actions.add_parser("command", help="print the command marked NAME")
    command.add_argument("page", type=Path)
    command.add_argument("name")
    example = actions.add_parser("example", help="write the files up to TEST into FOLDER")
    example.add_argument("page", type=Path)
    example.add_argument("test")
    example.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    try:
        if chosen.action == "command":
            print(_command(chosen.page, chosen.name), end="")
        else:
            _write_example(chosen.page, chosen.test, chosen.folder)
    except PageError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
