"""All that is wrong with a catalog file, in one error."""

from __future__ import annotations

import pickle

import pytest
from refusing import CODES, refusal

from pytest_errcodes.catalog import CatalogError, CatalogMistake, parse_catalog

WRONG = (
    'nmae = "x"\n'
    "http_status = 700\n"
    "[envelope]\n"
    "success = [200\n"
    'code_type = "int"\n'
    "[envelope.stream]\n"
    "[envelope.stream]\n"
    "code = 1\n"
    "[sections.a.codes]\n"
    '1 = "one"\n'
    "2 = two\n"
    '1 = "again"\n'
    '3 = """\n'
    '4 = "no code, but a line of a text"\n'
    '"""\n'
    "5 = [\n"
    '  7, "x", # ]\n'
    "]\n"
    "6 = {}\n"
    "[sections.b.codes]\n"
    '1 = "third"\n'
)
MISTAKES = [
    "1: nmae: unknown field; did you mean name?",
    (
        "2: http_status: is 700, and must lie within 100 and 599; "
        "write the HTTP status of the answer, such as 400"
    ),
    (
        "4: envelope.success: not TOML at column 15: "
        "a bracket or a text of several lines is never closed; close it"
    ),
    (
        '5: envelope.code_type: is "int", and must be "integer" or "string" or "either"; '
        'did you mean "integer"?'
    ),
    "7: envelope.stream: two shapes with one name, first on line 6; rename one of the two",
    '8: envelope.stream.code: is an integer, and must be a text; write code = "code"',
    ("11: sections.a.codes.2: not TOML at column 5: this is no value; put a text in double quotes"),
    "12: sections.a.codes.1: documented twice, first on line 10; keep one of the two",
    (
        "16: sections.a.codes.5: is an integer, and must be a text in each place; "
        'write 5 = ["...", "..."]'
    ),
    '19: sections.a.codes.6: the code has no message; write { message = "..." }',
    (
        "21: sections.b.codes.1: documented twice, first on line 10 in section a; "
        "keep one of the two"
    ),
]


def test_all_mistakes_of_a_file_at_once() -> None:
    """Broken lines, repeated ones and refused values are told together, in order of lines."""
    assert refusal(WRONG) == MISTAKES


def test_mistakes_are_there_as_facts() -> None:
    """Each mistake tells line, field, fault and remedy apart; the error survives pickling."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(f"{CODES}2 = ''\nx = 1\n")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == str(caught.value)
    assert error.mistakes[0] == CatalogMistake(
        3, "sections.a.codes.2", "the message is empty", "write the message of the document", "2"
    )
    assert [mistake.line for mistake in error.mistakes] == [3, 4, 4]


def refuse(text: str) -> CatalogError:
    """Return the error that a file gets."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(text, "my.toml")
    return caught.value


def test_a_wholly_wrong_file_does_not_fill_the_screen() -> None:
    """After a hundred lines the text counts the rest; as facts they are all there."""
    letters = [f"{one}{two}" for one in "abcdefghijklmnop" for two in "abcdefghijklmnop"]
    lines = "".join(f'[envelope.{one}]\ncode_type = "{one}"\n' for one in letters)
    error = refuse(lines + CODES)
    assert len(error.mistakes) == 256
    assert str(error).count("\n") == 100
    assert str(error).endswith("\nmy.toml: and 156 more")


def test_mistakes_that_are_alike_are_counted() -> None:
    """Of more than five with the same words three are shown; as facts they are all there."""
    error = refuse("[sections.a.codes]\n" + "".join(f'{n} = ""\n' for n in range(1000)))
    remedy = "the message is empty; write the message of the document"
    assert len(error.mistakes) == 1000
    assert str(error).splitlines() == [
        f"my.toml:2: sections.a.codes.0: {remedy}",
        f"my.toml:3: sections.a.codes.1: {remedy}",
        f"my.toml:4: sections.a.codes.2: {remedy}",
        "my.toml:4: and 997 more like it, to line 1001",
    ]


def test_few_mistakes_that_are_alike_are_all_shown() -> None:
    """Five are no long list."""
    error = refuse("[sections.a.codes]\n" + "".join(f'{n} = ""\n' for n in range(5)))
    assert len(str(error).splitlines()) == 5


def test_mistakes_that_differ_by_numbers_are_alike() -> None:
    """Where each was first is no difference between codes that are documented twice."""
    codes = "".join(f'1{n:02} = "x"\n' for n in range(9))
    error = refuse("[sections.a.codes]\n" + codes + codes)
    assert str(error).splitlines() == [
        "my.toml:11: sections.a.codes.100: documented twice, first on line 2; keep one of the two",
        "my.toml:12: sections.a.codes.101: documented twice, first on line 3; keep one of the two",
        "my.toml:13: sections.a.codes.102: documented twice, first on line 4; keep one of the two",
        "my.toml:13: and 6 more like it, to line 19",
    ]
