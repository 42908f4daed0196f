"""Codes in source that are compared with a value of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import scan

from .conftest import CARDS

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Scanned

WIRE = "code-type: the codes of catalog 'ltp' are integers, and never equal a text: '401009'"
TEXT = "code-type: code is a text here, and never equals an integer: 401009"
INTEGER = "code-type: code is an integer here, and never equals a text: '401009'"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('body["code"] == "401009"', WIRE),
        ('body.get("code") in ("401009",)', WIRE),
        ("error.code == '401009'", WIRE),
        ('code = body["code"]\ncode == "401009"', WIRE),
        ('code, text = body["code"], body["msg"]\ncode == "401009"', WIRE),
        ('code = None\ncode = body["code"]\ncode == "401009"', WIRE),
        ('code = body["code"] or 0\ncode == "401009"', WIRE),
        ('match body:\n    case {"code": "401009"}: pass', WIRE),
        ('match body:\n    case {"code": code}: code == "401009"', WIRE),
        ('def f(code):\n    return code == "401009"', WIRE),
        ('str(body["code"]) == 401009', TEXT),
        ("code = f'{x}'\ncode == 401009", TEXT),
        ("def f(code: str): return code == 401009", TEXT),
        ("def f(code: str | None): return code == 401009", TEXT),
        ("def f(code: 'str'): return code == 401009", TEXT),
        ("code = body['code'].strip()\ncode == 401009", TEXT),
        ("code = self.safe_string(body, 'code')\ncode == 401009", TEXT),
        ("class E:\n    code: str\ne.code == 401009", TEXT),
        ("class E:\n    @property\n    def code(self) -> str: ...\ne.code == 401009", TEXT),
        ("def f(self): self.code: str = x\ne.code == 401009", TEXT),
        ("class E:\n    code: int\ne.code == '401009'", INTEGER),
        ("int(code) == '401009'", INTEGER),
        ("match body:\n    case {'code': int(code)}: code == '401009'", INTEGER),
    ],
)
def test_never_equal(scanned: Scanned, source: str, expected: str):
    """The wire, a conversion, an annotation or a declaration tells the other type."""
    assert [text.partition(" ")[2] for text in scanned(source)] == [expected]


@pytest.mark.parametrize(
    "source",
    [
        'str(body["code"]) == "401009"',
        "int(body['code']) == 401009",
        "code = str(body['code'])\ncode == '401009'",
        "code = body['code']\ncode = str(code)\ncode == '401009'",  # which one holds is not known
        "code = self.safe_string(body, 'code')\ncode == '401009'",
        "code = parse(body)\ncode == '401009'",
        "for code in codes: code == '401009'",
        "code, *rest = parse()\ncode == '401009'",
        "def f(code: Code): return code == '401009'",
        "def f(code: int | str): return code == '401009'",
        "code = code.lower()\ncode == '401009'",
        "class E:\n    code: str\ne.code == '401009'",
        "class E:\n    code: Code\ne.code == '401009'",
        "class E:\n    def f(self): self.code = str(x)\ne.code == '401009'",
        "class A:\n    code: int\nclass B:\n    code: str\ne.code == '401009'",
        "symbol == '401009'",
        "{'401009': 1}",
    ],
)
def test_equal_or_not_known(scanned: Scanned, source: str):
    """What is converted, declared, or not known is no finding."""
    assert scanned(source) == []


def test_declared_in_another_file(tmp_path: Path):
    """An attribute has the types that any of the files declares for its name."""
    (tmp_path / "errors.py").write_text("class E(Exception):\n    code: str\n")
    (tmp_path / "client.py").write_text("e.code == '401009'")
    assert scan([tmp_path], load_catalog()) == ()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("websocket.py", "body['code'] == '401009'"),
        ("stream/ws_client.py", "body['code'] == '401009'"),
        ("client.py", "def on_ws_message(body): return body['code'] == '401009'"),
        ("client.py", "class WebSocketClient:\n    def f(self): return e.code == '401009'"),
        ("client.py", "body['code'] == '601009'"),
    ],
)
def test_another_shape_is_meant(scanned: Scanned, name: str, source: str):
    """Where the shape is named that allows texts, or the code is of its section, they are right."""
    assert scanned(source, name) == []


def test_codes_that_are_texts(scanned: Scanned):
    """The reverse: an integer where the API sends texts, success codes among them."""
    message = "code-type: the codes of catalog 'cards' are texts, and never equal an integer: 51008"
    assert scanned("body['code'] == 51008", catalog=CARDS) == [f"1:17 {message}"]
    assert scanned("body['code'] == '51008'", catalog=CARDS) == []


def test_hint(tmp_path: Path):
    """The hint spells the code, and names the shape that would allow the text."""
    (tmp_path / "client.py").write_text("body['code'] == '401009'")
    (finding,) = scan([tmp_path], load_catalog())
    assert finding.hint == "write 401009 for '401009'; only its shape websocket may bring a text"


@pytest.mark.parametrize(
    ("name", "source", "is_found"),
    [
        ("a.ts", 'err.code === "401009"', True),
        ("a.ts", 'switch (err.code) { case "401009": }', True),
        ("a.ts", 'err.code == "401009"', False),  # JavaScript converts
        ("a.ts", 'String(err.code) === "401009"', False),
        ("a.ts", 'err.code.toString() === "401009"', False),
        ("a.ts", 'interface E { code: string }\nerr.code === "401009"', False),
        ("a.ts", 'interface E { code?: string }\nerr.code === "401009"', False),
        ("a.ts", "interface E { code: number | string }\nerr.code === 401009", False),
        ("a.php", '<?php $body["code"] === "401009";', True),
        ("a.php", '<?php function f(string $code) { $code === "401009"; }', False),
        ("a.php", '<?php switch ($code) { case "401009": }', False),  # PHP converts
        ("a.php", '<?php $x = match ($code) { "401009" => 1 };', True),
        ("a.rb", 'err[:code] == "401009"', True),
        ("a.rb", 'err[:code].to_s == "401009"', False),
        ("A.java", 'e.getCode().equals("401009")', False),  # the compiler knows
        ("a.go", 'if e.Code == "401009" {}', False),
    ],
)
def test_other_languages(scanned: Scanned, name: str, source: str, is_found: bool):
    """Languages that convert, or whose compilers know, bring no findings."""
    assert [text.partition(" ")[2] for text in scanned(source, name)] == [WIRE] * is_found
