"""A scan as a whole: what is switched off, what cannot be read, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes import ErrcodesUsageError
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import SCAN_RULES, scan
from pytest_errcodes.tools.scanning.source_files import SourceFile
from pytest_errcodes.tools.scanning.source_reading import read_facts

from .conftest import unknown

if TYPE_CHECKING:
    from .conftest import Scanned

TWICE = 'if code == 401999 or "already exists" in message: ...'


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("", ["unknown-code", "message-text"]),
        ("  # errcodes: ignore", []),
        ("  # noqa  #errcodes:ignore", []),
        ("  # errcodes: ignore[unknown-code]", ["message-text"]),
        ("  # errcodes: ignore[unknown-code, message-text]", []),
        ("  # errcodes: ignore[code-type]", ["unknown-code", "message-text"]),
        ("  # errcodes: ignored", ["unknown-code", "message-text"]),
    ],
)
def test_comments(scanned: Scanned, comment: str, left: list[str]):
    """A comment switches its line off, whole or by slug."""
    assert [text.split()[1].rstrip(":") for text in scanned(TWICE + comment)] == left


@pytest.mark.parametrize(
    ("name", "comment"), [("a.ts", "//"), ("a.c", "/*"), ("a.lua", "--"), ("a.rb", "#")]
)
def test_comments_of_other_languages(scanned: Scanned, name: str, comment: str):
    """Each language has its own comments."""
    source = f"x = error.code == 401999 {comment} errcodes: ignore[unknown-code]"
    assert scanned(source, name) == []


@pytest.mark.parametrize(
    ("ignore", "count"),
    [(["unknown-code"], 1), (["unknown-code:4019xx"], 1), (["unknown-code:trading"], 2)],
)
def test_ignore(scanned: Scanned, ignore: list[str], count: int):
    """A rule is switched off as a whole, or for codes."""
    assert len(scanned(TWICE, ignore=ignore)) == count


def test_unknown_rule(scanned: Scanned):
    """A slug that no rule has is a mistake."""
    with pytest.raises(
        ErrcodesUsageError, match=r"^no rule is named 'unknwon-code'\nhint: did you"
    ):
        scanned("", ignore=["unknwon-code"])


@pytest.mark.parametrize("paths", [["empty"], []])
def test_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]):
    """Folders without source are a mistake."""
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    with pytest.raises(ErrcodesUsageError) as caught:
        scan(paths, load_catalog())
    assert str(caught.value) == (
        f"there is no source in {paths[0] if paths else 'no path'}\n"
        "hint: name a file, or a folder with files, such as src/ or client.ts"
    )


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("x = (1\nerror.code == 401999", "the file does not parse: '(' was never closed on line 1"),
        (
            "x = " + "(" * 300 + "1\nerror.code == 401999",
            "the file does not parse: too many nested parentheses on line 1",
        ),
    ],
    ids=["syntax", "nesting"],
)
def test_python_that_does_not_parse(scanned: Scanned, source: str, note: str):
    """It is told in a note, and read by its tokens."""
    assert scanned(source) == [f"None:None unread-source: {note}", unknown(401999, "2:15")]


def test_what_is_not_read(tmp_path: Path):
    """A file that is left out is a note with what became of it."""
    (tmp_path / "a.py").write_bytes(b"\0")
    (finding,) = scan([tmp_path], load_catalog())
    assert (finding.message, finding.hint, finding.severity) == (
        "the file is no text",
        "it was left out",
        "note",
    )


def test_order(tmp_path: Path):
    """Findings come by file and by line; what is about the whole comes last."""
    (tmp_path / "b.py").write_text("code == 401999")
    (tmp_path / "a.py").write_text(
        '"already exists" in message or x\ncode == 401998\ncode == 401997'
    )
    findings = scan([tmp_path], load_catalog(), select=["402001"])
    assert [(Path(finding.place.file).name, finding.place.line) for finding in findings] == [
        ("a.py", 1),
        ("a.py", 2),
        ("a.py", 3),
        ("b.py", 1),
        ("embedded", None),
    ]


def test_rules_are_told_apart():
    """Each rule has a slug and a sentence of its own."""
    assert (
        len({rule.slug for rule in SCAN_RULES}) == len({rule.summary for rule in SCAN_RULES}) == 6
    )


@given(
    text=st.text(),
    language=st.sampled_from(["python", "typescript", "ruby", "go", "php", "kotlin"]),
)
def test_any_text_is_read(text: str, language: str):
    """Whatever a file holds, reading it ends, and each literal has its place in the text."""
    text = text.replace("\r", "\n").replace("\0", "")
    lines = text.split("\n")
    for literal in read_facts(SourceFile("a", language, text)).literals:
        place = literal.place
        assert place.line is not None
        assert place.column is not None
        assert 1 <= place.column <= len(lines[place.line - 1])


PIECES = (
    *("code", "case", "when", "switch", "equals", "includes", "401009", "-1", '"a"', "\n", "//"),
    *("==", "===", "(", ")", "[", "]", "{", "}", ",", ".", "=", ":", "!", "?", "=>"),
)


@given(
    words=st.lists(st.sampled_from(PIECES), max_size=40),
    language=st.sampled_from(["python", "typescript", "ruby", "java"]),
)
def test_any_tokens_are_read(words: list[str], language: str):
    """Tokens in whatever order, with brackets that do not match, are read to their end."""
    text = " ".join(words)
    numbers = [literal.value for literal in read_facts(SourceFile("a", language, text)).literals]
    assert set(numbers) <= {401009, 1, -1, "a"} | {
        value for value in numbers if isinstance(value, str)
    }


def test_a_long_list_is_read_in_linear_time(scanned: Scanned):
    """A list of 20,000 numbers and a chain of 20,000 additions are no trouble."""
    assert scanned("x = [" + "401009, " * 20_000 + "]", "a.js") == []
    assert scanned("x = " + "1 + " * 2_000 + "1") == []
