"""HTML pages."""

from __future__ import annotations

import pytest
from sources import catalog, messages, remarks, sections

HEAD = "<table><tr><th>Code</th><th>Message</th></tr>\n"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("a&nbsp;b &lt;c&gt; &amp;amp; &#x2014; &bogus;", "a b <c> &amp; — &bogus;"),
        ("<a href='#'>a</a> <code>b</code><sup>c</sup>", "a bc"),
        ("a<br>b<p>c</p>d<ul><li>e</ul>", "a b c d e"),
        ("At most <maxOrders> of <b>x</b>", "At most <maxOrders> of x"),
        ("a <script>alert(1)</script>b<style>i{}</style><!-- c -->", "a b"),
        ("a <custom-element>b</custom-element>", "a b"),
        ("a <select><option>b</select>c", "a c"),
        ("a\n  b\tc", "a b c"),
        ("<svg><text>x</text></svg>a", "a"),
    ],
)
def test_what_stands_in_a_cell(cell: str, message: str) -> None:
    """Markup and entities are read; a tag that is none of HTML is a placeholder."""
    assert messages("a.html", f"{HEAD}<tr><td>1</td><td>{cell}</td></tr></table>") == {1: message}


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}<tr><td>5001<td>one<tr><td>5002<td>two</table>",
        f"{HEAD}<tr><td>5001<td>one<tr><td>5002<td>two",
        "<table><tr><td>5001<td>one<tr><td>5002<td>two</table>",
        "<table><tr><td><b>Code<td><b>Message<tr><td>5001<td>one<tr><td>5002<td>two</table>",
        "<table><td>5001<td>one<tr><td>5002<td>two</table>",
        f"<table><tr><td>{HEAD}<tr><td>5001<td>one<tr><td>5002<td>two</table></table>",
        "<dl><dt>5001<dd>one<dt>5002<dd>two</dl>",
        "<dl><dt><code>5001</code></dt><dd><p>one</p></dd><dt>5002</dt><dd>two</dd></dl>",
        "<ul><li><code>5001</code> one<li><code>5002</code>: two</ul>",
        "<p>5001: one<br>5002: two</p>",
        "<p><span>5001</span><span>one</span></p><p><span>5002</span><span>two</span></p>",
        "<div>5001one</div><div>5002two</div>",
        "<pre>\n5001 one\n5002 two\n</pre>",
        "<h2>5001 ONE</h2><p>one</p><h2>5002 TWO</h2><p>two</p>",
        "5001: one<br>5002: two",
    ],
)
def test_where_codes_stand(text: str) -> None:
    """Tables of all kinds, lists, definitions, headings, and the bare text of a page."""
    assert messages("-", f"<html><body>{text}</body></html>") == {5001: "one", 5002: "two"}


def test_cells_that_span_others() -> None:
    """A cell stands in each row and column that it spans; one across all columns is a heading."""
    text = """<table>
<thead><tr><th rowspan=2>Code<th colspan=2>Texts<tr><th>Message<th>Solution</thead>
<tr><td>1<td>a<td rowspan=2>x
<tr><td>2<td>b
<tr><td colspan=3>Fees (5xx)
<tr><td>3<td colspan=2>c
<tr><td>4<td colspan="a lot">d
</table>"""
    found = catalog("a.html", text)
    assert [code.solution for code in found.values()] == ["x", "x", "c", ""]
    assert sections("a.html", text) == {"codes": [1, 2], "Fees (5xx)": [3, 4]}


def test_headings_and_captions() -> None:
    """A caption counts more than the heading above the table; signs for links are no part."""
    text = f"""<title>API</title><h2>Trading (40xx)<a href="#t">¶</a></h2>
{HEAD}<tr><td>1<td>a</table>
{HEAD}<caption>Fees <b>(41xx)</b></caption><tr><td>2<td>b</table>"""
    assert sections("a.html", text) == {"Trading (40xx)": [1], "Fees (41xx)": [2]}
    assert catalog("a.html", text).title == "API"


def test_bare_text_has_headings() -> None:
    """Where a page has no markup of use, its text is read like one that a browser copied."""
    text = (
        "<h1>Errors</h1><div>Trading (40xx)</div><div>CodeMessage</div>\n<div>4001one</div>"
        "<div>40023rd</div>\n<div>4003three</div><blockquote>Imprint</blockquote>"
    )
    assert sections("a.html", f"<body>{text}") == {"Trading (40xx)": [4001, 4002, 4003]}


def test_bare_text_beside_a_table_of_other_things() -> None:
    """A table that only lays the page out, or lists something else, hides no codes."""
    text = (
        "<body><table><tr><td>Home<td>Help</table><div><b>Note</b> this</div>\n"
        "<div>4001one</div>\n<div>4002two</div>"
    )
    assert messages("a.html", text) == {4001: "one", 4002: "two"}
    assert remarks("a.html", text) == [
        "a.html:1: Home | Help: left out, a table without a column of codes",
    ]


def test_what_follows_a_definition() -> None:
    """A second definition describes the code."""
    one = catalog("a.html", "<dl><dt>5001<dd>one<dd>more of it<dt>5002<dd>two</dl>")[5001]
    assert (one.message, one.description) == ("one", "more of it")


def test_lines_beyond_those_that_the_parser_counts() -> None:
    """A page of more than 65,535 lines has the right ones."""
    text = f"{HEAD}{chr(10) * 70_000}<tr><td>1<td>a\n<tr><td>1<td>b</table>"
    assert remarks("a.html", text) == [
        "a.html:70003: 1 b: became another message of a code documented on line 70002 already"
    ]


@pytest.mark.parametrize(
    "text", ["<div>" * 3000 + "<p>5001: one", "\x00<p>5001: one", "<p>5001: one</p></table></td>"]
)
def test_pages_that_are_broken(text: str) -> None:
    """What no browser minds, we do not either."""
    assert messages("a.html", text)[5001] == "one"
