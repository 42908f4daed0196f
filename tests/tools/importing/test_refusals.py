"""What is no source of codes is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from sources import imported

from pytest_errcodes.errors import ErrcodesUsageError

SAVE = (
    "hint: save the page that lists the codes, or name the columns with --code-column and "
    "--message-column"
)
PART = "hint: save only the part that documents the codes"
COLUMN = "hint: choose one with --message-column, by its name or its number"
BOMB = "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n" + "".join(
    f"{key}: &{key} [{', '.join([f'*{last}'] * 9)}]\n"
    for last, key in zip("abcdefg", "bcdefgh", strict=True)
)
LOGIN = """<html><body><h1>Sign in</h1>
<table><tr><td>User<td><input name="user"><tr><td>Password<td><input type="password"></table>
</body></html>"""
REFUSED = [
    # -- not of the format ----------------------------------------------------------------
    (
        "a.json",
        "[1\n 2]",
        "import-source",
        (
            "a.json:2:2: this is not JSON: expecting ',' delimiter\n"
            "hint: save the file anew, or say with --format what it is"
        ),
    ),
    (
        "a.json",
        "[" * 101 + "]" * 101,
        "import-source",
        f"a.json is nested more than 100 levels deep, which no list of codes is\n{PART}",
    ),
    (
        "a.json",
        "[" * 99999 + "]" * 99999,
        "import-source",
        f"a.json is nested more than 100 levels deep, which no list of codes is\n{PART}",
    ),
    (
        "a.yaml",
        "a: [1\nb: 2",
        "import-source",
        (
            "a.yaml:2:2: this is not YAML: did not find expected ',' or ']'\n"
            "hint: mend the line, or say with --format what it is"
        ),
    ),
    (
        "a.yaml",
        "a: \ud83d",
        "import-source",
        (
            "a.yaml: this is not YAML: it holds half of a character\n"
            "hint: mend the line, or say with --format what it is"
        ),
    ),
    (
        "a.yaml",
        "a: \x01",
        "import-source",
        (
            "a.yaml: this is not YAML: unacceptable character #x0001: control characters are not "
            "allowed\n"
            "hint: mend the line, or say with --format what it is"
        ),
    ),
    ("a.yaml", "a: 1\nb: &b\n- *b", "import-source", f"a.yaml:2: an anchor holds itself\n{PART}"),
    (
        "a.yaml",
        BOMB,
        "import-source",
        f"a.yaml expands to 54,481,013 values through its anchors\n{PART}",
    ),
    (
        "a.yaml",
        "a: &a\n"
        + "".join(f"{' ' * at}k:\n" for at in range(1, 60))
        + "b:\n"
        + "".join(f"{' ' * at}k:\n" for at in range(1, 60))
        + " " * 60
        + "k: *a",
        "import-source",
        f"a.yaml is nested more than 100 levels deep, which no list of codes is\n{PART}",
    ),
    (
        "a.yaml",
        "[" * 200 + "]" * 200,
        "import-source",
        f"a.yaml is nested more than 100 levels deep, which no list of codes is\n{PART}",
    ),
    (
        "a.csv",
        'code,message\n1,one\n2,"two\n3,three\n',
        "import-source",
        (
            "a.csv:3: this is not CSV: unexpected end of data\n"
            "hint: close the quotes that begin there, or say with --format what it is"
        ),
    ),
    (
        "a.csv",
        f"code,message\n1,{'x' * 140_000}\n",
        "import-source",
        (
            "a.csv:2: this is not CSV: field larger than field limit (131072)\n"
            "hint: close the quotes that begin there, or say with --format what it is"
        ),
    ),
    (
        "a.py",
        "import x\nclass Code(:\n",
        "import-source",
        (
            "a.py:2: this is not Python: invalid syntax\n"
            "hint: mend the line, or say with --format what it is"
        ),
    ),
    # -- no codes in it -------------------------------------------------------------------
    (
        "a.txt",
        "Nothing here.",
        "import-nothing",
        "a.txt documents no codes: it holds no table and no line that begins with a code\n" + SAVE,
    ),
    (
        "a.html",
        "<html></html>",
        "import-nothing",
        "a.html documents no codes: it holds no table and no line that begins with a code\n" + SAVE,
    ),
    (
        "a.html",
        LOGIN,
        "import-source",
        (
            "a.html is a login page: it asks for a password, and documents no codes\n"
            "hint: save the page from a browser that is logged in"
        ),
    ),
    (
        "a.html",
        '<html><body><div id="root"></div><script src="app.js"></script></body></html>',
        "import-nothing",
        (
            "a.html documents no codes: it is a page that scripts fill in the browser\n"
            "hint: save it from the browser once it is filled, or copy its text into a file"
        ),
    ),
    (
        "a.md",
        "| Parameter | Type |\n| --- | --- |\n| order_id | text |\n",
        "import-nothing",
        f"a.md documents no codes: it holds 1 table but no column of codes\n{SAVE}",
    ),
    (
        "a.md",
        "| Code | Level |\n| --- | --- |\n| 1 | 2 |\n",
        "import-nothing",
        f"a.md documents no codes: it holds 1 table but no column of messages\n{SAVE}",
    ),
    (
        "a.md",
        "| Code | Message |\n| --- | --- |\n| 1 | |\n| 2-1 | x |\n",
        "import-nothing",
        (
            "a.md documents no codes: it holds 2 rows that cannot be taken; the first, on line 3: "
            f"no message\n{SAVE}"
        ),
    ),
    (
        "a.md",
        "| Code | Message |\n| --- | --- |\n| 0 | OK |\n",
        "import-nothing",
        (
            "a.md documents no codes: it holds 1 row that cannot be taken; the first, on line 3: "
            f"became a success code\n{SAVE}"
        ),
    ),
    (
        "a.py",
        "class Code(Enum):\n    A = auto()\n",
        "import-nothing",
        (
            "a.py documents no codes: it holds nothing that can be read; on line 2: only running "
            f"it would tell its value, and nothing is run\n{SAVE}"
        ),
    ),
    (
        "-",
        "Nothing here.",
        "import-nothing",
        (
            "standard input documents no codes: it holds no table and no line that begins with a "
            f"code\n{SAVE}"
        ),
    ),
    # -- which column ---------------------------------------------------------------------
    (
        "a.csv",
        "code,Error message,Message\n1,a,b\n",
        "ambiguous-column",
        f"a.csv:2: several columns may hold the message: 'Error message' and 'Message'\n{COLUMN}",
    ),
    (
        "a.md",
        "| Code | 中文 | English |\n| --- | --- | --- |\n| 1 | 错误 | wrong |\n",
        "ambiguous-column",
        f"a.md:1: several columns may hold the message: '中文' and 'English'\n{COLUMN}",
    ),
    (
        "a.csv",
        "code,message,message\n1,a,b\n",
        "ambiguous-column",
        f"a.csv:2: several columns may hold the message: column 2 and column 3\n{COLUMN}",
    ),
    (
        "a.tsv",
        "1001\tone\tein\n1002\ttwo\tzwei\n",
        "ambiguous-column",
        f"a.tsv:1: several columns may hold the message: column 2 and column 3\n{COLUMN}",
    ),
    (
        "a.json",
        '[{"code": 1, "message": {"en": "one", "de": "eins"}}]',
        "ambiguous-column",
        f"a.json:1: several columns may hold the message: 'message.en' and 'message.de'\n{COLUMN}",
    ),
    (
        "a.md",
        "| Code | Error code | Message |\n| --- | --- | --- |\n| 1 | 9001 | a |\n",
        "ambiguous-column",
        (
            "a.md:1: several columns may hold the code: 'Code' and 'Error code'\n"
            "hint: choose one with --code-column, by its name or its number"
        ),
    ),
]


def refusal(name: str, text: str, **options: Any) -> ErrcodesUsageError:
    """Return the error of a source that is refused."""
    with pytest.raises(ErrcodesUsageError) as caught:
        imported(name, text, **options)
    return caught.value


@pytest.mark.parametrize(("name", "text", "slug", "whole"), REFUSED)
def test_refused(name: str, text: str, slug: str, whole: str) -> None:
    """The text names the source, the line if there is one, the fault and the remedy."""
    error = refusal(name, text)
    assert (error.slug, str(error)) == (slug, whole)


def test_a_column_where_none_has_a_name() -> None:
    """A table without a header is told as that."""
    error = refusal("a.csv", "1001,one\n1002,two\n", message_column="text")
    assert (error.slug, str(error)) == (
        "unknown-column",
        (
            "a.csv has no table with a message column 'text'; its columns have no names\n"
            "hint: name one of them with --message-column, or its number from 1"
        ),
    )


def test_no_openapi() -> None:
    """Whoever asks for OpenAPI is told what is missing."""
    error = refusal("a.yaml", "1001: one", format="openapi")
    assert (error.slug, str(error)) == (
        "import-source",
        (
            "a.yaml is no OpenAPI document: it has no field openapi or swagger\n"
            "hint: leave --format out: other data is read for what it is"
        ),
    )


def test_a_module_that_is_nested_too_deeply() -> None:
    """What Python itself cannot read is refused; its words differ from version to version."""
    error = refusal("a.py", f"A = {'-' * 200_000}1")
    assert (error.slug, error.message.partition(":")[0]) == (
        "import-source",
        "a.py cannot be read as Python",
    )


@pytest.mark.parametrize(
    ("options", "slug", "whole"),
    [
        (
            {"code_column": "number"},
            "unknown-column",
            (
                "a.csv has no table with a code column 'number'; its columns are code, message\n"
                "hint: name one of them with --code-column, or its number from 1"
            ),
        ),
        (
            {"message_column": "3"},
            "unknown-column",
            (
                "a.csv has no table with a message column '3'; its columns are code, message\n"
                "hint: name one of them with --message-column, or its number from 1"
            ),
        ),
        (
            {"code_column": "message"},
            "import-nothing",
            f"a.csv documents no codes: it holds 1 table but no column of messages\n{SAVE}",
        ),
        (
            {"code_type": "integer"},
            "import-nothing",
            (
                "a.csv documents no codes: it holds 1 row that cannot be taken; the first, on line "
                f"2: its code is no plain integer, as the type that was asked for says\n{SAVE}"
            ),
        ),
    ],
)
def test_refused_with_options(options: dict[str, Any], slug: str, whole: str) -> None:
    """An option that does not fit the source is told of."""
    error = refusal("a.csv", "code,message\nE1,Order not found\n", **options)
    assert (error.slug, str(error)) == (slug, whole)


def test_a_page_that_is_nested_too_deeply() -> None:
    """Quotes in quotes end no import with an error of Python's."""
    error = refusal("a.rst", "\n\n".join(" " * depth + "a" for depth in range(1_000)))
    assert (error.slug, str(error)) == (
        "import-source",
        f"a.rst is nested more than 100 levels deep, which no list of codes is\n{PART}",
    )
