"""Markdown, as a reader of the rendered page sees it."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from pytest_errcodes.catalog import Catalog, EnvelopeShape, ErrorCode, Section
from pytest_errcodes.tools import export_catalog
from pytest_errcodes.tools.exporting.markdown_writer import inline


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Invalid limit value", "Invalid limit value"),
        ("see https://a.example/b_c?d=e", "see https://a.example/b_c?d=e"),
        ("client_id, _id, id_", r"client_id, \_id, id\_"),
        ("a|b", r"a\|b"),
        ("a\\|b", r"a\\\|b"),
        ("*, **, `, ~, [, ]", r"\*, \*\*, \`, \~, \[, \]"),
        ("a < b, <b>, </b>, <!--", r"a < b, \<b>, \</b>, \<!--"),
        ("a & b, &amp;, &#32;", r"a & b, \&amp;, \&#32;"),
        (" edge ", "&#32;edge&#32;"),
        ("two  spaces", "two &#32;spaces"),
        ("a no-break\xa0space", "a no-break&#160;space"),
        ("one\ntwo", "one<br>two"),
        ("one\r\ntwo", "one<kbd>U+000D</kbd><br>two"),
        ("a NUL \0", "a NUL <kbd>U+0000</kbd>"),
        ("\t, \x85, \ufffe", "<kbd>U+0009</kbd>, <kbd>U+0085</kbd>, <kbd>U+FFFE</kbd>"),
        ("<kbd>U+0000</kbd>", r"\<kbd>U+0000\</kbd>"),
        ("costs $5", "costs $5"),
        ("${a} or ${b}", "<span>$</span>{a} or <span>$</span>{b}"),
        (":smile: a:b", "<span>:</span>smile: a:b"),
        ("https://a.example, a|b", r"https\://a.example, a\|b"),
        ("www.a.example*", r"www\.a.example\*"),
        ("订单 — é 😀", "订单 — é 😀"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_escaped(text: str, written: str) -> None:
    """What Markdown, GitHub or a browser would take for something else is escaped, no more."""
    assert inline(text) == written


def test_it_renders_as_tables(broker: Catalog) -> None:
    """A section is a heading with a table, whose cells hold the messages."""
    text = export_catalog(broker, "markdown").partition("\n---\n")[2]
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == 2
    assert "<td>Use `a|b`, *not* &lt;a&gt; or a\\b</td>" in html
    assert "<td>Prices are numbers.<br>No formulas.</td>" in html
    assert '<h2>Orders (51xxx) <a id="orders"></a></h2>' in html


def test_columns_that_say_nothing_are_left_out(ltp: Catalog) -> None:
    """A table has code and message, and what any code of the section has beside them."""
    lines = export_catalog(ltp, "markdown").splitlines()
    heads = [line for line in lines if line.startswith("| Code")]
    assert heads == ["| Code | Message |"] * 7 + ["| Code | Message | Open-ended |"]


@pytest.mark.parametrize(
    ("title", "label", "heading"),
    [
        ("Trading", "4010xx", '## Trading (4010xx) <a id="a%2Fb"></a>'),
        ("Trading", "", '## Trading <a id="a%2Fb"></a>'),
        ("Cards (all)", "", '## Cards (all) <a id="a%2Fb" title="Cards%20%28all%29"></a>'),
        ("Cards", "1 (2)", '## Cards (1 (2)) <a id="a%2Fb" title="Cards"></a>'),
        ("# 1. *", "", '## # 1. \\* <a id="a%2Fb"></a>'),
    ],
)
def test_headings(title: str, label: str, heading: str) -> None:
    """A heading has title and label, its anchor the id; and the title where it is in doubt."""
    section = Section("a/b", title, label)
    code = ErrorCode(1, "x", section)
    catalog = Catalog("x", [code], sections=[section], shapes=[EnvelopeShape()])
    assert heading in export_catalog(catalog, "markdown").splitlines()
