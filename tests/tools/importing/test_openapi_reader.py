"""OpenAPI documents, in YAML and JSON."""

from __future__ import annotations

import json

import pytest
from sources import catalog, messages, remarks, sections

HEAD = "openapi: 3.0.3\ninfo: {title: API, version: '1'}\n"
MICROSOFT = "{values: [{value: 1, name: A, description: one}, {value: 2, name: two}]}"
TABLE = "| Code | Message |\n\n    |---|---|\n\n    | 1 | one |\n\n    | 2 | two |"
ONE, TWO = "{code: 1, msg: one}", "{code: 2, msg: two}"
CONSTANTS = "[{const: 1, title: one}, {const: 2, description: two}]"
OF_FIELD = "{code: {enum: [1, 2], x-enumNames: [one, two]}}"
AS_JSON = """\
components:
  examples:
    a: {value: '{"code": 1, "msg": "one"}'}
    b: {value: '{"code": 2, "msg": "two"}'}
"""
ENUM = "components:\n  schemas:\n    ErrorCode:\n      enum: [1, 2]\n      "


@pytest.mark.parametrize(
    "text",
    [
        f"{ENUM}x-enum-descriptions: [one, two]\n",
        f"{ENUM}x-enum-descriptions: {{1: one, 2: two}}\n",
        f"{ENUM}x-enumNames: [one, two]\n",
        f"{ENUM}x-enum-varnames: [A, B]\n      x-enumDescriptions: [one, two]\n",
        f"{ENUM}x-ms-enum: {MICROSOFT}\n",
        f'{ENUM}description: "Codes:\\n* `1` - one\\n* `2` - two"\n',
        f'{ENUM}description: "| Code | Message |\\n|---|---|\\n| 1 | one |\\n| 2 | two |"\n',
        f"components: {{schemas: {{Code: {{oneOf: {CONSTANTS}}}}}}}\n",
        f"components: {{schemas: {{X: {{properties: {OF_FIELD}}}}}}}\n",
        f"components: {{examples: {{a: {{value: {ONE}}}, b: {{value: {TWO}}}}}}}\n",
        f"components: {{schemas: {{E: {{example: {ONE}}}, F: {{default: {TWO}}}}}}}\n",
        "x-errors: {1: one, 2: two}\n",
        "x-errors: [{code: 1, message: one}, {code: 2, message: two}]\n",
        f"paths: {{/a: {{get: {{description: '{TABLE}'}}}}}}\n",
        AS_JSON,
        # Values of some field, for want of anything else.
        "components: {schemas: {State: {enum: [1, 2], x-enum-varnames: [one, two]}}}\n",
    ],
)
def test_where_codes_stand(text: str) -> None:
    """Enums with names and meanings, examples, extensions, and what descriptions list."""
    assert messages("a.yaml", HEAD + text) == {1: "one", 2: "two"}


def test_json_is_read_alike() -> None:
    """Whether by its name, its content, or asked for."""
    document = {
        "swagger": "2.0",
        "definitions": {"ErrorCode": {"enum": [1], "x-enumNames": ["one"]}},
    }
    text = json.dumps(document)
    assert messages("a.json", text) == messages("-", text, format="openapi") == {1: "one"}
    assert messages("a", HEAD + f"{ENUM}x-enumNames: [one, two]\n") == {1: "one", 2: "two"}


def test_examples_tell_status_section_and_description() -> None:
    """They are those of the response, of the operation's first tag, and the example's summary."""
    text = f"""{HEAD}paths:
  /orders:
    post:
      tags: [Trading, Orders]
      responses:
        '409':
          content:
            application/json:
              examples:
                a: {{summary: Sent twice, value: {{code: 1, msg: one}}}}
                b: {{value: {{code: 2, msg: two, status: 404, detail: why}}}}
        default: {{example: {{code: 3, msg: three}}}}
"""
    found = catalog("a.yaml", text)
    assert found.title == "API"
    assert [(one.http_status, one.description) for one in found.values()] == [
        (409, "Sent twice"),
        (404, "why"),
        (200, ""),
    ]
    assert sections("a.yaml", text) == {"Trading": [1, 2, 3]}


def test_what_is_left_out() -> None:
    """Values without a meaning, and enums of other things where there are codes."""
    text = f"""{HEAD}{ENUM}x-enum-descriptions: [one]
    Side: {{enum: [BUY, SELL], x-enum-varnames: [a, b]}}
    State: {{enum: [3, null], x-enum-varnames: [OPEN]}}
    Size: {{enum: [S, M]}}
    Any: {{oneOf: [{{type: string}}]}}
    Broken: {{example: '{{"code": '}}
"""
    assert messages("a.yaml", text) == {1: "one"}
    assert remarks("a.yaml", text) == [
        "a.yaml:6: 2: left out, no message",
        (
            "a.yaml:9: 3 | OPEN: left out, a table whose codes may be something else; "
            "--code-column takes them"
        ),
    ]


def test_codes_that_a_description_lists_beside_an_enum() -> None:
    """Lines are those of the document."""
    text = f"""{HEAD}paths:
  /a:
    get:
      description: |
        | Code | Message |
        | ---- | ------- |
        | 1 | one |
        | 1 | again |
"""
    assert remarks("a.yaml", text) == [
        "a.yaml:10: 1 again: became another message of a code documented on line 9 already"
    ]


def test_examples_that_stand_elsewhere() -> None:
    """The response that refers to one tells where it belongs; a repetition is no second code."""
    text = f"""{HEAD}paths:
  /a:
    get:
      tags: [Trading]
      responses:
        '409':
          examples:
            a: {{$ref: '#/components/examples/one'}}
            b: {{$ref: '#/components/examples/none'}}
            c: {{$ref: 'other.yaml#/one'}}
components:
  examples:
    one: {{summary: one, value: {ONE}}}
    again: {{value: {ONE}}}
  schemas:
    ErrorCode: {{enum: [1, 2], x-enum-descriptions: [one, two]}}
    OldErrorCode: {{enum: [1], x-enum-descriptions: [one]}}
"""
    found = catalog("a.yaml", text)
    assert (found[1].http_status, found[1].description) == (409, "")
    assert sections("a.yaml", text) == {"Trading": [1], "codes": [2]}
    assert remarks("a.yaml", text) == []
