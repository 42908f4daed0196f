"""Codes in source that the catalog lacks: where a code is meant, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.tools import scan

from .conftest import CARDS, unknown

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Scanned


NO_SELECTOR = "selector 'tradin' picks nothing in catalog 'ltp'"


@pytest.mark.parametrize(
    "source",
    [
        "code == 401999",
        "401999 != error.code",
        'body["code"] == 401999',
        'body.get("errCode") == 401999',
        'getattr(error, "err_code", None) == 401999',
        "error.code in (401009, 401999)",
        "error.code not in frozenset({401999})",
        "int(body['code']) == 401_999",
        "(await answer()).ret_code == 401999",
        'self.safe_integer(body, "code") == 401999',
        "if (code := answer()): code == 401999",
        "match error.code:\n    case 401009 | 401999: pass",
        'match body:\n    case {"code": 401999}: pass',
        "match error:\n    case ApiError(code=401999) as found: pass",
        "raise ApiError(code=401999)",
        "retry(error_codes=[401009, 401999])",
        "@pytest.mark.expects_code(401009, 401999)\ndef test(): ...",
        "with raises_code(401999): ...",
        "assert_code(response, 401999)",
        "response == IsCode(401999)",
        "route.reply(401009).then(401999)",
        'body = {"code": 401999, "message": "x", "data": None}',
    ],
)
def test_where_a_code_is_meant(scanned: Scanned, source: str):
    """Compared with what says code, passed as a code, or the code of an envelope."""
    digits = "401_999" if "_999" in source else "401999"
    before = source[: source.index(digits)].rpartition("\n")
    place = f"{before[0].count(chr(10)) + bool(before[1]) + 1}:{len(before[2]) + 1}"
    assert scanned(source) == [unknown(401999, place)]


@pytest.mark.parametrize(
    "source",
    [
        "timeout = 401999",
        "response.status_code == 404999",
        "error.exit_code == 401999",
        "error.code == 404",  # an HTTP status, as of urllib's errors
        "error.code == 1006",  # the WebSocket was closed
        "error.code == 12",
        "error.code == 'USD'",
        "error.code < 402000",
        "401000 <= code < 402000",
        "code in range(401000, 402000)",
        "code == 200000 or code == '0' or code == 200",
        "price == 401999",
        "place_order(401999)",
        'route.reply(401999, undocumented=True, message="x")',
        "route.reply(401112, 20251)",  # a parameter
        'body = {"code": 401999}',
        'error.code == f"{401999}"',
        "code == True",
    ],
)
def test_where_no_code_is_meant(scanned: Scanned, source: str):
    """Other numbers, HTTP statuses, bounds of ranges, success codes and parameters are none."""
    assert scanned(source) == []


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("RETRYABLE = {401009, 401065}", ["1:22"]),
        ("RETRYABLE = frozenset([401009, 401065])", ["1:32"]),
        ("NAMES = {401009: 'a', 401065: 'b'}", ["1:23"]),
        ("ERRORS = [401065]", ["1:11"]),
        ("class ErrorCode(IntEnum):\n    DUPLICATE = 401009\n    ODD = 401065", ["3:11"]),
        ("class ErrorCode:\n    A: int = 401009\n    B: int = 999999", ["3:14"]),
        ("ORDER_ERROR = 401065", ["1:15"]),
        ("SIZES = (401065, 5000, 60000)", []),  # in no company of codes
        ("LIMITS = {401009, 999999}", []),  # in no section
        ("STEPS = {401009, 401065, 12345, 23456, 34567}", []),  # mostly no codes
        ("ERRORS = [999999]", []),
    ],
)
def test_what_is_stored(scanned: Scanned, source: str, places: list[str]):
    """Two of three: the name says errors, the company is documented, the number fits a label."""
    found = 999999 if "B: int" in source else 401065
    assert scanned(source) == [unknown(found, place) for place in places]


@pytest.mark.parametrize(
    ("name", "source", "place"),
    [
        ("a.ts", "if (err?.code === 401999) {}", "1:19"),
        ("a.ts", "if (401999 == err.response!.data!.code) {}", "1:5"),
        ("a.ts", 'if (body["code"] == 401999) {}', "1:21"),
        ("a.ts", "switch (err.code) { case 401009: case 401999: }", "1:39"),
        ("a.ts", "if ([401009, 401999].includes(err.code)) {}", "1:14"),
        ("a.ts", "throw new ApiError({code: 401999})", "1:27"),
        ("a.ts", "const RETRY: Set<number> = new Set([401009, 401999, 401018]);", ""),
        ("a.ts", "const RETRY: Set<number> = new Set([401009, 401065, 401018]);", "1:45"),
        ("a.ts", "const x = {a: 1, errorCodes: [401065]};", "1:31"),
        ("a.ts", "export enum ErrorCode { Dup = 401009, Nope = 401999 }", "1:46"),
        ("a.ts", "setTimeout(f, 401999); log(err, 401065);", ""),
        ("a.go", "switch resp.Code {\ncase 401009, 401999:\n}", "2:14"),
        ("a.go", "ranges, err := f(401065, 401009)", ""),
        ("A.java", "if (e.getCode() == 401999) {}", "1:20"),
        ("A.java", 'if ("401999".equals(e.getCode())) {}', "1:5"),
        ("A.java", "if (e.getCode().equals(401999)) {}", "1:24"),
        ("A.java", 'enum ErrorCode { DUP(401009, "a"), ODD(401065, "b"); }', "1:40"),
        ("a.kt", "when (e.code) { 401009, 401999 -> 1 }", "1:25"),
        ("a.rs", "match e.code { 401009 | 401999 => 1, _ => 2 }", "1:25"),
        ("a.rs", "match e.code() { 401999 => 1, _ => 2 }", "1:18"),
        ("a.cs", "if (e.Code == 401999) {}", "1:15"),
        ("a.swift", "switch error.code { case 401009, 401999: break }", "1:34"),
        ("a.rb", "case error.code\nwhen 401999 then retry\nend", "2:6"),
        ("a.php", "<?php if ($e->getCode() === 401999) {}", "1:29"),
        ("a.php", "<?php $names = [401009 => 'a', 401065 => 'b'];", "1:32"),
        ("a.js", "x = cond ? code : 401999", ""),
        ("a.js", "if (401999 <= code) {}", ""),
        ("a.js", "if (err.code == x[y]) { z(401999) }", ""),
        ("a.js", "if (codes[0] === 401999) {}", "1:18"),
        ("a.js", "if ((err).code === 401999) {}", "1:20"),
        ("a.go", "const ErrorCode = 401065", "1:19"),
    ],
)
def test_other_languages(scanned: Scanned, name: str, source: str, place: str):
    """The tokens around a number tell as much."""
    number = "401065" if "401065" in source else "401999"
    found = number if f'"{number}"' in source else int(number)
    expected = [unknown(found, place)] if place else []
    assert scanned(source, name) == expected


@pytest.mark.parametrize("source", ["x.code === -1121", "switch (x.code) { case -1121: }"])
def test_negative_codes_of_other_languages(scanned: Scanned, source: str):
    """A minus belongs to the number, and its place is the minus."""
    assert scanned(source, "a.ts") == [unknown(-1121, f"1:{source.index('-1121') + 1}")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('code == "card_declnied"', [unknown("card_declnied", "1:9", "cards")]),
        ('code == "51009"', [unknown("51009", "1:9", "cards")]),
        ('code == "00018"', [unknown("00018", "1:9", "cards")]),
        ('ERRORS = {"51009"}', [unknown("51009", "1:11", "cards")]),
        ('code == "USD" or code == "card_declined" or code == "00017"', []),
        ('code == "00000"', []),
    ],
)
def test_codes_that_are_texts(scanned: Scanned, source: str, expected: list[str]):
    """A word counts if it nearly is a documented one, a number by its digits."""
    assert scanned(source, catalog=CARDS) == expected


@pytest.mark.parametrize(
    ("word", "is_code"),
    [
        ("C009", True),
        ("E-42-1", True),
        ("D001", False),
        ("X1", False),
        ("C001", False),
    ],
)
def test_words_with_other_digits(scanned: Scanned, word: str, is_code: bool):
    """A word counts if it is a documented one but for its digits, two or more."""
    catalog = (
        'name = "pay"\n[envelope]\ncode_type = "string"\n[sections.a.codes]\n'
        'C001 = "one"\nE-10-2 = "two"\nX7 = "three"\n'
    )
    expected = [unknown(word, "1:9", "pay")] if is_code else []
    assert scanned(f'code == "{word}"', catalog=catalog) == expected


def test_the_nearest_codes_are_told(tmp_path: Path):
    """The hint names what may have been meant: a digit was lost."""
    (tmp_path / "client.py").write_text('body["code"] == "60009"')
    (finding,) = scan([tmp_path], load_catalog())
    assert (finding.codes, finding.severity) == (("60009",), "error")
    assert finding.message == "catalog 'ltp' documents no code '60009'"
    assert finding.hint == (
        'nearest: 601009 "Login failed"; check it against the document, or add it to a catalog of '
        "your own"
    )


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ('"fees", "!401099", "4012xx", 401009', []),
        ('"tradin"', ["1:24 unknown-code: " + NO_SELECTOR]),
        ("401999", [unknown(401999, "1:24")]),
    ],
)
def test_selectors_of_every_code(scanned: Scanned, selectors: str, expected: list[str]):
    """A selector that picks nothing is told; others are none of our business."""
    assert scanned(f"pytest.mark.every_code({selectors})") == expected


@pytest.mark.parametrize(
    "source",
    [
        'pytestmark = pytest.mark.errcodes(catalog="cards.toml")\nassert_code(x, "51999")',
        'pytestmark = [pytest.mark.errcodes(catalog="cards.toml")]\nassert_code(x, "51999")',
        '@pytest.mark.errcodes(catalog="cards.toml")\ndef test():\n    assert_code(x, "51999")',
        '@errcodes(catalog="c.toml")\nclass Test:\n    def test(self): raises_code("51999")',
        'class Test:\n    pytestmark = errcodes(catalog="c.toml")\n    X = raises_code("51999")',
    ],
)
def test_what_a_marker_gives_another_catalog(scanned: Scanned, source: str):
    """Codes of another catalog are not judged by this one."""
    assert scanned(source) == []


def test_what_a_marker_gives_this_catalog(scanned: Scanned):
    """A marker that names the catalog itself changes nothing."""
    source = 'pytestmark = pytest.mark.errcodes(catalog="./cards.toml")\nassert_code(x, "51999")'
    assert scanned(source, catalog=CARDS) == [unknown("51999", "2:16", "cards")]


def test_errno_is_a_code_where_the_catalog_says_so(tmp_path):
    """By itself it is the system's."""
    source = tmp_path / "client.py"
    source.write_text("def f(e):\n    code = e.errno\n    return code == 5009 or e.errno == 5008\n")
    text = '[envelope]\n{}[sections.a.codes]\n5001 = "Gone"\n'
    assert scan([source], parse_catalog(text.format(""))) == ()
    named = parse_catalog(text.format('attributes = ["errno"]\n'))
    assert [one.codes for one in scan([source], named)] == [(5009,), (5008,)]
