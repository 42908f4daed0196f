"""The command ``errcodes``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from pytest_errcodes.cli import main; sys.argv[0] = 'errcodes'; main()"

EXPLAINED = """\
code         401112
message      Due to exchange parameter adjustments, The maximum leverage for this symbol is %s. \
Please reduce the leverage ratio.
section      trading 4010xx
parameters   %s
HTTP status  200
expect       @pytest.mark.expects_code(401112)
simulate     errcodes.reply(401112, '1')
"""


def errcodes(*arguments: str, **variables: str) -> tuple[int, str, str]:
    """Run the command through a pipe; return its exit code, output and error output."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONUTF8": "1", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_list_through_a_pipe_is_one_code_a_line():
    """A pipe gets code, section and message, separated by tabs, in document order."""
    assert errcodes("list", "400000-400002") == (
        0,
        "400000\tcommon\tInvalid parameter — refer to the API documentation\n"
        "400001\tcommon\tDaily time limit exceeded\n"
        "400002\tcommon\tPage size exceeds the allowed limit\n",
        "",
    )


def test_list_without_selectors_lists_all():
    """All 252 codes come where nothing is selected."""
    assert len(errcodes("list")[1].splitlines()) == 252


def test_list_excludes():
    """A selector with ``!`` in front takes codes away."""
    assert errcodes("list", "portfolio", "!40200x")[1] == ""


def test_list_on_a_terminal_is_a_table_that_fits():
    """A narrow terminal gets a table, its messages folded, without colour codes."""
    terminal = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "40", "TERM": "xterm"}
    status, output, _ = errcodes("list", "401068", **terminal)
    output = re.sub(r"\x1b\[[01]m", "", output)  # bold is no colour
    assert status == 0
    assert max(map(len, output.splitlines())) <= 40
    assert output.split() == [
        *"code section message 401068 trading Due to an order with a better".split(),
        *"price, %s reduce only order to %s %s %s at %s was cancelled".split(),
    ]
    assert "\x1b" not in output


def test_search_finds_all_words():
    """Every code that holds all the words comes."""
    status, output, _ = errcodes("search", "leverage", "reduce")
    assert status == 0
    assert [line.partition("\t")[0] for line in output.splitlines()] == ["401060", "401112", "401239"]


def test_search_without_a_hit_exits_with_1():
    """Nothing found is told by the exit code, and on the error output."""
    assert errcodes("search", "zebra") == (
        1,
        "",
        "errcodes: no code of catalog 'ltp' fits 'zebra'\n",
    )


def test_explain_tells_all_of_a_code():
    """Message, section, parameters, and how to expect and simulate the code."""
    assert errcodes("explain", "401112") == (0, EXPLAINED, "")


@pytest.mark.parametrize("code", ["401065", "nonsense"])
def test_explain_an_unknown_code_exits_with_2(code: str):
    """A code that the catalog lacks is a mistake of the user, told on the error output."""
    status, output, errors = errcodes("explain", code)
    assert (status, output) == (2, "")
    assert errors.startswith("errcodes: catalog 'ltp'")
    assert "Traceback" not in errors


def test_a_catalog_that_is_not_there_exits_with_2():
    """A wrong path is told with what to do."""
    assert errcodes("list", "--catalog", "nowhere/my.toml")[::2] == (
        2,
        "errcodes: catalog file nowhere/my.toml does not exist\n"
        "hint: there is no folder nowhere either; a relative path starts at "
        f"{Path.cwd()}\n",
    )


def test_version():
    """The version is the installed one."""
    from importlib.metadata import version

    assert errcodes("--version") == (0, f"pytest-errcodes {version('pytest-errcodes')}\n", "")


@pytest.mark.parametrize("command", ["list", "search", "explain"])
def test_help_ends_with_an_example(command: str):
    """Each subcommand's help shows how it is used."""
    assert f"Example: errcodes {command} " in errcodes(command, "--help")[1]
