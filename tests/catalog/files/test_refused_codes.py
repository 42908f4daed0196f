"""What may not stand among the codes of a catalog file."""

from __future__ import annotations

import pytest
from refusing import AS_TEXT, CODES, refusal

TEXT_CODES = '[envelope]\ncode_type = "string"\n[sections.a.codes]\n'


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        (
            'abc = "x"',
            (
                "abc: the code is no integer, as codes are without code_type; "
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '"4 0" = "x"',
            (
                '"4 0": the code is no integer, as codes are without code_type; '
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '"+5" = "x"',
            (
                '"+5": the code is no integer, as codes are without code_type; '
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '"٣" = "x"',
            (
                '"٣": the code is no integer, as codes are without code_type; '
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '007 = "x"',
            (
                "007: the code is no plain integer, since it begins with a zero; "
                f"write 7, or {AS_TEXT}"
            ),
        ),
        (
            '-007 = "x"',
            (
                "-007: the code is no plain integer, since it begins with a zero; "
                f"write -7, or {AS_TEXT}"
            ),
        ),
        (
            '-0 = "x"',
            f"-0: the code is no plain integer, since zero has no sign; write 0, or {AS_TEXT}",
        ),
        (
            f'{"9" * 41} = "x"',
            (
                f"{'9' * 41}: the code has more than 40 digits; "
                f"write the code of the document, or {AS_TEXT}"
            ),
        ),
        ('2 = ""', "2: the message is empty; write the message of the document"),
        ('2 = " \\t"', "2: the message is empty; write the message of the document"),
        (
            '2 = { message = "" }',
            "2.message: the message is empty; write the message of the document",
        ),
        ("2 = {}", '2: the code has no message; write { message = "..." }'),
        (
            '2 = { message = "x", http_status = 0 }',
            (
                "2.http_status: is 0, and must lie within 100 and 599; "
                "write the HTTP status of the answer, such as 400"
            ),
        ),
        (
            '2 = { message = "x", tags = ["!y"] }',
            '2.tags: holds "!y", which a selector could not name; write a word such as retryable',
        ),
        ('1 = "again"', "1: documented twice, first on line 2; keep one of the two"),
        ('"1" = "again"', "1: documented twice, first on line 2; keep one of the two"),
    ],
)
def test_wrong_code(line: str, mistake: str) -> None:
    """A line that documents no code, or one again, is refused."""
    assert refusal(f"{CODES}{line}\n") == [f"3: sections.a.codes.{mistake}"]


def test_an_empty_text_code() -> None:
    """A text code must have a character that shows."""
    mistake = "the code is empty; write the code of the document"
    assert refusal(f'{TEXT_CODES}"" = "x"\n" " = "y"\n') == [
        f'4: sections.a.codes."": {mistake}',
        f'5: sections.a.codes." ": {mistake}',
    ]


def test_a_code_in_two_sections() -> None:
    """The section that documented it first is named, with the line."""
    assert refusal(f'{CODES}[sections.b.codes]\n2 = "two"\n1 = "again"\n') == [
        "5: sections.b.codes.1: documented twice, first on line 2 in section a; keep one of the two"
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            f'{CODES}[envelope.s]\ncode = "c"\n[envelope.s]\ndata = ""\n',
            "5: envelope.s: two shapes with one name, first on line 3; rename one of the two",
        ),
        (
            f'{CODES}[sections.a]\ntitle = "A"\n[sections.a]\nlabel = "1"\n',
            "5: sections.a: begun twice, first on line 1; put all its lines under the first header",
        ),
        (
            f'{CODES}[sections.a.codes]\n2 = "two"\n',
            (
                "3: sections.a.codes: begun twice, first on line 1; "
                "put all its lines under the first header"
            ),
        ),
        (
            f'name = "x"\nname = "y"\n{CODES}',
            "2: name: given twice, first on line 1; keep one of the two",
        ),
        (
            f'{CODES}[sections.a.codes.1]\nmessage = "x"\n',
            "3: sections.a.codes.1: documented twice, first on line 2; keep one of the two",
        ),
        (
            f'{CODES}2.message = "x"\n2.message = "y"\n',
            "4: sections.a.codes.2.message: given twice, first on line 3; keep one of the two",
        ),
        (
            f'{CODES}1.message = "x"\n',
            "3: sections.a.codes.1: documented twice, first on line 2; keep one of the two",
        ),
    ],
)
def test_twice(text: str, mistake: str) -> None:
    """What stands there twice is named with both lines."""
    assert refusal(text) == [mistake]


def texts(*codes: str) -> str:
    """Return a catalog of these codes, which says nothing of their type."""
    return "[sections.a.codes]\n" + "".join(f'{code} = "x"\n' for code in codes)


OF_TEXTS = "codes are no integers, this one first, and without code_type each must be one"
STRING = 'write code_type = "string" under [envelope]'


@pytest.mark.parametrize(
    ("codes", "mistake"),
    [
        (("E1", "E2", "E3"), f"2: sections.a.codes.E1: 3 of 3 {OF_TEXTS}; {STRING}"),
        (("00001", "00002"), f"2: sections.a.codes.00001: 2 of 2 {OF_TEXTS}; {STRING}"),
        (
            ("1001", "E1", "E2"),
            (
                f"3: sections.a.codes.E1: 2 of 3 {OF_TEXTS}; {STRING}, "
                'or "either" if the API sends numbers too'
            ),
        ),
    ],
)
def test_codes_that_are_texts_without_code_type(codes: tuple[str, ...], mistake: str) -> None:
    """Where most codes are texts and nothing says so, that is one mistake."""
    assert refusal(texts(*codes)) == [mistake]


def test_a_stray_text_among_integers() -> None:
    """Where most are integers, each text is a mistake of its own."""
    assert refusal(texts("1", "2", "3", "E1")) == [
        (
            "5: sections.a.codes.E1: the code is no integer, as codes are without code_type; "
            f"write a plain integer, or {AS_TEXT}"
        )
    ]


def test_texts_where_code_type_says_integer() -> None:
    """Where the catalog itself says that codes are integers, it is the codes that are wrong."""
    header = '[envelope]\ncode_type = "integer"\n'
    assert refusal(header + texts("E1", "E2")) == [
        f"{line}: sections.a.codes.{code}: the code is no integer, as code_type says it is; "
        f"write a plain integer, or {AS_TEXT}"
        for line, code in ((4, "E1"), (5, "E2"))
    ]


def test_what_else_is_wrong_with_texts() -> None:
    """The other mistakes of such codes are told at once."""
    assert refusal('[sections.a.codes]\nE1 = ""\nE2 = "x"\n') == [
        "2: sections.a.codes.E1: the message is empty; write the message of the document",
        f"2: sections.a.codes.E1: 2 of 2 {OF_TEXTS}; {STRING}",
    ]
