"""The command ``errcodes``."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import LOOKED_INTO, printed, refused

from pytest_errcodes.catalog import load_catalog

CARDS = """
[envelope]
code_type = "string"
success = ["00000"]

[sections.payment]
title = "Payment"
[sections.payment.codes]
"-1121" = "Invalid symbol"
card_declined = "Declined:\\t%s"
"""


def test_list_through_a_pipe_is_one_code_a_line(command):
    """A pipe gets code, section and message, separated by tabs, in document order."""
    assert command("list", "400000-400002") == printed(
        "400000\tcommon\tInvalid parameter — refer to the API documentation\n"
        "400001\tcommon\tDaily time limit exceeded\n"
        "400002\tcommon\tPage size exceeds the allowed limit\n"
    )


def test_list_without_selectors_lists_all(command):
    """All 252 codes come where nothing is selected."""
    assert len(command("list")[1].splitlines()) == 252


def test_list_excludes(command):
    """A selector with ``!`` in front takes codes away."""
    output = command("list", "401009-401011", "!401010")[1]
    assert [line.partition("\t")[0] for line in output.splitlines()] == ["401009", "401011"]


def test_list_without_a_code_exits_with_1(command):
    """Where the selectors leave nothing, that is told on the error output."""
    assert command("list", "fees", "!fees") == (
        1,
        "",
        f"errcodes: the selectors leave no code of catalog 'ltp'\n{LOOKED_INTO}",
    )


def test_colours_of_a_terminal(command):
    """A terminal gets colours for nothing but the titles of a table, and none with NO_COLOR."""
    output = command("list", "401009", FORCE_COLOR="1", TERM="xterm")[1]
    assert "\x1b" in output.splitlines()[0]
    assert "\x1b" not in output.splitlines()[1]


def test_list_on_a_terminal_is_a_table_that_fits(command):
    """A narrow terminal gets a table, its messages folded, without colour codes."""
    terminal = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "40", "TERM": "xterm"}
    status, output, _ = command("list", "401068", **terminal)
    output = re.sub(r"\x1b\[[01]m", "", output)  # bold is no colour
    assert status == 0
    assert max(map(len, output.splitlines())) <= 40
    assert " ".join(output.split()) == (
        "code section message 401068 trading Due to an order with a better price, %s reduce only "
        "order to %s %s %s at %s was cancelled"
    )
    assert "\x1b" not in output


def test_search_finds_all_words(command):
    """Every code that holds all the words comes."""
    status, output, _ = command("search", "leverage", "reduce")
    assert status == 0
    assert [line.partition("\t")[0] for line in output.splitlines()] == [
        "401060",
        "401112",
        "401239",
    ]


def test_search_without_a_hit_exits_with_1(command):
    """Nothing found is told by the exit code, and on the error output."""
    assert command("search", "zebra") == (
        1,
        "",
        f"errcodes: no code of catalog 'ltp' fits 'zebra'\n{LOOKED_INTO}",
    )


@pytest.mark.parametrize("code", ["-1121", "card_declined"])
def test_codes_of_another_catalog(command, tmp_path, code: str):
    """Codes may be texts, and negative ones are no options."""
    (tmp_path / "cards.toml").write_text(CARDS)
    catalog = ("-c", str(tmp_path / "cards.toml"))
    status, output, _ = command("explain", code, *catalog)
    assert (status, output.splitlines()[0]) == (0, f"code         {code!r}")
    assert command("list", code, *catalog)[1].startswith(f"{code}\tpayment\t")


def test_messages_stay_on_their_lines(command, tmp_path):
    """A tab in a message does not look like the next column."""
    (tmp_path / "cards.toml").write_text(CARDS)
    output = command("search", "declined", "-c", str(tmp_path / "cards.toml"))[1]
    assert output == "card_declined\tpayment\tDeclined:\\t%s\n"


def test_wrong_selector(command):
    """A selector that picks nothing is a mistake, told with the nearest."""
    status, output, errors = command("list", "tradin")
    assert (status, output) == (2, "")
    assert errors.splitlines()[:2] == [
        "errcodes: selector 'tradin' picks nothing in catalog 'ltp'",
        "  nearest: trading",
    ]


def test_closed_pipe():
    """A reader that has seen enough, such as head, ends the command as it ends others: quietly.

    Not with 1, which means findings.
    """
    run = "import sys; sys.argv[1:] = ['list']; from pytest_errcodes.cli import command; command()"
    process = subprocess.Popen(
        [sys.executable, "-c", run], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == -signal.SIGPIPE


@pytest.mark.parametrize("arguments", [["list"], ["--help"], ["lint", "ltp"]])
def test_standard_output_is_closed(arguments) -> None:
    """A standard output that is closed is told in words, with exit code 2."""
    command = [sys.executable, "-c", "from pytest_errcodes.cli import main; main()", *arguments]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (2, b"errcodes: standard output is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written():
    """A full disk behind standard output is told in words, with exit code 2."""
    run = "import sys; sys.argv[1:] = ['list']; from pytest_errcodes.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", run], check=False, stdout=full, stderr=subprocess.PIPE
        )
    assert done.stderr == (
        b"errcodes: standard output cannot be written: No space left on device\n"
    )
    assert done.returncode == 2


def test_a_catalog_that_is_not_there_exits_with_2(command):
    """A wrong path is told with what to do."""
    assert command("list", "--catalog", "nowhere/my.toml") == refused(
        "errcodes: catalog file nowhere/my.toml does not exist\n"
        "hint: there is no folder nowhere either; a relative path starts at "
        f"{Path.cwd()}\n"
    )


def test_list_and_search_as_json(command):
    """JSON holds all facts of each code, and an empty list where there is none."""
    status, output, _ = command("list", "401009", "--json")
    assert (status, json.loads(output)) == (0, [load_catalog()[401009].as_dict()])
    assert (
        command("search", "nonce", "empty", "--json")[1] == command("list", "601017", "--json")[1]
    )
    assert command("search", "zebra", "--json")[:2] == (1, "[]\n")


def test_version(command):
    """The version is the installed one."""
    from importlib.metadata import version

    assert command("--version") == (0, f"pytest-errcodes {version('pytest-errcodes')}\n", "")


@pytest.mark.parametrize("subcommand", ["list", "search", "explain"])
def test_help_ends_with_an_example(command, subcommand: str):
    """Each subcommand's help shows how it is used."""
    assert f"Example: errcodes {subcommand} " in command(subcommand, "--help")[1]
