"""``errcodes import``."""

from __future__ import annotations

import gc
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import load_catalog, parse_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Command

PAGE = """\
All answers have a code.

Orders (51xx)
CodeMessage
5101No order
5102Too many: %s
5101Again
"""
CATALOG = """\
name = "my"

[envelope]
code = "code"
message = "message"
data = "data"
code_type = "integer"
success = []

[sections.orders]
title = "Orders"
label = "51xx"

[sections.orders.codes]
5101 = ["No order", "Again"]
5102 = "Too many: %s"
"""
REMARKS = """\
page.txt:1: All answers have a code.: left out, a line outside of any table
page.txt:6: 5102 Too many: %s: holds a placeholder: %s
page.txt:7: 5101 Again: became another message of a code documented on line 5 already
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which holds a page."""
    (tmp_path / "page.txt").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_page_becomes_a_file(command: Command, folder: Path) -> None:
    """The catalog is written, and what was left out is told line by line."""
    summary = "errcodes: 2 codes in 1 section written to my.toml; 1 left out\n"
    assert command("import", "page.txt", "-o", "my.toml") == (0, "", REMARKS + summary)
    assert (folder / "my.toml").read_text() == CATALOG
    assert load_catalog(folder / "my.toml")[5102].template.match("Too many: 7") == ("7",)


def test_without_a_file_the_catalog_is_printed(command: Command, folder: Path) -> None:
    """Standard output holds nothing but the catalog."""
    status, output, errors = command("import", "page.txt", "--name", "my")
    assert (status, output) == (0, CATALOG)
    assert errors.endswith("errcodes: 2 codes in 1 section; 1 left out\n")


def test_from_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"5101 No order")))
    _, output, errors = command("import", "-")
    assert parse_catalog(output).name == "imported"
    assert errors == "errcodes: 1 code in 1 section; 0 left out\n"


def test_options_say_what_the_page_does_not(command: Command, folder: Path) -> None:
    """Name, title, section and the type of codes."""
    options = ("--title", "A broker", "--section", "All (5xxx)", "--code-type", "string")
    catalog = parse_catalog(command("import", "page.txt", *options)[1])
    assert (catalog.name, catalog.title, list(catalog)) == ("page", "A broker", ["5101", "5102"])
    assert [(section.id, section.label) for section in catalog.sections] == [("all", "5xxx")]


def test_a_base_keeps_what_it_says(command: Command, folder: Path) -> None:
    """Envelope, ids and tags come from the catalog that the page is imported anew for."""
    base = CATALOG.replace("orders", "o").replace(
        '["No order", "Again"]', '{ message = "x", tags = ["t"] }'
    )
    base = base.replace("success = []", 'success = [1]\n\n[lint]\nignore = ["gap"]')
    (folder / "my.toml").write_text(base)
    options = ("--base", "./my.toml", "-o", "my.toml", "--force")
    assert command("import", "page.txt", *options)[0] == 0
    catalog = load_catalog(folder / "my.toml")
    assert (catalog[5101].section.id, catalog[5101].tags) == ("o", ("t",))
    assert (catalog.shape.success, catalog.lint_ignore) == ((1,), ("gap",))


def test_json(command: Command, folder: Path) -> None:
    """The outcome as JSON, for other programs; the file is written all the same."""
    status, output, errors = command("import", "page.txt", "-o", "my.toml", "--json")
    facts = json.loads(output)
    assert (status, errors) == (0, "")
    assert {**facts, "remarks": len(facts["remarks"])} == {
        "catalog": "my",
        "codes": 2,
        "sections": ["orders"],
        "written": "my.toml",
        "remarks": 3,
    }
    assert facts["remarks"][2] == {
        "line": 7,
        "text": "5101 Again",
        "what": "became another message of a code documented on line 5 already",
        "left_out": False,
        "kind": "duplicate",
    }
    assert (folder / "my.toml").read_text() == CATALOG


def test_json_tells_of_no_file_that_was_not_written(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, nothing is printed but the mistake."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.link", full)
    monkeypatch.setattr("os.replace", full)
    assert command("import", "page.txt", "-o", "my.toml", "--json") == (
        2,
        "",
        (
            "errcodes: my.toml cannot be written: No space left on device\n"
            "hint: make room on the disk, or name a file on another\n"
        ),
    )


def test_an_existing_file_is_told_of_before_anything_is_read(
    command: Command, folder: Path
) -> None:
    """Nothing is lost without --force."""
    (folder / "my.toml").write_text("mine")
    status, _, errors = command("import", "nowhere.txt", "-o", "my.toml")
    assert (status, errors.splitlines()[0]) == (2, "errcodes: my.toml exists already")
    assert (folder / "my.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("page.txt", "--code-type", "number"),
            (
                "errcodes: --code-type=number is no type of codes\n"
                "hint: write one of integer, string, either\n"
            ),
        ),
        (
            ("page.txt", "--format", "txt"),
            (
                "errcodes: no format is named 'txt'; there are html, json, yaml, openapi, "
                "rst, markdown, python, csv, text\nhint: did you mean text?\n"
            ),
        ),
        (
            ("page.txt", "--message-column", "reason"),
            (
                "errcodes: page.txt has no table with a message column 'reason'; its columns are "
                "code, message\n"
                "hint: name one of them with --message-column, or its number from 1\n"
            ),
        ),
        (
            ("empty.txt",),
            (
                "errcodes: empty.txt documents no codes: it holds no table and no line that begins "
                "with a code\n"
                "hint: save the page that lists the codes, or name the columns with --code-column "
                "and --message-column\n"
            ),
        ),
    ],
)
def test_mistakes(
    command: Command, folder: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    """Each is told in words, with exit code 2."""
    (folder / "empty.txt").write_text("Nothing to see here.")
    assert command("import", *arguments) == (2, "", complaint)


def test_many_remarks_of_a_kind_are_not_all_shown(command: Command, folder: Path) -> None:
    """Ten of each kind are, and how many more there are; all of them with --verbose."""
    lines = [f"{number} At most %s" for number in range(1, 13)] + ["1 Again"] * 11
    (folder / "page.txt").write_text("\n".join(lines))
    errors = command("import", "page.txt", "-o", "my.toml")[2].splitlines()
    assert len(errors) == 10 + 10 + 2
    assert errors[-2:] == [
        "page.txt: and 2 messages with placeholders, 1 code documented twice; --verbose shows all",
        "errcodes: 12 codes in 1 section written to my.toml; 10 left out",
    ]
    errors = command("import", "page.txt", "-o", "all.toml", "-v")[2].splitlines()
    assert len(errors) == 12 + 11 + 1


def test_remarks_stay_on_their_lines(command: Command, folder: Path) -> None:
    """What a page holds does not steer the terminal."""
    (folder / "page.csv").write_text("code,message\n1,one\n,\x1b[31mred\n")
    _, _, errors = command("import", "page.csv")
    assert errors.splitlines()[0] == (
        "page.csv:3: \\x1b[31mred: left out, its cell for the code is empty"
    )


def test_a_mistake_writes_nothing(command: Command, folder: Path) -> None:
    """A source that is refused leaves no file, and an existing one as it was."""
    (folder / "page.json").write_text("[")
    (folder / "my.toml").write_text("mine")
    assert command("import", "page.json", "-o", "my.toml", "--force")[0] == 2
    assert command("import", "page.json", "-o", "new.toml")[0] == 2
    assert (folder / "my.toml").read_text() == "mine"
    assert not (folder / "new.toml").exists()


def test_a_library_that_is_missing(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install is told in one line, and nothing is written."""
    (folder / "page.html").write_text("<table>")
    monkeypatch.setitem(sys.modules, "lxml", None)
    told = "errcodes: reading page.html needs lxml: pip install 'pytest-errcodes[import]'\n"
    assert command("import", "page.html", "-o", "my.toml") == (2, "", told)
    assert not (folder / "my.toml").exists()


def test_garbage_is_collected_again(command: Command, folder: Path) -> None:
    """An import pauses the collection of garbage, whatever comes of it."""
    command("import", "page.txt")
    command("import", "nowhere.txt")
    assert gc.isenabled()
    gc.disable()
    command("import", "page.txt")
    assert not gc.isenabled()
    gc.enable()
