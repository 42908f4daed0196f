"""Decisions in source by the text of a documented message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.tools import scan

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Scanned

WHOLE = "clientOrderId already exists"
IS_WHOLE = (
    'message-text: "clientOrderId already exists" is the message of 401009; the API may word it '
    "anew"
)
IS_PART = (
    'message-text: "already exists" is part of the message of 401009, 401238, 402001; the API may '
    "word it anew"
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f'if error.message == "{WHOLE}": ...', IS_WHOLE),
        (f'if body["msg"] == "{WHOLE}": ...', IS_WHOLE),
        (f'if "{WHOLE}" in str(error): ...', IS_WHOLE),
        ('if "already exists" in str(error): ...', IS_PART),
        ('if "already exists" not in error.args.message: ...', IS_PART),
        ('if "already exists" in str(error).lower(): ...', IS_PART),
        ('return_ = "already exists" in message', IS_PART),
        ('if message.startswith("already exists"): ...', IS_PART),
        ('if message.endswith(("already exists", "x")): ...', IS_PART),
        ('if str(error).find("already exists") >= 0: ...', IS_PART),
        ('if re.search(r"already exists$", str(error)): ...', IS_PART),
        ('if re.match(r".*\\bid (already exists)", text): ...', IS_PART),
        ('match error.message:\n    case "clientOrderId already exists": ...', IS_WHOLE),
    ],
)
def test_decision_by_text(scanned: Scanned, source: str, expected: str):
    """Compared with, searched for in, or matched against what says message or error."""
    assert [text.partition(" ")[2] for text in scanned(source)] == [expected]


@pytest.mark.parametrize(
    "source",
    [
        f'assert error.message == "{WHOLE}"',  # a test says what has to be
        f'with pytest.raises(ApiError, match="{WHOLE}"): ...',
        f'log("{WHOLE}")',
        f'if title == "{WHOLE}": ...',
        'if "already exists" in path: ...',
        'if "leverage" in message: ...',  # one word says little
        'if "no entry" in message: ...',
        'if "Not Found" in str(error): ...',  # of HTTP
        'if message == "already exists": ...',  # no whole message
        'if re.search("[a-z]+", message): ...',
    ],
)
def test_no_decision_by_a_documented_text(scanned: Scanned, source: str):
    """Assertions, other names, single words, HTTP's phrases and undocumented texts are none."""
    assert scanned(source) == []


@pytest.mark.parametrize(
    ("name", "source", "is_found"),
    [
        ("a.ts", 'if (err.message.includes("already exists")) {}', True),
        ("a.ts", 'if (err.message?.indexOf("already exists") !== -1) {}', True),
        ("a.ts", 'expect(err.message.includes("already exists")).toBe(true)', False),
        ("a.go", 'if strings.Contains(err.Error(), "already exists") {}', True),
        ("A.java", 'if (e.getMessage().contains("already exists")) {}', True),
        ("a.php", "<?php if (strpos($e->getMessage(), 'already exists') !== false) {}", True),
        ("a.rb", 'retry if e.message.include?("already exists")', True),
        ("a.ts", 'if (/x/.test("already exists")) {}', False),
    ],
)
def test_other_languages(scanned: Scanned, name: str, source: str, is_found: bool):
    """The methods and functions that search are known in other languages too."""
    assert [text.partition(" ")[2] for text in scanned(source, name)] == [IS_PART] * is_found


def test_hint(tmp_path: Path):
    """The hint names the codes to compare, the first three of them."""
    (tmp_path / "client.py").write_text('if "order not found" in message: ...')
    (finding,) = scan([tmp_path], load_catalog())
    assert (finding.codes, finding.severity) == ((401018, 401203, 401221), "warning")
    assert finding.hint == (
        'compare the code: 401018 "Order not found", 401203 "Algo order not found", '
        '401221 "Algo order not found"'
    )


def test_many_codes(scanned: Scanned):
    """More codes than three are counted."""
    (text,) = scanned('if "does not exist" in message or "invalid limit" in symbol: ...')
    assert text.endswith(
        '"does not exist" is part of the message of 100001, 401035; the API may word it anew'
    )
    (text,) = scanned('if "not support" in message: ...')
    assert "and 3 more; the API may word it anew" in text
