"""What a catalog file may not say of itself, its envelopes and its sections."""

from __future__ import annotations

import pytest
from refusing import CODES, EXAMPLE, refusal


@pytest.mark.parametrize(
    ("text", "mistake"),
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
            '[sections.a.code]\n1 = "one"\n',
            "1: sections.a.code: unknown field; did you mean codes?",
        ),
        (
            '["a\\nb"]\n' + CODES,
            (
                '1: "a\\nb": unknown field; known here: name, title, extends, remove, '
                "http_status, lint, envelope, sections"
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
def test_nothing_to_read(text: str, mistake: str) -> None:
    """A file, a section or an id that leaves nothing to select is refused."""
    assert refusal(text) == [mistake]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (f'titel = "x"\n{CODES}', "1: titel: unknown field; did you mean title?"),
        (
            f"zzz = 1\n{CODES}",
            (
                "1: zzz: unknown field; known here: name, title, extends, remove, http_status, "
                "lint, envelope, sections"
            ),
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
                "known here: message, messages, open_ended, tags, http_status, description, "
                "solution, exception"
            ),
        ),
    ],
)
def test_unknown_field(text: str, mistake: str) -> None:
    """The nearest known name is suggested, else all are listed."""
    assert refusal(text) == [mistake]


@pytest.mark.parametrize(
    ("text", "mistake"),
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
            (
                "sections.a: is an integer, and must be a table; "
                "write [sections.a] on a line of its own"
            ),
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
                "sections.a.codes.1: is an integer, and must be a text, a list of texts or a table "
                'with a message; write 1 = "..."'
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
def test_wrong_type(text: str, mistake: str) -> None:
    """The text says what came, what must be there, and how it is written."""
    assert refusal(text) == [f"1: {mistake}"]


@pytest.mark.parametrize(
    ("text", "mistake"),
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
                'envelope.placeholders: is "%", and must be "printf" or "format" or "dollar" or '
                '"angle" or "none"; choose one of them'
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
                "envelope.success: holds a fraction, and code_type says an integer or a text; "
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
                "envelope.s: has no success codes, and those of [envelope] are not of its "
                "code_type; write success = [0] with its own"
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
def test_wrong_value(text: str, mistake: str) -> None:
    """What is of the right type and yet makes no sense is refused."""
    line = 3 if mistake.startswith("sections") else 1
    assert refusal(f"{text}\n{CODES}") == [f"{line}: {mistake}"]


def test_an_unknown_code_type_is_one_mistake() -> None:
    """The codes are not refused for a code type that cannot be read."""
    text = f'[envelope]\ncode_type = "{"x" * 99}"\n[sections.a.codes]\nabc = "x"\n1 = "y"\n'
    assert refusal(text) == [
        (
            f'2: envelope.code_type: is "{"x" * 60}…", and must be "integer" or "string" or '
            '"either"; choose one of them'
        )
    ]


def test_an_empty_success_code() -> None:
    """A success code must have a character too."""
    assert refusal('envelope = { code_type = "string", success = [""] }\n' + CODES) == [
        '1: envelope.success: holds an empty code; write success = ["00000"]'
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            "lint = 5\n",
            "lint: is an integer, and must be a table; write [lint] on a line of its own",
        ),
        ("[lint]\nignored = []\n", "lint.ignored: unknown field; did you mean ignore?"),
        (
            '[lint]\nignore = "gap"\n',
            'lint.ignore: is a text, and must be a list of texts; write ignore = ["gap"]',
        ),
        (
            "[lint]\nignore = [401065]\n",
            'lint.ignore: is an integer, and must be a text in each place; write ignore = ["gap"]',
        ),
        (
            '[lint]\nignore = ["gap", " "]\n',
            'lint.ignore: holds an empty text; write ignore = ["gap"]',
        ),
    ],
)
def test_lint(text: str, mistake: str) -> None:
    """What lint is to ignore is a list of texts; lint itself knows its rules."""
    line = text.count("\n")
    assert refusal(f"{text}{CODES}") == [f"{line}: {mistake}"]


CLASS = 'write a name such as "OrderError", or "client.OrderError" with its module'


@pytest.mark.parametrize(
    ("fields", "mistake"),
    [
        ("exeption = 'OrderError'", "exeption: unknown field; did you mean exception?"),
        (
            "exception = 'Order Error'",
            f'exception: is "Order Error", which no class is called; {CLASS}',
        ),
        ("exception = '.Error'", f'exception: is ".Error", which no class is called; {CLASS}'),
        ("exception = 'class'", f'exception: is "class", which no class is called; {CLASS}'),
        ("exception = '4Error'", f'exception: is "4Error", which no class is called; {CLASS}'),
        ("exception = ' '", "exception: is empty; write a text, or leave the field out"),
        (
            "exception = ['A', 'B']",
            'exception: is a list, and must be a text; write exception = "..."',
        ),
    ],
)
def test_class_of_a_code_or_section(fields: str, mistake: str) -> None:
    """The class of a code, or of all codes of a section, is a name as Python has it."""
    of_code = f"[sections.a.codes.2]\nmessage = 'x'\n{fields}\n"
    assert refusal(f"{CODES}{of_code}") == [f"5: sections.a.codes.2.{mistake}"]
    assert refusal(f"[sections.a]\n{fields}\n{CODES}") == [f"2: sections.a.{mistake}"]


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        (
            '"code"',
            'is a text, and must be a list of attributes; write attributes = ["status_code"]',
        ),
        (
            "[7]",
            (
                "holds an integer, and must hold names of attributes; "
                'write attributes = ["status_code"]'
            ),
        ),
        (
            '["a b"]',
            (
                'holds "a b", which is no attribute, nor a path to one; '
                'write attributes = ["status_code"], or a path: error.code, errors.0.code'
            ),
        ),
        ('["a", "a"]', "holds 'a' twice; keep one of the two"),
    ],
)
def test_attributes(value: str, mistake: str) -> None:
    """What is no list of attributes is refused."""
    text = f"[envelope]\nattributes = {value}\n{CODES}"
    assert refusal(text) == [f"2: envelope.attributes: {mistake}"]
