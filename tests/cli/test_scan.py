"""The command ``errcodes scan``."""

from __future__ import annotations

import json
import re

import pytest
from commands import LOOKED_INTO, printed, refused

from pytest_errcodes.tools import SCAN_RULES

CLIENT = """\
def place(http):
    body = http.post("/api/v1/trading/order").json()
    if body["code"] == "401009":
        return None
    if "order not found" in body["message"]:
        return None
    return body["data"]
"""
TEXT = """\
src/client.py:3:24: error: the codes of catalog 'ltp' are integers, and never equal a text: \
'401009' [code-type]
  hint: write 401009 for '401009'; only its shape websocket may bring a text
src/client.py:5:8: warning: "order not found" is part of the message of 401018, 401203, 401221; \
the API may word it anew [message-text]
  hint: compare the code: 401018 "Order not found", 401203 "Algo order not found", 401221 \
"Algo order not found"
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    """Run each test in a folder with a client."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "client.py").write_text(CLIENT)
    monkeypatch.chdir(tmp_path)


def test_text(command):
    """Each finding is two lines; their number comes on the error output."""
    assert command("scan", "src") == (1, TEXT, "errcodes: 1 error, 1 warning\n")


def test_ignore(command):
    """Rules are switched off by slug; without a finding the exit code is 0."""
    rules = ("--ignore", "code-type", "--ignore", "message-text")
    told = "errcodes: 1 file, 1 number, 1 is a code of catalog 'ltp': no findings\n"
    assert command("scan", "src", *rules) == (0, "", f"{told}{LOOKED_INTO}")


def test_select(command):
    """Selected codes must be handled; several selectors add up, and exclude."""
    options = (
        "--select",
        "fees",
        "--select",
        "401009",
        "--select",
        "!40600x",
        "--select",
        "!406013",
    )
    _, output, _ = command(
        "scan", "src", *options, "--ignore", "code-type", "--ignore", "message-text"
    )
    assert output == (
        "embedded: warning: section fees: 3 of 3 codes are not handled: 406010, 406011, 406012 "
        "[unhandled-code]\n  hint: handle them, or leave them out with --select '!406010'\n"
    )


def test_json(command):
    """JSON holds all facts of each finding."""
    status, output, errors = command("scan", "src/client.py", "--json", "--ignore", "message-text")
    assert (status, errors) == (1, "")
    (finding,) = json.loads(output)
    assert (finding["rule"], finding["file"], finding["line"], finding["column"]) == (
        "code-type",
        "src/client.py",
        3,
        24,
    )
    assert finding["codes"] == ["401009"]


def test_sarif(command):
    """SARIF lists all rules of the scan."""
    log = json.loads(command("scan", "src", "-f", "sarif")[1])
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        rule.slug for rule in SCAN_RULES
    ]
    assert [result["ruleId"] for result in run["results"]] == ["code-type", "message-text"]


def test_github(command):
    """Annotations of GitHub name file, line and column."""
    output = command("scan", "src", "-f", "github")[1]
    assert output.startswith(
        "::error file=src/client.py,line=3,col=24,title=errcodes code-type::the"
    )


def test_another_catalog(command, tmp_path):
    """Any catalog says what is documented."""
    (tmp_path / "my.toml").write_text(
        '[envelope]\ncode_type = "either"\n[sections.a.codes]\n1 = "x"\n'
    )
    assert command("scan", "src", "-c", "./my.toml")[1].splitlines()[0] == (
        "src/client.py:3:24: error: catalog 'my' documents no code '401009' [unknown-code]"
    )


def test_on_a_narrow_terminal(command):
    """Lines are not wrapped: the terminal does that, and what is copied stays whole."""
    terminal = {"FORCE_COLOR": "1", "COLUMNS": "40", "TERM": "xterm"}
    output = command("scan", "src", **terminal)[1]
    assert re.sub(r"\x1b\[[0-9;]*m", "", output) == TEXT
    assert "\x1b" in output


def test_mistakes(command, tmp_path):
    """A path that is not there, and a folder without source, are told with exit code 2."""
    (tmp_path / "empty").mkdir()
    assert command("scan", "srx") == refused(
        "errcodes: srx does not exist\nhint: did you mean src?\n"
    )
    assert command("scan", "empty") == refused(
        "errcodes: there is no source in empty\n"
        "hint: name a file, or a folder with files, such as src/ or client.ts\n"
    )


def test_notes_alone(command, tmp_path):
    """A file that does not parse is told, and fails nothing."""
    (tmp_path / "src" / "client.py").write_text("def f(:")
    text = (
        "src/client.py: note: the file does not parse: invalid syntax on line 1 [unread-source]\n"
        "  hint: mend it for all findings; its numbers and texts were read all the same\n"
    )
    assert command("scan", "src") == (0, text, "errcodes: 1 note\n")


def test_nothing_is_run(command, tmp_path):
    """Source is read, never run."""
    (tmp_path / "src" / "client.py").write_text("open('src/trace', 'w')\nraise SystemExit(7)")
    assert command("scan", "src")[:2] == printed("")[:2]
    assert not (tmp_path / "src" / "trace").exists()


def test_help(command):
    """The help ends with an example."""
    output = command("scan", "--help")[1]
    assert "Example: errcodes scan src/ --select trading --ignore message-text" in output
