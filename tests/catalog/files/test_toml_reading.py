"""Reading a file line by line gives what tomllib gives."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.catalog.files.toml_reading import read, read_plain_toml

LTP = Path(__file__).parents[3] / "pytest_errcodes" / "catalog" / "data" / "ltp.toml"

LINES = [
    "[sections.a.codes]",
    "[sections.b.codes]",
    " [sections.b.codes] ",
    "[sections.a]",
    "[sections.a.codes.5]",
    "[sections.c.codes] # comment",
    '[sections."d d".codes]',
    'title = "T"',
    'codes.7 = "seven"',
    "",
    "  # comment [",
    "# bad \x01",
    '1 = "one"',
    '  2 = "two"  ',
    '"2" = "again"',
    "3 = 'three'",
    '4 = "four" # comment',
    '5.message = "five"',
    '"" = ""',
    '"6 # [x]" = "six"',
    '6 = "tab\tand # [sections.a.codes]"',
    '7 = "esc\\u0041ped \\" quote"',
    '8 = """long',
    '[sections.b.codes]"""',
    '9 = { message = "nine" }',
    '10 = { message = "ten", tags = ["a", "b"], open_ended = true, http_status = 400 }',
    '11 = { message = "eleven", message = "again" }',
    "12 = {}",
    '13 = {message="tight",tags=["x","y"]}',
    '14 = { message = "x", tags = [] , http_status = 099 }',
    '15 = { tags = ["{ message = 1 }"], open_ended = false }',
    '16 = { message = "x", tags = [',
    '"y" ] }',
    '17 = { message = "x", }',
    '18 = "umlaut ä — \u2028 \x85"',
    '19 = "bad \x01"',
    "20 = twenty",
    "21 = 21",
    "]",
]


def by_tomllib(text: str) -> dict[str, object] | None:
    """Return what tomllib reads; None where it refuses."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


@settings(max_examples=500)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.booleans())
def test_any_lines(chosen: list[str], header: bool) -> None:
    """Whatever the lines, the outcome is tomllib's, in the same order."""
    text = "\n".join(["[sections.a.codes]", *chosen] if header else chosen)
    expected = by_tomllib(text)
    found = read(text.encode())
    assert found == expected
    assert repr(found) == repr(expected)


@pytest.mark.parametrize("line", LINES)
def test_each_line(line: str) -> None:
    """Each single line of the codes is read as tomllib reads it."""
    text = f'[sections.a.codes]\n0 = "zero"\n{line}\n30 = "thirty"\n'
    assert repr(read(text.encode())) == repr(by_tomllib(text))


def test_the_embedded_catalog() -> None:
    """Of the file that is read most, nothing is read otherwise."""
    assert repr(read(LTP.read_bytes())) == repr(tomllib.loads(LTP.read_text("utf-8")))


def test_line_by_line_reading_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The codes of a catalog never reach tomllib, which would take its time."""
    ltp = LTP.read_text("utf-8")
    title = 'title = "LTP RapidX API"'
    assert title in ltp
    read_by_tomllib: list[str] = []
    loads = tomllib.loads

    def noting(text: str) -> dict[str, object]:
        read_by_tomllib.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", noting)
    odd = ltp.replace(title, title.replace('"', "'"))
    assert parse_catalog(odd.encode(), "odd") == load_catalog("ltp")
    (rest,) = read_by_tomllib
    assert "[sections.websocket.codes]" in rest
    assert "601004" not in rest


def test_tomllib_is_not_imported() -> None:
    """The embedded catalog needs nothing of tomllib, whose import takes longer than reading it."""
    script = """
import sys
from pytest_errcodes.catalog import load_catalog

sys.modules.pop("tomllib", None)  # what measures coverage has imported it
load_catalog("ltp")
print("tomllib" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


TABLES = [
    "[envelope]",
    "[envelope.websocket]",
    "[a]",
    "[a.b]",
    " [a.b.c] ",
    "[a . b]",
    "[[a]]",
    "[a",
    "[]",
    "[a..b]",
    '["a"]',
    "[ä]",
    "# comment ä",
    "\t# comment",
    "# bad \x01",
    "",
    "b = 1",
    "a = 1",
    "a.b = 1",
    '"c" = 1',
    "c =1",
    "c  = 1",
    "ä = 1",
    "= 1",
    " = 1",
    "-_ = 0",
    "d = 00",
    "e = 007",
    "f = -1",
    "g = 1_000",
    "h = 1.5",
    "i = 123456789012345678901234567890",
    "j = ²",
    "k = true",
    "l = True",
    'm = ""',
    'n = "x" # "y"',
    'o = "x \\" y"',
    'p = "\\u0041"',
    "q = 'x'",
    'r = "umlaut ä — \u2028 \x85 \xa0"',
    "s = []",
    "t = [1, true]",
    't = ["x", "y"]',
    't = ["x, y", "[z]"]',
    "u = [1,2]",
    "u = [1, 2,]",
    "u = [1, 2, ]",
    "u = [[1], 2]",
    "u = [ 1, 2 ]",
    "v = [",
    "1]",
    "w = { x = 1 }",
    'x = """y"""',
    'y = "',
    "z = 1979-05-27",
    "z = ",
    "z",
]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(TABLES), max_size=8))
def test_any_tables(chosen: list[str]) -> None:
    """What is read without tomllib is what tomllib reads, in the same order."""
    text = "\n".join(chosen)
    found = read_plain_toml(text)
    assert found is None or repr(found) == repr(by_tomllib(text))
    assert repr(read(text.encode())) == repr(by_tomllib(text))


@pytest.mark.parametrize("line", TABLES)
def test_each_table(line: str) -> None:
    """Each line by itself, below a table and above another one, is read as tomllib reads it."""
    text = f"[first]\n{line}\n[last]\nkey = 1\n"
    found = read_plain_toml(text)
    assert found is None or repr(found) == repr(by_tomllib(text))


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """No bytes break the reader."""
    found = read(data)
    assert found is None or isinstance(found, dict)
