"""Markdown pages."""

from __future__ import annotations

import pytest
from sources import catalog, messages, remarks, sections

from pytest_errcodes.errors import ErrcodesUsageError

HEAD = "| Code | Message |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (r"a \| b", "a | b"),
        ("`a|b`".replace("|", r"\|"), "a|b"),
        ("**a** _b_ ~c~", "a b ~c~"),
        ("[a](https://example.com) ![b](b.png)", "a b"),
        ("a &amp; b &lt;c&gt; &#8212; &nbsp; d", "a & b <c> — d"),
        ("<symbol> of <b>b</b> <i>", "<symbol> of b <i>"),
        ("a<br>b<br/>c", "a b c"),
        ("a <!-- b --> c", "a c"),
        (r"\*a\* snake_case_", "*a* snake_case_"),
        ("https://example.com/a_b", "https://example.com/a_b"),
        ("[a][]", "a"),
        ("    a   b", "a b"),
        ("a – b — c", "a – b — c"),
    ],
)
def test_what_stands_in_a_cell(cell: str, message: str) -> None:
    """Markup is read, what only looks like it stays; white space flows."""
    assert messages("a.md", f"{HEAD}| 1 | {cell} |\n\n[a]: https://example.com\n") == {1: message}


@pytest.mark.parametrize(
    "text",
    [
        "- `5001` — one\n- `5002` — two",
        "* **5001**: one\n* **5002**: two",
        "1. 5001 - one\n2. 5002 - two",
        "- [5001](#x) one\n- [5002](#y) two",
        "5001: one\n5002: two",
        "5001 | one\n\n5002 = two",
        "5001 one\n\n5002 two",
        "`5001` one\n\n`5002` two",
        "- 5001: one\n\n- 5002:\n  two",
        "### 5001 ONE\n\none\n\n### 5002 TWO\n\ntwo",
        "## 5001: one\n\n## 5002: two",
        "- `5001`\n  - Message: one\n- `5002`\n  - Message: two",
        "```\n5001one\n5002two\n```",
        "    5001 one\n    5002 two",
    ],
)
def test_codes_outside_of_tables(text: str) -> None:
    """Lists, definitions, headings, paragraphs and run-together text hold codes too."""
    assert messages("a.md", text) == {5001: "one", 5002: "two"}


def test_headings_of_several_levels() -> None:
    """Each level of which most headings are codes holds codes, unless others are below them."""
    text = (
        "## 10xx\n### 1001 A\none\n### 1002 B\ntwo\n"
        "## 20xx\n#### 2001 C\nthree\n#### 2002 D\nfour\n"
    )
    assert messages("a.md", text) == {1001: "one", 1002: "two", 2001: "three", 2002: "four"}
    assert sections("a.md", text) == {"10xx": [1001, 1002], "20xx": [2001, 2002]}
    text = "## 400 Bad\n### 40001 A\none\n### 40002 B\ntwo\n## 401 No\n### 40101 C\nthree\n"
    assert sections("a.md", text) == {"Bad": [40001, 40002], "No": [40101]}


def test_headings_that_are_words() -> None:
    """They are codes on a page without tables; with tables they are sections."""
    text = "# Errors\n## `card_declined`\none\n## rate_limit\ntwo\n\nMore.\n"
    found = catalog("a.md", text)
    assert {code.code: code.message for code in found.values()} == {
        "card_declined": "one",
        "rate_limit": "two",
    }
    assert found["rate_limit"].description == "More."
    text = f"# Errors\n## spot_orders\n{HEAD}| 1 | one |\n\n## margin_orders\n{HEAD}| 2 | two |\n"
    assert sections("a.md", text) == {"spot_orders": [1], "margin_orders": [2]}


def test_what_follows_a_code() -> None:
    """Named fields are taken for what they are, the rest describes the code."""
    text = """\
- `5001` — one
  - HTTP status: 404
  - Solution: Wait.

  More of it.

  And more.
"""
    one = catalog("a.md", text)[5001]
    assert (one.message, one.http_status, one.solution) == ("one", 404, "Wait.")
    assert one.description == "More of it.\nAnd more."


def test_headings_are_sections() -> None:
    """The nearest heading counts, and a line such as Trading (40xx) is one too."""
    text = f"# API\n\n## 1.2 Trading (40xx)\n\n{HEAD}| 1 | a |\n\n**Fees (41xx)**\n\n- `2` - b\n"
    assert sections("a.md", text) == {"Trading (40xx)": [1], "Fees (41xx)": [2]}
    assert catalog("a.md", text).title == "API"


def test_sure_tables_count_more_than_doubtful_ones() -> None:
    """HTTP statuses, values of a field and examples are codes only where nothing else is."""
    statuses = "| Status | Meaning |\n| --- | --- |\n| 400 | Bad request |\n"
    assert messages("a.md", statuses) == {400: "Bad request"}
    text = f"{statuses}\n200 requests a second are allowed.\n\n2024: a year\n\n{HEAD}| 1 | a |\n"
    assert messages("a.md", text) == {1: "a"}
    assert remarks("a.md", text) == [
        (
            "a.md:1: Status | Meaning: left out, a table whose codes may be something else; "
            "--code-column takes them"
        ),
        (
            "a.md:5: 200 | requests a second are allowed.: left out, a table whose codes may be "
            "something else; --code-column takes them"
        ),
        "a.md:7: 2024: a year: left out, a line outside of any table",
    ]
    assert list(messages("a.md", text, code_column="Status")) == [400]


def test_front_matter_and_html() -> None:
    """Front matter is passed over, a table of HTML is read, and both keep the numbers of lines."""
    text = (
        "---\ntitle: x\n---\nA text.\n\n<table>\n<tr><th>Code<th>Message</tr>\n"
        "<tr><td>1<td>a</tr>\n<tr><td>1<td>b</tr>\n</table>\n"
    )
    assert remarks("a.md", text) == [
        "a.md:4: A text.: left out, a line outside of any table",
        "a.md:9: 1 b: became another message of a code documented on line 8 already",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- `SomeError.status`: the HTTP status\n- `SomeError.code`: the code\n",
        "| Attribute | Meaning |\n| --- | --- |\n| `err.status` | a |\n| `err.code` | b |\n",
        "`error.status` - the status\n\n`error.code` - the code\n",
        "- `client.orders` - all orders\n- `client.get()` - one\n",
    ],
)
def test_attributes_of_objects_are_no_codes(text: str) -> None:
    """What a README says of ``SomeError.status`` documents no code."""
    with pytest.raises(ErrcodesUsageError, match="documents no codes"):
        messages("README.md", text)


def test_codes_with_dots() -> None:
    """Codes of this form are ones all the same."""
    text = "- `InvalidParameter.Format`: bad format\n- `order.not_found`: no such order\n"
    assert list(messages("a.md", text)) == ["InvalidParameter.Format", "order.not_found"]
