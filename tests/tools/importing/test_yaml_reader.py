"""YAML of several shapes."""

from __future__ import annotations

import pytest
from sources import catalog, messages, sections


@pytest.mark.parametrize(
    "text",
    [
        "1: one\n2: two\n",
        "- {code: 1, message: one}\n- {code: 2, message: two}\n",
        "- code: 1\n  message: >\n    one\n- code: 2\n  message: |\n    two\n",
        "errors:\n  1: {msg: one}\n  2: {msg: 'two'}\n",
        "1: one\n---\n2: two\n",
        "base: &base {message: one}\n1: *base\n2: {<<: *base, message: two}\n",
        (
            "base: &base {message: one}\nmore: &more {message: two}\n"
            "codes:\n  1: {<<: [*base, *more]}\n  2: {<<: [*more, *base], <<: 3}\n"
        ),
    ],
)
def test_shapes(text: str) -> None:
    """Lists, maps, texts of several lines, several documents, anchors and merged maps."""
    assert messages("a.yaml", text) == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("text", "code_type", "codes"),
    [
        ("1: a\n", "integer", [1]),
        ("'1': a\n", "string", ["1"]),
        ("007: a\n", "string", ["007"]),
        ("1: a\n'2': b\n", "either", [1, 2]),
        ("- {code: E1, message: a}\n", "string", ["E1"]),
    ],
)
def test_codes(text: str, code_type: str, codes: list[object]) -> None:
    """Quotes say that a number is a text."""
    found = catalog("a.yml", text)
    assert (found.shape.code_type, list(found)) == (code_type, codes)


def test_messages_stay_as_they_are() -> None:
    """What YAML takes for something else is a message all the same, where it is in quotes."""
    text = "1: 'yes'\n2: '2024-01-01'\n3: \"a\\nb\"\n4: null\n5: [a, 404]\n"
    found = catalog("a.yaml", text)
    assert {code: one.message for code, one in found.items()} == {
        1: "yes",
        2: "2024-01-01",
        3: "a\nb",
        5: "a",
    }
    assert found[5].http_status == 404


def test_tags_make_nothing() -> None:
    """A tag that would make an object elsewhere only stands before its value here."""
    text = "trading:\n  1: !!python/object/apply:os.system ['echo']\n  2: two\n"
    assert sections("a.yaml", text) == {"trading": [1, 2]}
