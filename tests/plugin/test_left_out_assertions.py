"""``python -O``, which leaves out what pytest does not rewrite: no wrong test passes by it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WRONG = """
def test_order(errcodes):
    errcodes.reply(401018)
    assert httpx.get(URL).json() == IsCode(401009)
"""
WITH_HELPER = """
from helpers import check

def test_order(errcodes):
    errcodes.reply(401018)
    check(httpx.get(URL).json())
"""
HELPERS = """
from pytest_errcodes import IsCode

def check(answer):
    assert answer == IsCode(401009)
"""
#: What stands at the end of standard error where a run is refused.
PLAIN = (
    "ERROR: python -O leaves out every assert, and --assert=plain lets pytest keep none: "
    "wrong tests would pass\n"
    "hint: run without -O and PYTHONOPTIMIZE, or without --assert=plain"
)
HELPER = (
    "helpers.py:4 asserts, and python -O leaves that out: pytest keeps what test modules and "
    "conftest.py assert, and nothing else\n"
    "hint: run without -O and PYTHONOPTIMIZE, or say in conftest.py, before it is imported, "
    'pytest.register_assert_rewrite("helpers")'
)
MADE = (
    "ERROR: test_order is made of a text, and python -O leaves out what it asserts: pytest keeps "
    "what test modules and conftest.py assert, and nothing else\n"
    "hint: run without -O and PYTHONOPTIMIZE, or write the test in its file"
)


@pytest.fixture
def run(project):
    """Return a function that runs the project under ``python -O``, and returns what it printed."""

    def run_optimized(*words):
        command = (sys.executable, "-m", "pytest", "-p", "pytest_errcodes.plugin", "-q", *words)
        paths = os.pathsep.join([str(project.path), *filter(None, sys.path)])
        ended = subprocess.run(
            (*command, "-p", "no:cacheprovider", "-W", "ignore"),
            cwd=project.path,
            env=os.environ | {"PYTHONOPTIMIZE": "1", "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return ended.returncode, ended.stdout, ended.stderr.strip()

    return run_optimized


@pytest.mark.parametrize("option", [("--assert=plain",), ("-p", "no:assertion")])
def test_nothing_rewritten(project, run, option):
    """Where pytest rewrites nothing, a run with a test of ours is refused."""
    project.tests(WRONG)
    code, _, errors = run(*option)
    assert (code, errors) == (pytest.ExitCode.USAGE_ERROR, PLAIN)


def test_tests_of_others(project, run):
    """A run in which nothing is ours is pytest's own, which warns of it."""
    project.file("test_others.py", "def test_sum():\n    assert 1 + 1 == 3\n")
    code, _, errors = run("--assert=plain")
    assert (code, errors) == (pytest.ExitCode.OK, "")


def test_helper(project, run):
    """A module beside the tests that asserts with ours, and is not rewritten, is named."""
    project.file("helpers.py", HELPERS)
    project.tests(WITH_HELPER)
    code, _, errors = run()
    assert (code, errors) == (pytest.ExitCode.USAGE_ERROR, f"ERROR: {HELPER}")


def test_helper_in_workers(project, run):
    """A worker of xdist can refuse no run: there each test fails with the same text."""
    project.file("helpers.py", HELPERS)
    project.tests(WITH_HELPER)
    code, output, _ = run("-p", "xdist", "-n", "1")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert f"\n{HELPER}\n" in output


def test_made_by_exec(project, run):
    """A test that is made of a text is not rewritten."""
    project.tests(f"\nexec({WRONG!r})\n")
    code, _, errors = run()
    assert (code, errors) == (pytest.ExitCode.USAGE_ERROR, MADE)


def test_rewritten(project, run):
    """What pytest rewrites asserts as ever."""
    project.file("conftest.py", 'import pytest\npytest.register_assert_rewrite("helpers")\n')
    project.file("helpers.py", HELPERS)
    project.tests(WITH_HELPER)
    project.tests(WRONG.replace("401018", "401009"), "test_right.py")
    code, output, errors = run("--tb=line")
    assert (code, errors) == (pytest.ExitCode.TESTS_FAILED, "")
    assert "helpers.py:4: AssertionError: assert {'code': 401018" in output
    assert "1 failed, 1 passed" in output
