"""Where integers and texts stand in source."""

from __future__ import annotations

import pytest

from pytest_errcodes.tools import Place
from pytest_errcodes.tools.scanning.code_occurrences import Occurrence, occurrences
from pytest_errcodes.tools.scanning.source_files import _BY_ENDING


@pytest.fixture
def found(tmp_path):
    """Return a function that gives the codes in a file of some text."""

    def find(text: str | bytes, name: str = "client.py"):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(data)
        return [occurrence.code for occurrence in occurrences([tmp_path / name])]

    return find


def test_an_occurrence_tells_place_and_line(tmp_path):
    """It names the file as it was given, counts from 1 in characters, and shows the line."""
    file = tmp_path / "client.py"
    file.write_text('\n    é = "é" if code == 401_009 else None\n'.replace("    ", ""), "utf-8")
    line = 'é = "é" if code == 401_009 else None'
    assert list(occurrences([file])) == [
        Occurrence("é", Place(str(file), 2, 5), line),
        Occurrence(401009, Place(str(file), 2, 20), line),
    ]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("code == 401009", [401009]),
        ("code == 401_009", [401009]),
        ("code == -1121", [-1121]),
        ("balance - 1121", [1121]),
        ("code == '401009'", ["401009"]),
        ("code == b'401009'", ["401009"]),
        ("code == '401' '009'", ["401009"]),
        ("case = {401009: 'card_declined'}", [401009, "card_declined"]),
        ("True, 200.0, None, 1j, ...", []),
        ("f'{code} 401009 {401018:06d}'", [401018]),
        ("'''401009'''", []),
        ("# 401009", []),
        ("x = 401018 if code == 401009 else 0", [401018, 401009, 0]),
        ("", []),
    ],
)
def test_python(found, source: str, codes: list[object]):
    """Python is read by its syntax tree, in the order of the file."""
    assert found(source) == codes


@pytest.mark.parametrize(
    ("name", "source", "codes"),
    [
        (
            "a.ts",
            "if (e.code === 401009 || x == -5 || `401018`) {} // 401019",
            [401009, -5, "401018"],
        ),
        ("a.js", "f(a - 5, b(1)-6, 'it\\'s', `no ${x} text`)", [5, 1, 6, "it's"]),
        ("a.go", 'case 401_009: return -1, "a", `b`', [401009, -1, "a", "b"]),
        ("a.java", 'long c = 401_009L; /* 401018 */ f("401009");', [401009, "401009"]),
        ("a.kt", 'when (e.code) { 401009 -> "no $x" }', [401009]),
        ("a.rs", 'match c { 401009u32 => r#"a"#, 0x10 => "b\\u{2014}" }', [401009, "a", 16, "b—"]),
        ("a.cs", 'if (e.Code == 401009 && $"{x}" != @"a\\b") {}', [401009, "a\\b"]),
        ("a.swift", 'if e.code == 401_009 { f("no \\(x)") }', [401009]),
        ("a.rb", "case code when 401009 then :card_declined end", [401009, "card_declined"]),
        ("a.php", '<?php if ($e->getCode() === 401009) { f("no $x"); }', [401009]),
    ],
)
def test_other_languages(found, name: str, source: str, codes: list[object]):
    """Other languages are read by their tokens: no comments, no texts that are made when run."""
    assert found(source, name) == codes


@pytest.mark.parametrize("ending", sorted(_BY_ENDING))
def test_every_language(found, ending: str):
    """Each ending names a language whose texts are read."""
    opening = "<?php " if ending == ".php" else ""
    assert "card_declined" in found(f'{opening}x = "card_declined"\n', f"client{ending}")
