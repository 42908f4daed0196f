"""Tests that are wrong fail, and tests that are right pass.

The tables are ``data/wrong_tests.txt``: under ``=== what is wrong`` a test, and under ``---`` the
whole text that it fails with; and ``data/right_tests.txt``: under ``=== what is right`` one or
several tests.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from ended_rows import Row

DATA = Path(__file__).parents[1] / "data"


def entries(name):
    """Return each entry of a table under its title: the source, and the text if it has one."""
    table = {}
    for row in (DATA / name).read_text("utf-8").split("\n=== ")[1:]:
        title, _, rest = row.partition("\n")
        source, _, text = rest.partition("\n---\n")
        assert title not in table, f"{name} has two entries {title!r}"
        table[title] = source, text.strip("\n")
    return table


WRONG = entries("wrong_tests.txt")
RIGHT = entries("right_tests.txt")
assert not WRONG.keys() & RIGHT.keys()


#: What some of the tests need beside ours.
PLUGINS = ("pytest_asyncio.plugin", "anyio.pytest_plugin")


def read_text(failure):
    """Return what a test failed with: a verdict as it stands, else the last exception's text."""
    _, _, last = failure.rpartition("\nE       AssertionError: ")
    lines = last.splitlines()
    own = [line[1:].removeprefix(" " * 7) for line in lines[1:] if line.startswith("E")]
    return "\n".join([lines[0], *own]) if "\nE  " in failure else failure


#: A catalog that names the class of a code.
CLASSES = """
[sections.orders.codes]
4041 = { message = "Order not found", exception = "NotFoundError" }
"""

#: Tells of what a test leaves to the next in what is active: settings, watchers, routers.
LEFT = """
from pathlib import Path

import pytest
from pytest_errcodes.active.context import current

NAMES = "sees_wire observers counted accounted test_codes unchecked open_blocks".split()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    yield
    context = current()
    network = context.watch_wire.__self__.network
    left = [name for name in NAMES if getattr(context, name)]
    left += [name for name in ("routers", "watched", "guarded") if getattr(network, name)]
    with Path(__file__).with_name("left.txt").open("a") as file:
        file.writelines(f"{item.nodeid} leaves {name}\\n" for name in left)
    return True
"""


def test_wrong_and_right(project):
    """A wrong test fails with a text that says what is wrong; a right one passes; in any order.

    None leaves anything to the next.
    """
    project.file("conftest.py", LEFT)
    project.file("classes.toml", CLASSES)
    sources = {title: f"\n{source}\n" for title, (source, _) in (WRONG | RIGHT).items()}
    ended = project.run_rows(sources, "--show-capture=no", plugins=("pytest_randomly", *PLUGINS))
    for row in ended.values():
        del row.outcomes["warnings"]  # the oldest pytest-asyncio warns of itself

    assert (project.path / "left.txt").read_text("utf-8") == ""
    assert [title for title in WRONG if ended[title].outcomes["failed"] != 1] == []
    texts = {title: [read_text(text) for text in ended[title].failures] for title in WRONG}
    assert texts == {title: [text] for title, (_, text) in WRONG.items()}
    assert {title: ended[title] for title in RIGHT} == {
        title: Row({"passed": source.count("def test_")}, [])
        for title, (source, _) in RIGHT.items()
    }


def test_in_several_workers(project):
    """None of them changes what becomes of another in several workers."""
    project.file("classes.toml", CLASSES)
    for number, (source, _) in enumerate([*WRONG.values(), *RIGHT.values()]):
        project.tests(f"\n{source}\n", f"test_{number}.py")
    plugins = ("xdist", "pytest_randomly", *PLUGINS)
    outcome = project.start("-n", "2", "-q", "-W", "ignore", plugins=plugins)

    failed = set(re.findall(r"^FAILED test_(\d+)\.py", outcome.text, re.MULTILINE))
    assert [title for number, title in enumerate(WRONG) if str(number) not in failed] == []
    assert outcome.outcomes["failed"] == len(WRONG)
    assert outcome.outcomes["passed"] == sum(
        source.count("def test_") for source, _ in RIGHT.values()
    )


#: What a Python that is told to be strict compares, and warns of.
STRICT = ("-bb", "-X", "warn_default_encoding", "-W", "error")


def test_where_warnings_are_errors(project):
    """A text that is compared with bytes, which ``python -bb`` refuses, changes nothing."""
    wrong = [
        WRONG["raises_code sees that what respond answered was asked for again"],
        WRONG["the class stands for another code than the client received"],
    ]
    right = [RIGHT["the test itself has got the answer of another mock"]]
    for number, (source, _) in enumerate([*wrong, *right]):
        project.tests(f"\n{source}\n", f"test_{number}.py")
    plugins = ("-p", "pytest_errcodes.plugin", "-p", "respx.plugin", "-p", "no:cacheprovider")
    paths = os.pathsep.join([str(project.path), *filter(None, sys.path)])
    ended = subprocess.run(
        (sys.executable, *STRICT, "-m", "pytest", "-q", "-W", "error", *plugins),
        cwd=project.path,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.splitlines()[0].split()[0] == "FF."
