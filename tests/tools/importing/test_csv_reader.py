"""CSV, TSV and their relatives."""

from __future__ import annotations

import pytest
from sources import catalog, messages, remarks, sections


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "code,message\n1,a; b\n2,c\n"),
        ("a.csv", "1,a; b\n2,c\n"),
        ("a.csv", "code;message\n1;a; b\n".replace("a; b", '"a; b"') + "2;c\n"),
        ("a.csv", "sep=;\ncode;message\n1;'a\n".replace("'a", '"a; b"') + "2;c\n"),
        ("a.csv", 'code, message\n1, "a; b"\n\n2, c\n'),
        ("a.csv", "message|code\na; b|1\nc|2\n"),
        ("a.tsv", "code\tmessage\n1\ta; b\n2\tc\n"),
        ("a.tab", "1\ta; b\n2\tc\n"),
        ("a.psv", "1|a; b\n2|c\n"),
        ("a.txt2", "code,msg\n1,a; b\n2,c\n"),
        ("a.csv", "Nummer,Fehler\n1,a; b\n2,c\n"),
        ("a.csv", "Fehler-Nr,HTTP-Status,Meldung\n1,404,a; b\n2,429,c\n"),
    ],
)
def test_delimiters_and_headers(name: str, text: str) -> None:
    """The delimiter is told by the name of the file, or by what takes it apart best."""
    assert messages(name, text) == {1: "a; b", 2: "c"}


def test_lines_of_cells_with_line_breaks() -> None:
    """A row's line is the one it begins on."""
    text = 'code,message\n1,"a\nb"\n2,c\n1,d\n'
    assert messages("a.csv", text) == {1: "a\nb", 2: "c"}
    assert remarks("a.csv", text) == [
        "a.csv:5: 1 d: became another message of a code documented on line 2 already"
    ]


def test_rows_that_head_others() -> None:
    """A row with one cell is a section; a title above the header, and the header again, are not."""
    text = "Our codes,,\n,,\ncode,msg,x\nTrading (40xx),,\n1,a,\ncode,msg,x\n# Fees,,\n2,b,\n"
    assert sections("a.csv", text) == {"Trading (40xx)": [1], "Fees": [2]}
    assert remarks("a.csv", text) == ["a.csv:1: Our codes: left out, a line outside of any table"]


def test_quotes_that_follow_no_rule() -> None:
    """Quotes inside a cell are taken as they come."""
    assert messages("a.csv", 'code,message\n1,say "a" or b\n') == {1: 'say "a" or b'}


def test_our_own_columns() -> None:
    """An export that was edited is read column by column."""
    text = (
        "code,message,section,section_title,section_label,http_status,open_ended,tags,description\n"
        '1,a,t,Trading,40xx,404,TRUE,"final, ""one, two""",why\n'
        "2,b:,t,Trading,40xx,,no,,\n"
    )
    one, two = catalog("a.csv", text).values()
    assert (one.section.id, one.section.title, one.section.label) == ("t", "Trading", "40xx")
    assert (one.http_status, one.open_ended, one.tags) == (404, True, ("final", "one, two"))
    assert (two.http_status, two.open_ended, two.section) == (200, False, one.section)
