"""JSON of several shapes."""

from __future__ import annotations

import pytest
from sources import catalog, messages, remarks, sections


@pytest.mark.parametrize(
    "text",
    [
        '[{"code": 1, "message": "one"}, {"code": 2, "message": "two"}]',
        '{"1": "one", "2": "two"}',
        '{"1": {"message": "one"}, "2": {"message": "two"}}',
        '{"1": "one", "2": {"msg": "two"}}',
        '{"1": ["one"], "2": ["two"]}',
        '{"ONE": {"code": 1, "msg": "one"}, "TWO": {"code": 2, "msg": "two"}}',
        '[[1, "one"], [2, "two"]]',
        '{"data": {"list": [{"errCode": 1, "errMsg": "one"}, {"errCode": 2, "errMsg": "two"}]}}',
        '[{"errors": [{"code": 1, "message": "one"}]}, {"errors": {"2": "two"}}]',
        '[[{"code": 1, "message": "one"}], [{"code": 2, "message": "two"}]]',
    ],
)
def test_shapes(text: str) -> None:
    """Lists of objects, and maps from codes or names, at any depth."""
    found = messages("a.json", text)
    assert {code: message.lower() for code, message in found.items()} == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("text", "code_type", "codes"),
    [
        ('[{"code": 1, "message": "a"}]', "integer", [1]),
        ('[{"code": "1", "message": "a"}]', "string", ["1"]),
        ('[{"code": 1, "message": "a"}, {"code": "2", "message": "b"}]', "either", [1, 2]),
        ('{"1": "a"}', "integer", [1]),
        ('{"01": "a"}', "string", ["01"]),
        ('[{"code": -1, "message": "a"}]', "integer", [-1]),
        (f'[{{"code": {"9" * 50}, "message": "a"}}]', "string", ["9" * 50]),
        (
            '{"card_declined": "a", "card_expired": "b"}',
            "string",
            ["card_declined", "card_expired"],
        ),
        ('[{"code": "declined", "message": "a"}]', "string", ["declined"]),
    ],
)
def test_the_type_of_codes(text: str, code_type: str, codes: list[object]) -> None:
    """Quotes say that a number is a text, but not around a key."""
    found = catalog("a.json", text)
    assert (found.shape.code_type, list(found)) == (code_type, codes)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('{"trading": {"1": "a"}, "fees": {"2": "b"}}', ["trading", "fees"]),
        ('{"spot": {"trading": {"1": "a"}}}', ["trading"]),
        ('{"errors": {"1": "a"}}', ["codes"]),
        ('{"sections": [{"name": "Trading", "codes": {"1": "a"}}]}', ["Trading"]),
        ('{"t": {"title": "Trading", "label": "40xx", "codes": {"1": "a"}}}', ["Trading (40xx)"]),
        ('[{"code": 1, "message": "a", "category": "Trading"}]', ["Trading"]),
    ],
)
def test_sections(text: str, titles: list[str]) -> None:
    """A key, a title with its label, or a field of each code names the section."""
    assert list(sections("a.json", text)) == titles


def test_fields() -> None:
    """Status, description, solution and tags are taken, from lists too."""
    text = (
        '{"7": {"message": "a", "httpStatus": 404, "details": "why", "fix": ["x", "y"]},'
        ' "8": ["b", 500, "why not"], "9": {"message": "c", "tags": ["final", "*"]}}'
    )
    seven, eight, nine = catalog("a.json", text).values()
    assert (seven.http_status, seven.description, seven.solution) == (404, "why", "x\ny")
    assert (eight.message, eight.http_status, eight.description) == ("b", 500, "why not")
    assert (nine.http_status, nine.tags) == (200, ("final",))


def test_names_of_codes_stand_for_messages_where_nothing_else_does() -> None:
    """A map from names to codes counts only if no other part of the file has codes."""
    names = '{"NOT_FOUND": -1, "TOO_MANY": -2}'
    assert messages("a.json", names) == {-1: "NOT_FOUND", -2: "TOO_MANY"}
    assert messages("a.json", f'[{names}, {{"1": "one"}}]') == {1: "one"}


def test_what_is_left_out() -> None:
    """Twice the same key, a second field of one name, and texts that are no codes."""
    text = """{
  "1": "one",
  "1": "again",
  "note": "more to come",
  "2": {"message": "two", "message": "zwei"},
  "list": ["a", "b"]
}"""
    assert remarks("a.json", text) == [
        "a.json:3: 1 again: became another message of a code documented on line 2 already",
        "a.json:4: note: more to come: left out, no code with a message",
        "a.json:5: message: zwei: left out, a second 'message' of one object",
        "a.json:6: a, b: left out, a line outside of any table",
    ]
