"""Tests that are wrong fail, and tests that are right pass.

The tables are ``data/wrong_tests.txt``: under ``=== what is wrong`` a test, and under ``---`` the
whole text that it fails with; and ``data/right_tests.txt``: under ``=== what is right`` one or
several tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"


def entries(name):
    """Return a parameter for each entry of a table: the source, and the text if it has one."""
    rows = (DATA / name).read_text("utf-8").split("\n=== ")[1:]
    for row in rows:
        title, _, rest = row.partition("\n")
        source, _, text = rest.partition("\n---\n")
        yield pytest.param(source, text.strip("\n"), id=title)


#: What a kind of test needs: a word of its source, the plugin, and its settings.
NEEDED = (
    ("mark.asyncio", "pytest_asyncio.plugin", "asyncio_default_fixture_loop_scope = function"),
    ("mark.anyio", "anyio.pytest_plugin", ""),
)


@pytest.fixture
def run(project):
    """Return a function that runs a module of tests, with the plugins that it needs."""

    def run(source):
        needed = [(plugin, setting) for word, plugin, setting in NEEDED if word in source]
        project.ini(*(setting for _, setting in needed if setting))
        project.tests(f"\n{source}\n")
        return project.run("--show-capture=no", plugins=tuple(plugin for plugin, _ in needed))

    return run


def read_text(failure):
    """Return what a test failed with: a verdict as it stands, else the last exception's text."""
    _, _, last = failure.rpartition("\nE       AssertionError: ")
    lines = last.splitlines()
    own = [line[1:].removeprefix(" " * 7) for line in lines[1:] if line.startswith("E")]
    return "\n".join([lines[0], *own]) if "\nE  " in failure else failure


@pytest.mark.parametrize(("source", "text"), list(entries("wrong_tests.txt")))
def test_wrong(run, source, text):
    """A wrong test fails, and its text says what is wrong."""
    outcome = run(source)

    assert outcome.outcomes["failed"] == 1
    (title,) = outcome.failures()
    assert read_text(outcome.failure(title)) == text


@pytest.mark.parametrize(("source", "_"), list(entries("right_tests.txt")))
def test_right(run, source, _):
    """A right test passes."""
    outcome = run(source)

    assert outcome.outcomes["passed"] == source.count("def test_")
    assert outcome.failures() == []


@pytest.mark.parametrize(
    "arguments", [("-n", "2"), ("-p", "no:xdist")], ids=["xdist", "one process"]
)
def test_all_in_any_order(project, arguments):
    """None of them changes what becomes of another, in any order and in several workers."""
    project.ini("asyncio_default_fixture_loop_scope = function")
    wrong = [row.values[0] for row in entries("wrong_tests.txt")]
    right = [row.values[0] for row in entries("right_tests.txt")]
    for number, source in enumerate(wrong + right):
        project.tests(f"\n{source}\n", f"test_{number}.py")
    plugins = ("xdist", "pytest_randomly", "pytest_asyncio.plugin", "anyio.pytest_plugin")
    outcome = project.start(*arguments, "-q", "-W", "ignore", plugins=plugins)

    assert outcome.outcomes["failed"] == len(wrong)
    assert outcome.outcomes["passed"] == sum(source.count("def test_") for source in right)
