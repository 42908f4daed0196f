"""Values in a text, whole JSON and what is cut off or none: read alike, in whichever way."""

from __future__ import annotations

import json

import pytest

from pytest_errcodes.tools import embedded_values
from pytest_errcodes.tools.embedded_values import find_values

ROWS = json.dumps({"code": 401009, "data": [{"a": [1, {"b": "x"}]}, {"c": None}], "ok": True})
TEXTS = (
    ROWS,
    ROWS[:-4],
    ROWS[:40],
    f"{ROWS}\n{ROWS}",
    f"[2026-01-02T03:04:05Z] {ROWS} [main] {ROWS}",
    f"call({ROWS}, 7)",
    f"[{ROWS}, {ROWS}",
    '{"code": 1, "code": 2, "a": {"b": 1, "b": 2}}',
    '{"a": 1.50, "b": 1e3, "c": -0.0, "d": -7, "e": 99999999999999999999999}',
    '{"a": NaN, "b": Infinity, "c": -1}',
    '{"a": "line\none", "b": "tab\tone", "c": "\\ud83d\\ude00", "d": "\\u0000"}',
    '{"a": "{\\"code\\": 401009}"}',
    '{"a": 1} trailing {"b": 2}',
    '{"a" 1, "b": 2}',
    '{"a": {"b": 1} {"c": 2}}',
    '{"": {}, "b": [], "c": [[]]}',
    "{'a': {\"b\": [1, 2]}, 'c': [{\"d\": 1}]}",
    '[["a", {"b": 1}], ["c"',
    "[" * 90 + "]" * 90,
)


@pytest.mark.parametrize("text", TEXTS)
def test_read_by_either(text, monkeypatch):
    """Python's own parser gives what the scan from bracket to bracket gives."""
    found = list(find_values(text))
    monkeypatch.setattr(embedded_values, "_MOST_IN_VAIN", 0)
    assert found == list(find_values(text))


@pytest.mark.parametrize("piece", ['{"a" ', '{"a": [{"b": ', "[[", '["a", {"b" '])
def test_read_in_vain(piece, monkeypatch):
    """What turns out to be no JSON is read so a few times, and not from each bracket on."""
    text, read = piece * 5_000, []

    class Counting(json.JSONDecoder):
        def raw_decode(self, text, start=0):
            read.append(start)
            return super().raw_decode(text, start)

    monkeypatch.setattr(embedded_values, "_DECODER", Counting())
    list(find_values(text))
    assert len(read) < 1_000
