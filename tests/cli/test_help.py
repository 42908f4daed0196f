"""What ``errcodes --help`` shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from commands import printed

from pytest_errcodes.cli.app import app

if TYPE_CHECKING:
    from commands import Command

SUBCOMMANDS = ("init", "list", "search", "explain", "import", "export", "lint", "diff", "scan")
ALL = """\
Usage: errcodes [OPTIONS] COMMAND [ARGS]...

  Tools around a catalog of business error codes.

  Exit codes: 0 fine, 1 findings, 2 usage.

Options:
  --version                     Print the version.
  --install-completion [SHELL]  Make bash, zsh or fish complete; yours if
                                absent.
  --show-completion [SHELL]     Print the script for that.
  -h, --help                    Show this message and exit.

Commands:
  init     Begin with an API: write its catalog, the setting, and a first test.
  list     List the codes that the selectors pick, or all.
  search   Search codes, messages, sections and tags.
  explain  Tell what is documented of a code, a message or an envelope, and how
           to test it.
  import   Make a catalog from a page, a table or another tool's file.
  export   Write a catalog in the format of another tool.
  lint     Find what is odd about a catalog: duplicates, gaps, broken
           placeholders, spelling.
  diff     Tell what changed from one catalog to another, by what it means for a
           client.
  scan     Find codes in source that the catalog lacks, and doubtful ways to
           handle codes.
"""
DIFF = """\
Usage: errcodes diff [OPTIONS] [OLD] NEW [PATH]...

  Tell what changed from one catalog to another, by what it means for a client.

Arguments:
  [OLD]      The old catalog: a name, a TOML file, or a page or folder of source
             to import; the project's if absent.
  NEW        The new one, likewise; - reads standard input.
  [PATH]...  Further paths for --impact.

Options:
  --impact PATH        Show which lines of this source name a touched code.
  --fail-on KIND,...   The kinds of changes to exit with 1 for: breaking,
                       renumbered, meaning, wording, addition, moved, or none.
                       All of them if absent.
  -f, --format FORMAT  How to print the changes: text, markdown or json.
                       [default: text]
  --json               Short for --format json.
  -h, --help           Show this message and exit.

Example: errcodes diff ltp page.html --fail-on breaking,meaning --impact tests/
"""
NARROW = """\
Usage: errcodes scan [OPTIONS] PATH...

  Find codes in source that the catalog
  lacks, and doubtful ways to handle
  codes.

Arguments:
  PATH...  Files and folders of source.

Options:
  -c, --catalog CATALOG
      The catalog: 'ltp' or the path of
      a TOML file.  [default: the
      project's, or ltp]
  --select SELECTOR
      Codes that the source has to
      handle, such as trading; may be
      repeated.
  --ignore SLUG[:SELECTOR]
      A rule to switch off; may be
      repeated.
  -f, --format FORMAT
      How to print what was found: text,
      json, sarif or github.  [default:
      text]
  --json
      Short for --format json.
  -h, --help
      Show this message and exit.

Example: errcodes scan src/ --select
    trading --ignore message-text
"""


def test_all_commands(command: Command) -> None:
    """The help of the command says what there is, in the order of the documentation."""
    assert command("--help") == command("-h") == printed(ALL)


def test_without_a_command(command: Command) -> None:
    """Who asks for nothing gets the help, and the exit code of a mistake."""
    assert command() == command("--") == (2, ALL, "")


def test_a_command(command: Command) -> None:
    """The help of a subcommand describes arguments and options, each beside its name."""
    assert command("diff", "-h") == command("diff", "--help") == printed(DIFF)


def test_a_narrow_terminal(command: Command) -> None:
    """Where there is no room beside a name, its text stands below."""
    assert command("scan", "-h", COLUMNS="40") == printed(NARROW)


@pytest.mark.parametrize("columns", ["40", "80", "200"])
@pytest.mark.parametrize("subcommand", SUBCOMMANDS)
def test_each_command(command: Command, subcommand: str, columns: str) -> None:
    """It fits the terminal, is no wider than a page, tells no types, and ends with an example."""
    status, output, _ = command(subcommand, "-h", COLUMNS=columns)
    assert status == 0
    assert max(map(len, output.splitlines())) <= min(int(columns), 80)
    assert not re.search(r"<|BOOLEAN|TEXT\b(?!\.\.\.)", output)
    assert f"Example: errcodes {subcommand}" in " ".join(output.split())


def test_every_command_is_here() -> None:
    """The tests know all subcommands."""
    assert tuple(app.commands) == SUBCOMMANDS
