"""JSON and the texts of TOML without a character that nobody sees."""

from __future__ import annotations

import json
import sys
import tomllib
import unicodedata

from pytest_errcodes.text.json_writing import write_json, write_toml_text

#: Each character that steers a terminal, turns or ends a line, or is not there at all.
UNSEEN = " ".join(
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")
)
_CHARACTERS = set(UNSEEN) - {" "}


def test_unseen_characters_are_escaped():
    """None stands in JSON, which reads as what was written."""
    text = write_json({UNSEEN: ["é 日本 \u3000"]})
    assert not set(text) & _CHARACTERS
    assert json.loads(text) == {UNSEEN: ["é 日本 \u3000"]}
    assert "é 日本 \u3000" in text


def test_indented():
    """Its lines end as lines do."""
    assert write_json({"a": "\x9b"}, indent=2) == '{\n  "a": "\\u009b"\n}'


def test_pair_of_escapes_that_yaml_does_not_know():
    """Beyond U+FFFF a character stays as it is where YAML reads it too."""
    assert write_json("\u202e\U000e0041") == '"\\u202e\\udb40\\udc41"'
    assert write_json("\u202e\U000e0041", is_yaml=True) == '"\\u202e\U000e0041"'


def test_text_of_toml():
    """TOML reads what was written, in which there is no half of a pair."""
    told = "".join(character for character in UNSEEN if not "\ud800" <= character <= "\udfff")
    text = write_toml_text(told + "\uffff")
    assert not set(text) & _CHARACTERS
    assert tomllib.loads(f"a = {text}") == {"a": told + "\uffff"}
