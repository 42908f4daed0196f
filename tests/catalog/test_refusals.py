"""What a catalog file may not hold: each fault with its line, its field and its remedy."""

from __future__ import annotations

import pickle

import pytest

from pytest_errcodes.catalog import CatalogError, CatalogProblem, parse_catalog

CODES = '[sections.a.codes]\n1 = "one"\n'
TEXT_CODES = '[envelope]\ncode_type = "string"\n[sections.a.codes]\n'
EXAMPLE = '401009 = "clientOrderId already exists"'
AS_TEXT = 'set code_type = "string" under [envelope]'


def refusal(text: str | bytes) -> list[str]:
    """Return the lines of the error, without the name of the file."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(text, "my.toml")
    assert caught.value.slug == "catalog-invalid"
    assert caught.value.hint == ""
    lines = str(caught.value).split("\n")
    assert all(line.startswith("my.toml:") for line in lines)
    return [line.removeprefix("my.toml:").lstrip() for line in lines]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", f"the file is empty; write [sections.trading.codes] and under it {EXAMPLE}"),
        (" \n\t\n", f"the file is empty; write [sections.trading.codes] and under it {EXAMPLE}"),
        (
            "# later\n",
            (
                "sections: the catalog holds no codes; "
                f"write [sections.trading.codes] and under it {EXAMPLE}"
            ),
        ),
        (
            'name = "x"\n[sections]\n',
            (
                "2: sections: the catalog holds no codes; "
                f"write [sections.trading.codes] and under it {EXAMPLE}"
            ),
        ),
        (
            '[sections.a]\ntitle = "A"\n',
            (
                "1: sections.a: the section holds no codes; "
                f"write [sections.a.codes] and under it {EXAMPLE}, or drop the section"
            ),
        ),
        (
            f"{CODES}[sections.b.codes]\n",
            (
                "3: sections.b: the section holds no codes; "
                f"write [sections.b.codes] and under it {EXAMPLE}, or drop the section"
            ),
        ),
        (
            '[sections.a]\n401009 = "x"\n',
            (
                "2: sections.a.401009: unknown field, which looks like a code; "
                "codes stand under [sections.a.codes]"
            ),
        ),
        (
            f'{CODES}[sections."!b".codes]\n2 = "x"\n',
            (
                '3: sections."!b": is no section id, since a selector could not name it; '
                "write a word such as trading"
            ),
        ),
    ],
)
def test_nothing_to_read(text: str, problem: str) -> None:
    """A file, a section or an id that leaves nothing to select is refused."""
    assert refusal(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'titel = "x"\n{CODES}', "1: titel: unknown field; did you mean title?"),
        (
            f"zzz = 1\n{CODES}",
            "1: zzz: unknown field; known here: name, title, http_status, envelope, sections",
        ),
        (
            f'[envelope]\nmsg = "x"\n{CODES}',
            "2: envelope.msg: unknown field; did you mean message?",
        ),
        (
            f'[envelope.stream]\ncode = "c"\nmsessage = "x"\n{CODES}',
            "3: envelope.stream.msessage: unknown field; did you mean message?",
        ),
        (
            f'[sections.a]\nlable = "x"\n{CODES}',
            "2: sections.a.lable: unknown field; did you mean label?",
        ),
        (
            f'{CODES}2 = {{ message = "x", open = true }}\n',
            "3: sections.a.codes.2.open: unknown field; did you mean open_ended?",
        ),
        (
            f'{CODES}[sections.a.codes.2]\nmessage = "x"\n"zz z" = 1\n',
            (
                '5: sections.a.codes.2."zz z": unknown field; '
                "known here: message, open_ended, tags, http_status"
            ),
        ),
    ],
)
def test_unknown_field(text: str, problem: str) -> None:
    """The nearest known name is suggested, else all are listed."""
    assert refusal(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"name = 5\n{CODES}", 'name: is an integer, and must be a text; write name = "..."'),
        (f"title = []\n{CODES}", 'title: is a list, and must be a text; write title = "..."'),
        (
            f'http_status = "200"\n{CODES}',
            "http_status: is a text, and must be an integer; write http_status = 200",
        ),
        (
            f"http_status = true\n{CODES}",
            "http_status: is true or false, and must be an integer; write http_status = 200",
        ),
        (
            f"http_status = 200.0\n{CODES}",
            "http_status: is a fraction, and must be an integer; write http_status = 200",
        ),
        (
            f"http_status = 1979-05-27\n{CODES}",
            "http_status: is a date or time, and must be an integer; write http_status = 200",
        ),
        (
            f"envelope = 5\n{CODES}",
            "envelope: is an integer, and must be a table; write [envelope] on a line of its own",
        ),
        (
            "sections = 5",
            (
                "sections: is an integer, and must be a table; "
                "write [sections.trading] on a line of its own"
            ),
        ),
        (
            '[[sections]]\nid = "a"',
            (
                "sections: is a list, and must be a table; "
                "write [sections.trading] on a line of its own"
            ),
        ),
        (
            "sections.a = 5",
            "sections.a: is an integer, and must be a table; write [sections.a] on a line of its own",
        ),
        (
            "sections.a.codes = 5",
            (
                "sections.a.codes: is an integer, and must be a table; "
                "write [sections.a.codes] on a line of its own"
            ),
        ),
        (
            'sections.a = { title = 1, codes = { 1 = "x" } }',
            'sections.a.title: is an integer, and must be a text; write title = "..."',
        ),
        (
            'sections.a = { label = 1, codes = { 1 = "x" } }',
            'sections.a.label: is an integer, and must be a text; write label = "4010xx"',
        ),
        (
            "sections.a.codes.1 = 5",
            (
                "sections.a.codes.1: is an integer, and must be a text or a table with a message; "
                'write 1 = "..."'
            ),
        ),
        (
            "sections.a.codes.1 = { message = 5 }",
            'sections.a.codes.1.message: is an integer, and must be a text; write message = "..."',
        ),
        (
            'sections.a.codes.1 = { message = "x", open_ended = 1 }',
            (
                "sections.a.codes.1.open_ended: is an integer, and must be true or false; "
                "write open_ended = true"
            ),
        ),
        (
            'sections.a.codes.1 = { message = "x", tags = "y" }',
            (
                "sections.a.codes.1.tags: is a text, and must be a list of texts; "
                'write tags = ["retryable"]'
            ),
        ),
        (
            'sections.a.codes.1 = { message = "x", tags = [1] }',
            (
                "sections.a.codes.1.tags: is an integer, and must be a text in each place; "
                'write tags = ["retryable"]'
            ),
        ),
        (
            f"envelope.code = 5\n{CODES}",
            'envelope.code: is an integer, and must be a text; write code = "code"',
        ),
        (
            f"envelope.message = {{}}\n{CODES}",
            'envelope.message: is a table, and must be a text; write message = "message"',
        ),
        (
            f"envelope.code_type = 5\n{CODES}",
            (
                "envelope.code_type: is an integer, and must be a text; "
                'write one of "integer" or "string" or "either"'
            ),
        ),
        (
            f"envelope.success = 200\n{CODES}",
            "envelope.success: is an integer, and must be a list of codes; write success = [0]",
        ),
    ],
)
def test_wrong_type(text: str, problem: str) -> None:
    """The text says what came, what must be there, and how it is written."""
    assert refusal(text) == [f"1: {problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('name = " "', "name: is empty; write a text, or leave the field out"),
        ('title = ""', "title: is empty; write a text, or leave the field out"),
        ('envelope.code = ""', "envelope.code: is empty; name the field that carries the code"),
        (
            'envelope.message = " "',
            "envelope.message: is empty; name the field that carries the message",
        ),
        (
            "http_status = 99",
            (
                "http_status: is 99, and must lie within 100 and 599; "
                "write the HTTP status of the answer, such as 400"
            ),
        ),
        (
            "http_status = 600",
            (
                "http_status: is 600, and must lie within 100 and 599; "
                "write the HTTP status of the answer, such as 400"
            ),
        ),
        (
            f"http_status = 1{'0' * 4000}",
            (
                "http_status: is a huge number, and must lie within 100 and 599; "
                "write the HTTP status of the answer, such as 400"
            ),
        ),
        (
            'envelope.code_type = "int"',
            (
                'envelope.code_type: is "int", and must be "integer" or "string" or "either"; '
                'did you mean "integer"?'
            ),
        ),
        (
            'envelope.placeholders = "%"',
            (
                'envelope.placeholders: is "%", and must be "printf" or "format" or "none"; '
                'write "printf" or "format" or "none"'
            ),
        ),
        (
            'envelope.success = ["0"]',
            (
                "envelope.success: holds a text, and code_type says an integer; "
                "write success = [0], or change code_type"
            ),
        ),
        (
            'envelope = { code_type = "either", success = [1.5] }',
            (
                "envelope.success: holds a fraction, and code_type says a code; "
                "write success = [0], or change code_type"
            ),
        ),
        ("envelope.success = [0, 0]", "envelope.success: holds 0 twice; keep one of the two"),
        (
            'envelope = { success = [0], default = { message = "m" } }',
            (
                "envelope.default: is a second shape named default, "
                "which [envelope] itself describes; give it another name"
            ),
        ),
        (
            'envelope = { code_type = "either", success = ["OK"], s = { code_type = "integer" } }',
            (
                "envelope.s: has no success codes, and those of [envelope] are not of its code_type; "
                "write success = [0] with its own"
            ),
        ),
        (
            "envelope.success = [1]",
            "sections.a.codes.1: is also a success code; remove it here, or from envelope.success",
        ),
        (
            "envelope.s.success = [1]",
            (
                "sections.a.codes.1: is also a success code; "
                "remove it here, or from envelope.s.success"
            ),
        ),
        (
            'envelope.s = { code_type = "string", success = ["1"] }',
            (
                "sections.a.codes.1: is also a success code; "
                "remove it here, or from envelope.s.success"
            ),
        ),
    ],
)
def test_wrong_value(text: str, problem: str) -> None:
    """What is of the right type and yet makes no sense is refused."""
    line = 3 if problem.startswith("sections") else 1
    assert refusal(f"{text}\n{CODES}") == [f"{line}: {problem}"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            'abc = "x"',
            f"abc: the code is no integer, as code_type says it is; write a plain integer, or {AS_TEXT}",
        ),
        (
            '"4 0" = "x"',
            (
                '"4 0": the code is no integer, as code_type says it is; '
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '"+5" = "x"',
            (
                '"+5": the code is no integer, as code_type says it is; '
                f"write a plain integer, or {AS_TEXT}"
            ),
        ),
        (
            '"٣" = "x"',
            (
                '"٣": the code is no integer, as code_type says it is; '
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
def test_wrong_code(line: str, problem: str) -> None:
    """A line that documents no code, or one again, is refused."""
    assert refusal(f"{CODES}{line}\n") == [f"3: sections.a.codes.{problem}"]


def test_an_empty_text_code() -> None:
    """A text code must have a character that shows."""
    problem = "the code is empty; write the code of the document"
    assert refusal(f'{TEXT_CODES}"" = "x"\n" " = "y"\n') == [
        f'4: sections.a.codes."": {problem}',
        f'5: sections.a.codes." ": {problem}',
    ]


def test_an_empty_success_code() -> None:
    """A success code must have a character too."""
    assert refusal('envelope = { code_type = "string", success = [""] }\n' + CODES) == [
        '1: envelope.success: holds an empty code; write success = ["00000"]'
    ]


def test_a_code_in_two_sections() -> None:
    """The section that documented it first is named, with the line."""
    assert refusal(f'{CODES}[sections.b.codes]\n2 = "two"\n1 = "again"\n') == [
        "5: sections.b.codes.1: documented twice, first on line 2 in section a; keep one of the two"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
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
def test_twice(text: str, problem: str) -> None:
    """What stands there twice is named with both lines."""
    assert refusal(text) == [problem]


@pytest.mark.parametrize(
    ("line", "problem"),
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
            f": not TOML at column 1: no key and no header begins so; write a line such as {EXAMPLE}",
        ),
        ("2. = 5", ": not TOML at column 4: no key begins so; put the key in double quotes"),
        (
            '2 = ["a"',
            "2: not TOML at column 9: a bracket or a text of several lines is never closed; close it",
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
            f"2: not TOML at column 5005: it cannot be read; write a line such as {EXAMPLE}",
        ),
    ],
    ids=range(16),
)
def test_not_toml(line: str, problem: str) -> None:
    """The line, the column and the key are named, with the fault in our words."""
    field = "sections.a.codes" if problem.startswith(":") else "sections.a.codes."
    assert refusal(f"{CODES}{line}\n") == [f"3: {field}{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            f"{CODES}[sections.b\n",
            "3: not TOML at column 12: the header is not closed; end it with ]",
        ),
        (
            "<html>\n",
            f"1: not TOML at column 1: no key and no header begins so; write a line such as {EXAMPLE}",
        ),
        (
            f'{CODES}2 = """two\n',
            (
                "3: sections.a.codes.2: not TOML at column 11: "
                "a bracket or a text of several lines is never closed; close it"
            ),
        ),
        (
            f'sections.a.codes.1 = "x"\n[sections.a]\ntitle = "A"\n',
            (
                "2: not TOML at column 12: this changes a table that is complete; "
                "keep the fields of a table together"
            ),
        ),
    ],
)
def test_not_toml_elsewhere(text: str, problem: str) -> None:
    """Headers and texts of several lines are named as well."""
    assert problem in refusal(text)


def test_what_follows_a_broken_header_is_not_judged() -> None:
    """The fields of a table whose name cannot be read belong to no other."""
    text = f'[sections.b\ntitle = 5\nzzz = 1\n{CODES}2 = ""\n'
    assert refusal(text) == [
        "1: not TOML at column 12: the header is not closed; end it with ]",
        "6: sections.a.codes.2: the message is empty; write the message of the document",
    ]


@pytest.mark.parametrize(
    ("data", "problems"),
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
def test_not_utf_8(data: bytes, problems: list[str]) -> None:
    """Each line that is not UTF-8 is named, beside what else is wrong."""
    assert refusal(data)[: len(problems)] == problems


def test_a_text_that_utf_8_cannot_write() -> None:
    """A text with half a character is refused as a file with it would be."""
    assert refusal(f'title = "\ud800"\n{CODES}') == [
        "1: byte 0xED at column 10 is not UTF-8; save the file as UTF-8"
    ]


def test_all_problems_of_a_file_at_once() -> None:
    """Broken lines, repeated ones and refused values are told together, in order of lines."""
    text = (
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
        '  "x", # ]\n'
        "]\n"
        "6 = {}\n"
        "[sections.b.codes]\n"
        '1 = "third"\n'
    )
    assert refusal(text) == [
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
        (
            "11: sections.a.codes.2: not TOML at column 5: this is no value; "
            "put a text in double quotes"
        ),
        "12: sections.a.codes.1: documented twice, first on line 10; keep one of the two",
        (
            "16: sections.a.codes.5: is a list, and must be a text or a table with a message; "
            'write 5 = "..."'
        ),
        '19: sections.a.codes.6: the code has no message; write { message = "..." }',
        (
            "21: sections.b.codes.1: documented twice, first on line 10 in section a; "
            "keep one of the two"
        ),
    ]


def test_problems_are_there_as_facts() -> None:
    """Each problem tells line, field, fault and remedy apart; the error survives pickling."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(f"{CODES}2 = ''\nx = 1\n")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == str(caught.value)
    assert error.problems[0] == CatalogProblem(
        3, "sections.a.codes.2", "the message is empty", "write the message of the document"
    )
    assert [problem.line for problem in error.problems] == [3, 4]


def test_a_wholly_wrong_file_does_not_fill_the_screen() -> None:
    """After a hundred problems the text counts the rest; as facts they are all there."""
    lines = "".join(f'word{number} = "x"\n' for number in range(1000))
    with pytest.raises(CatalogError) as caught:
        parse_catalog(f"[sections.a.codes]\n{lines}", "my.toml")
    assert len(caught.value.problems) == 1000
    assert str(caught.value).count("\n") == 100
    assert str(caught.value).endswith("\nmy.toml: 900 more problems")


def test_another_kind_of_file_is_given_up() -> None:
    """After fifty lines that are no TOML nothing more is read."""
    assert len(refusal("<p>text</p>\n" * 5000)) == 50
