"""Catalog files that are no TOML, or not even text."""

from __future__ import annotations

import pytest
from refusing import CODES, EXAMPLE, refusal


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("2 = two", "2: not TOML at column 5: this is no value; put a text in double quotes"),
        ('2 = "two', "2: not TOML at column 9: the text is not closed; end it with a double quote"),
        (
            "2 = 'two",
            "2: not TOML at column 9: the text is not closed; end it with the quote it begins with",
        ),
        (
            '2 "two"',
            f": not TOML at column 3: there is no = after the key; write a line such as {EXAMPLE}",
        ),
        (
            "2",
            f": not TOML at column 2: there is no = after the key; write a line such as {EXAMPLE}",
        ),
        (
            '2 = "a" "b"',
            "2: not TOML at column 9: something follows the value; give it its own line",
        ),
        (
            r'2 = "a\qb"',
            r"2: not TOML at column 9: a backslash begins no escape; write \\ for a backslash",
        ),
        (
            '2 = "a\x01b"',
            "2: not TOML at column 7: this is a control character; write an escape such as \\t",
        ),
        ("# a\x01b", ": not TOML at column 4: this is a control character; leave it out"),
        (
            '2 = { message = "a", message = "b" }',
            "2: not TOML at column 35: a field is given twice; keep one of the two",
        ),
        (
            "= 5",
            (
                ": not TOML at column 1: no key and no header begins so; "
                f"write a line such as {EXAMPLE}"
            ),
        ),
        ("2. = 5", ": not TOML at column 4: no key begins so; put the key in double quotes"),
        (
            '2 = ["a"',
            (
                "2: not TOML at column 9: a bracket or a text of several lines is never closed; "
                "close it"
            ),
        ),
        (
            "2 = 1979-02-31",
            "2: not TOML at column 5: this is no date; put a text in double quotes",
        ),
        (
            f"2 = {'[' * 10000}{']' * 10000}",
            f"2: not TOML at column 20005: it cannot be read; write a line such as {EXAMPLE}",
        ),
        (
            f"2 = {'9' * 5000}",
            (
                "2: not TOML at column 5005: an integer has more than 4,300 digits; "
                "write the one of the document"
            ),
        ),
    ],
    ids=range(16),
)
def test_not_toml(line: str, mistake: str) -> None:
    """The line, the column and the key are named, with the fault in our words."""
    field = "sections.a.codes" if mistake.startswith(":") else "sections.a.codes."
    assert refusal(f"{CODES}{line}\n") == [f"3: {field}{mistake}"]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            f"{CODES}[sections.b\n",
            "3: not TOML at column 12: the header is not closed; end it with ]",
        ),
        (
            "|html|\n",
            (
                "1: not TOML at column 1: no key and no header begins so; "
                f"write a line such as {EXAMPLE}"
            ),
        ),
        (
            f'{CODES}2 = """two\n',
            (
                "3: sections.a.codes.2: not TOML at column 11: "
                "a bracket or a text of several lines is never closed; close it"
            ),
        ),
        (
            'sections.a.codes.1 = "x"\n[sections.a]\ntitle = "A"\n',
            (
                "2: not TOML at column 12: this changes a table that is complete; "
                "keep the fields of a table together"
            ),
        ),
    ],
)
def test_not_toml_elsewhere(text: str, mistake: str) -> None:
    """Headers and texts of several lines are named as well."""
    assert mistake in refusal(text)


def test_what_follows_a_broken_header_is_not_judged() -> None:
    """The fields of a table whose name cannot be read belong to no other."""
    text = f'[sections.b\ntitle = 5\nzzz = 1\n{CODES}2 = ""\n'
    assert refusal(text) == [
        "1: not TOML at column 12: the header is not closed; end it with ]",
        "6: sections.a.codes.2: the message is empty; write the message of the document",
    ]


@pytest.mark.parametrize(
    ("data", "mistakes"),
    [
        (
            b'title = "caf\xe9"\n' + CODES.encode() + b'2 = "\xff"\n1 = "again"\n',
            [
                "1: byte 0xE9 at column 13 is not UTF-8; save the file as UTF-8",
                "4: byte 0xFF at column 6 is not UTF-8; save the file as UTF-8",
                "5: sections.a.codes.1: documented twice, first on line 3; keep one of the two",
            ],
        ),
        (CODES.encode("utf-16"), ["the file is UTF-16; save it as UTF-8"]),
        (b"\xe9\n" * 99, ["1: byte 0xE9 at column 1 is not UTF-8; save the file as UTF-8"]),
    ],
)
def test_not_utf_8(data: bytes, mistakes: list[str]) -> None:
    """Each line that is not UTF-8 is named, beside what else is wrong."""
    assert refusal(data)[: len(mistakes)] == mistakes


def test_a_text_that_utf_8_cannot_write() -> None:
    """A text with half a character is refused as a file with it would be."""
    assert refusal(f'title = "\ud800"\n{CODES}') == [
        "1: byte 0xED at column 10 is not UTF-8; save the file as UTF-8"
    ]


def test_another_kind_of_file_is_given_up() -> None:
    """After fifty lines that are no TOML nothing more is read, and the error says so."""
    mistakes = refusal("| a | cell |\n" * 5000)
    assert mistakes[-2] == "3: and 47 more like it, to line 50"
    assert mistakes[-1] == (
        "51: nothing from here on was read, since 50 lines are not TOML; "
        "check that this is a catalog file"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("\n<!doctype html>\n<p>1</p>\n", "a page of HTML or XML"), ('{\n"1": "one"\n}', "JSON")],
)
def test_a_source_of_a_catalog_is_none(text: str, kind: str) -> None:
    """What can be imported is told so, once, and not line by line."""
    assert refusal(text) == [
        f"the file is {kind}, and no catalog; make a catalog of it with errcodes import"
    ]


def test_statements_that_do_not_go_together_are_told_beside_the_rest() -> None:
    """What only the whole file shows is not hidden by what single fields show."""
    assert refusal('titel = "x"\nsections.a.codes.1 = "x"\n[sections.a]\ntitle = "A"\n') == [
        "1: titel: unknown field; did you mean title?",
        (
            "3: not TOML at column 12: this changes a table that is complete; "
            "keep the fields of a table together"
        ),
    ]


def test_a_table_where_a_value_stands() -> None:
    """The value is refused for its type, and the table for coming after it."""
    assert refusal('sections = 5\n[sections.a.codes]\n1 = "one"\n') == [
        (
            "1: sections: is an integer, and must be a table; "
            "write [sections.trading] on a line of its own"
        ),
        (
            "2: not TOML at column 18: this changes a table that is complete; "
            "keep the fields of a table together"
        ),
    ]
