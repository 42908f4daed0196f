"""The command ``errcodes lint``, and the formats of findings that it shares."""

from __future__ import annotations

import io
import json
import sys

import pytest
from commands import printed, refused

from pytest_errcodes.tools import LINT_RULES, lint

CATALOG = """\
[sections.a.codes]
1 = "Wrong  symbol"
2 = "Wrong\\u200bprice"
4 = "Wrong side"
5 = "Wrong quantity"
"""
TEXT = """\
my.toml:2: warning: 1 holds several spaces in a row: "Wrong  symbol" [stray-space]
  hint: take the space out
my.toml:3: warning: 2 holds U+200B ZERO WIDTH SPACE: "Wrong\\u200bprice" [control-character]
  hint: take it out
my.toml:4: note: 3 is missing between 2 and 4 [gap]
  hint: add what the API can still answer; if nothing, ignore gap:3
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    """Run each test in a folder with a catalog."""
    (tmp_path / "my.toml").write_text(CATALOG)
    monkeypatch.chdir(tmp_path)


def test_text(command):
    """Each finding is two lines; their number comes on the error output."""
    assert command("lint", "my.toml") == (1, TEXT, "errcodes: 2 warnings, 1 note\n")


def test_from_a_pipe(command, monkeypatch):
    """A dash reads the catalog that is piped in: git show HEAD:my.toml | errcodes lint -."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CATALOG.encode())))
    text = TEXT.replace("my.toml:", "-:")
    assert command("lint", "-") == (1, text, "errcodes: 2 warnings, 1 note\n")


def test_nothing_found(command):
    """A catalog without findings has exit code 0."""
    rules = ("--ignore", "gap", "--ignore", "stray-space", "--ignore", "control-character")
    assert command("lint", "my.toml", *rules) == (0, "", "errcodes: 4 codes: no findings\n")


def test_notes_alone(command):
    """Notes are told, and fail nothing."""
    rules = ("--ignore", "stray-space:1", "--ignore", "control-character:a")
    status, output, errors = command("lint", "my.toml", *rules)
    assert (status, output) == (0, "".join(TEXT.splitlines(keepends=True)[4:]))
    assert errors == "errcodes: 1 note\n"


@pytest.mark.parametrize("option", [("--json",), ("--format", "json"), ("--json", "-f", "json")])
def test_json(command, option):
    """JSON holds all facts, and nothing else is printed."""
    status, output, errors = command("lint", "my.toml", *option)
    assert (status, errors) == (1, "")
    assert json.loads(output)[0] == {
        "rule": "stray-space",
        "severity": "warning",
        "message": '1 holds several spaces in a row: "Wrong  symbol"',
        "hint": "take the space out",
        "file": "my.toml",
        "line": 2,
        "column": None,
        "codes": [1],
    }


def test_json_without_findings(command):
    """No finding is an empty list."""
    ignored = [word for rule in LINT_RULES for word in ("--ignore", rule.slug)]
    assert command("lint", "my.toml", "--json", *ignored) == printed("[]\n")


def test_sarif(command):
    """A SARIF log names the tool, all rules and each finding."""
    status, output, errors = command("lint", "my.toml", "--format", "sarif")
    (run,) = json.loads(output)["runs"]
    assert (status, errors) == (1, "")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        rule.slug for rule in LINT_RULES
    ]
    assert [result["ruleId"] for result in run["results"]] == [
        finding.slug for finding in lint("./my.toml")
    ]


@pytest.mark.parametrize(
    ("urls", "address"),
    [
        ([], None),
        (["Source, https://code.test"], None),
        (["Documentation, https://docs.test/"], "https://docs.test/tools/lint.html#stray-space"),
    ],
)
def test_sarif_names_the_page_of_a_rule(command, monkeypatch, urls, address):
    """Each rule has the address of its section, as soon as the documentation has one."""
    from email.message import Message

    about = Message()
    about["Version"] = "1.2.3"
    for url in urls:
        about["Project-URL"] = url
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: about)
    log = json.loads(command("lint", "my.toml", "--format", "sarif")[1])
    driver = log["runs"][0]["tool"]["driver"]
    rules = {rule["id"]: rule.get("helpUri") for rule in driver["rules"]}
    assert (driver["version"], rules["stray-space"]) == ("1.2.3", address)


def test_github(command):
    """GitHub gets an annotation for each finding."""
    output = command("lint", "my.toml", "--format", "github")[1]
    assert output.splitlines()[2] == (
        "::notice file=my.toml,line=4,title=errcodes gap::3 is missing between 2 and 4"
        "%0Ahint: add what the API can still answer; if nothing, ignore gap:3"
    )


def test_two_formats(command):
    """JSON and another format are a mistake."""
    status, output, errors = command("lint", "my.toml", "--json", "--format", "sarif")
    assert (status, output) == (2, "")
    assert "asks for JSON, and --format for sarif" in " ".join(errors.split())


def test_unknown_rule(command):
    """A rule that does not exist is a mistake, told with the nearest."""
    assert command("lint", "my.toml", "--ignore", "stray-spaces") == refused(
        "errcodes: no rule is named 'stray-spaces'\nhint: did you mean stray-space?\n"
    )


def test_a_broken_file(command, tmp_path):
    """A fault of the file is a finding, not the end of the command."""
    (tmp_path / "my.toml").write_text('[sections.a.codes]\n1 = "One"\n1 = "Two"\n')
    assert command("lint", "my.toml") == (
        1,
        (
            "my.toml:3: error: sections.a.codes.1: documented twice, first on line 2 "
            "[duplicate-code]\n  hint: keep one of the two\n"
        ),
        "errcodes: 1 error\n",
    )


def test_a_file_that_is_not_there(command):
    """A wrong path has exit code 2."""
    assert command("lint", "your.toml") == refused(
        "errcodes: catalog file your.toml does not exist\nhint: did you mean my.toml?\n"
    )


def test_ltp_is_the_default(command):
    """Without a catalog the embedded one is judged."""
    assert command("lint")[2] == "errcodes: 13 warnings, 22 notes\n"


def test_a_terminal_gets_colours(command):
    """On a terminal the place and the severity stand out; the lines are the same."""
    status, output, _ = command("lint", "my.toml", FORCE_COLOR="1", TERM="xterm", COLUMNS="40")
    assert status == 1
    assert output.startswith("\x1b[1mmy.toml:2\x1b[0m: \x1b[33mwarning\x1b[0m: 1 holds several")
    assert len(output.splitlines()) == len(TEXT.splitlines())


def test_help_ends_with_an_example(command):
    """The help shows how the command is used."""
    assert "Example: errcodes lint broker.toml --ignore gap" in command("lint", "--help")[1]
