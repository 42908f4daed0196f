"""``errcodes diff``: what changed between two catalogs."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from commands import printed, refused

DATA = Path(__file__).parents[1] / "data" / "diffing"
LEFT_OUT = "errcodes: {0}: part of it was left out; errcodes import {0} tells which\n"
CHANGES = """\
10 changes from before.txt to after.txt: 4 breaking, 1 renumbered, 1 meaning, 1 wording, \
1 addition, 2 moved

breaking (4): what a client relies on is gone or different
  envelope  no longer has 200 among its success codes
  400001  removed
    - Daily time limit exceeded
  401024  removed
    - Order cannot be amended
  401112  takes 2 parameters, formerly 1
    - The maximum leverage for this symbol is %s
                               ^^^^^^^^^^^
    + The maximum leverage for %s is %s
                               ^^

renumbered (1): the same message under another code
  400013  is 400014 now
      Request timeout

meaning (1): the same code says something else
  400002  says something else
    - Page size exceeds the allowed limit
                            ^^^^^^^ ^^^^^
    + Page size exceeds the limit of 100
                            ^^^^^ ^^^^^^

wording (1): the same, written differently
  400000  is written differently
    - Invalid parameter — refer to the API documentation
                        ^
    + Invalid parameter - refer to the API documentation
                        ^

addition (1): new
  401030  added
    + Position mode cannot be changed

moved (2): elsewhere in the document
  400013  stands after 400000, formerly after 400003
  401009  stands after 401010, formerly first
"""
NARROW = """\
2 changes from old.toml to new.toml: 1
    breaking, 1 wording

breaking (1): what a client relies on
    is gone or different
  1  takes 2 parameters, formerly 1
    - Due to an order with a better
      price, %s was cancelled
    + Due to an order with a better
      price, %s of %s was cancelled
                ^^^^^^
    tests/test_orders.py:1
        expects_code(1)

wording (1): the same, written
    differently
  2  is written differently
    - 下单失败，余额不足以支付这笔订单。
              ^^
      请先充值
    + 下单失败、余额不足以支付这笔订单。
              ^^
      请先充值
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Return the current folder: two pages, a small catalog, a changed one, and source."""
    monkeypatch.chdir(tmp_path)
    for page in DATA.iterdir():
        (tmp_path / page.name).write_bytes(page.read_bytes())
    old = '[sections.a.codes]\n1 = "One"\n2 = "Two"\n'
    (tmp_path / "old.toml").write_text(old)
    (tmp_path / "new.toml").write_text(old.replace("One", "At %s").replace("Two", "two"))
    for name, source in (("tests", "expects_code(1)"), ("src", "if code == 1: retry(2)")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.py").write_text(f"{source}\n")
    return tmp_path


def test_two_saved_pages(command, folder):
    """Pages are imported and compared; the changes come by kind, the texts under each other."""
    left_out = LEFT_OUT.format("before.txt") + LEFT_OUT.format("after.txt")
    assert command("diff", "before.txt", "after.txt") == (1, CHANGES, left_out)


def test_nothing_changed(command):
    """The exit code is 0 where a client sees no difference."""
    assert command("diff", "ltp", "ltp") == printed("no changes from ltp to ltp\n")


def test_the_published_document(command):
    """The document differs from the embedded catalog in nothing."""
    document = str(DATA.parent / "importing" / "ltp.txt")
    assert command("diff", "ltp", document)[:2] == (0, f"no changes from ltp to {document}\n")


def test_standard_input(command, folder, monkeypatch):
    """A page may be piped in, and is read as the catalog on the other side is."""
    page = io.TextIOWrapper(io.BytesIO(b"1One\n2Deux\n"))
    monkeypatch.setattr(sys, "stdin", page)
    status, output, _ = command("diff", "old.toml", "-")
    assert (status, output.splitlines()[0]) == (1, "1 change from old.toml to -: 1 meaning")


@pytest.mark.parametrize(
    ("kinds", "status"),
    [("breaking", 1), ("meaning,Wording", 1), ("meaning,moved", 0), ("none", 0)],
)
def test_fail_on(command, folder, kinds: str, status: int):
    """Only the kinds that are named make the exit code 1; all changes are shown."""
    done = command("diff", "old.toml", "new.toml", "--fail-on", kinds)
    assert done[0] == status
    assert done[1].startswith("2 changes from old.toml to new.toml: 1 breaking, 1 wording\n")


def test_fail_on_breaking_includes_renumbered(command, folder):
    """A renumbered code is gone for who names it."""
    (folder / "new.toml").write_text('[sections.a.codes]\n1 = "One"\n3 = "Two"\n')
    assert command("diff", "old.toml", "new.toml", "--fail-on", "breaking")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("old.toml", "new.toml", "--impact", "tests/", "src/"),
        ("old.toml", "new.toml", "--impact", "tests", "--impact", "src"),
        ("--impact", "tests", "old.toml", "new.toml", "src"),
    ],
)
def test_impact(command, folder, arguments: tuple[str, ...]):
    """Below each change stand the lines that name its code; further paths may just follow."""
    assert command("diff", *arguments)[1].splitlines()[2:] == [
        "breaking (1): what a client relies on is gone or different",
        "  1  takes 1 parameter, formerly 0",
        "    - One",
        "      ^^^",
        "    + At %s",
        "      ^^^^^",
        "    tests/tests.py:1  expects_code(1)",
        "    src/src.py:1  if code == 1: retry(2)",
        "",
        "wording (1): the same, written differently",
        "  2  is written differently",
        "    - Two",
        "      ^^^",
        "    + two",
        "      ^^^",
        "    src/src.py:1  if code == 1: retry(2)",
    ]


def test_impact_of_many_lines(command, folder):
    """Of many lines the first ten are shown, and JSON has them all."""
    (folder / "src" / "src.py").write_text("a = 1\n" * 12)
    shown = command("diff", "old.toml", "new.toml", "--impact", "src")[1].splitlines()
    assert sum("src.py" in line for line in shown) == 10
    assert "    and 2 more lines, all of them with --json" in shown
    found = json.loads(command("diff", "old.toml", "new.toml", "--impact", "src", "--json")[1])
    assert [len(change["impact"]) for change in found["changes"]] == [12, 0]


def test_json(command, folder):
    """JSON holds both sources, the counts, and all facts of each change."""
    status, output, _ = command("diff", "old.toml", "new.toml", "--impact", "src", "--json")
    place = {"file": "src/src.py", "line": 1, "column": 12, "text": "if code == 1: retry(2)"}
    found = json.loads(output)
    assert status == 1
    assert found["old"] == {"source": "old.toml", "name": "old", "codes": 2}
    assert (found["counts"]["breaking"], found["counts"]["moved"]) == (1, 0)
    assert found["changes"][0] == {
        "kind": "breaking",
        "slug": "parameters",
        "subject": "1",
        "summary": "takes 1 parameter, formerly 0",
        "old": "One",
        "new": "At %s",
        "codes": [1],
        "impact": [place],
    }


def test_json_without_impact(command, folder):
    """There is no key for lines that nobody asked for; --format json is the same."""
    (folder / "new.toml").write_text(
        '[sections.a.codes]\n1 = "One"\n2 = {message = "Two", tags = ["final"]}\n'
    )
    output = command("diff", "old.toml", "new.toml", "--json")[1]
    assert json.loads(output)["changes"] == [
        {
            "kind": "moved",
            "slug": "tags",
            "subject": "2",
            "summary": "has the tag final now",
            "old": [],
            "new": ["final"],
            "codes": [2],
        }
    ]
    assert command("diff", "old.toml", "new.toml", "-f", "json")[1] == output


def test_markdown(command, folder):
    """A section of a changelog, its heading names both sources."""
    status, output, _ = command("diff", "old.toml", "new.toml", "-f", "markdown", "--impact", "src")
    assert status == 1
    assert output == (
        "## Error codes: old.toml to new.toml\n\n"
        "### Breaking (1)\n\n"
        "| what | change | before | after | named in |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `1` | takes 1 parameter, formerly 0 | `One` | `At %s` | `src/src.py:1` |\n\n"
        "### Wording (1)\n\n"
        "| what | change | before | after | named in |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `2` | is written differently | `Two` | `two` | `src/src.py:1` |\n"
    )


def test_a_narrow_terminal(command, folder):
    """Lines are folded between words where they can be, and the marks stay below their words."""
    due, failed = (
        "Due to an order with a better price, %s",
        "下单失败，余额不足以支付这笔订单。请先充值",
    )
    changed = (f"{due} of %s", failed.replace("，", "、"))
    for name, (first, second) in (("old", (due, failed)), ("new", changed)):
        codes = f'[sections.a.codes]\n1 = "{first} was cancelled"\n2 = "{second}"\n'
        (folder / f"{name}.toml").write_text(codes, "utf-8")
    (folder / "tests" / "tests.py").rename(folder / "tests" / "test_orders.py")
    terminal = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "40", "TERM": "xterm"}
    output = command("diff", "old.toml", "new.toml", "--impact", "tests", **terminal)[1]
    assert re.sub(r"\x1b\[[01]m", "", output) == NARROW  # bold is no colour


def test_colours_of_a_terminal(command, folder):
    """A terminal gets what went in red, and what came in green; a pipe gets no colours."""
    output = command("diff", "old.toml", "new.toml", FORCE_COLOR="1", TERM="xterm")[1]
    assert "\x1b[31m    - Two\x1b[0m\n" in output
    assert "\x1b[32m    + two\x1b[0m\n" in output


def test_control_characters_stay_on_their_line(command, folder):
    """What does not print is shown as in Python, and marked at its full width."""
    for name, message in (("old", "a b"), ("new", "a\\u00a0b")):
        (folder / f"{name}.toml").write_text(f'[sections.a.codes]\n1 = "{message}"\n')
    assert command("diff", "old.toml", "new.toml")[1].splitlines()[3:] == [
        "  1  is written differently",
        "    - a b",
        "       ^",
        "    + a\\xa0b",
        "       ^^^^",
    ]


def test_a_path_that_is_not_there(command):
    """A path to look into must exist."""
    assert command("diff", "ltp", "ltp", "--impact", "nowhere") == refused(
        f"errcodes: nowhere does not exist\nhint: a relative path starts at {Path.cwd()}\n"
    )


def test_two_formats_at_once(command):
    """JSON and Markdown are not both to be had."""
    status, output, errors = command("diff", "ltp", "ltp", "--json", "-f", "markdown")
    assert (status, output) == (2, "")
    told = " ".join(re.sub("[│╭╮╰╯─]", " ", errors).split())
    assert "asks for JSON, and --format for markdown; give one of the two" in told


def test_help_ends_with_an_example(command):
    """The help shows how the command is used."""
    status, output, _ = command("diff", "--help")
    assert status == 0
    assert " ".join(output.split()).endswith(
        "Example: errcodes diff ltp page.html --fail-on breaking,meaning --impact tests/"
    )
