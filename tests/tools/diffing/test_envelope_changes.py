"""How the envelope changed."""

from __future__ import annotations

import pytest

CODES = '\n[sections.a.codes]\n1 = "At %s"\n'


def envelope(*lines: str) -> str:
    """Return a catalog file with such an envelope."""
    return "\n".join(("[envelope]", *lines)) + CODES


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (
            'message = "msg"',
            'code = "errorCode"',
            [
                "breaking: envelope has its code in field errorCode, formerly in field code",
                "breaking: envelope has its message in field message, formerly in field msg",
            ],
        ),
        ('data = ""', "", ["breaking: envelope has its data in field data, formerly nowhere"]),
        ("", 'data = ""', ["breaking: envelope has its data nowhere, formerly in field data"]),
        (
            "success = [0, 200]",
            "success = [0, 2000]",
            [
                "breaking: envelope no longer has 200 among its success codes",
                "addition: envelope has 2000 among its success codes now",
            ],
        ),
        (
            "",
            'success_message = "OK"',
            ["meaning: envelope has a success message that says something else"],
        ),
        (
            "",
            'success_message = "success!"',
            ["wording: envelope has its success message written differently"],
        ),
        (
            "",
            'code_type = "either"',
            ["breaking: envelope has codes that are integers or texts, formerly integers"],
        ),
    ],
)
def test_the_default_shape(told, old: str, new: str, changes: list[str]):
    """Fields, types and success codes that a client relies on are breaking."""
    assert told(envelope(old), envelope(new)) == changes


def test_success_code_in_another_spelling(told):
    """A success code of another type is no other code."""
    old, new = 'code_type = "either"\nsuccess = [0]', 'code_type = "string"\nsuccess = ["0"]'
    assert told(envelope(old), envelope(new)) == [
        "breaking: envelope has codes that are texts, formerly integers or texts"
    ]


def test_an_error_that_becomes_a_success(told):
    """It is no error any more, and means success now."""
    assert told(
        '1 = "One"\n2 = "Two"', '[envelope]\nsuccess = [2]\n[sections.a.codes]\n1 = "One"'
    ) == [
        "breaking: 2 removed",
        "addition: envelope has 2 among its success codes now",
    ]


def test_placeholders_in_another_style(told):
    """That is told once, whatever the number of messages that hold some."""
    new = envelope('placeholders = "format"').replace("%s", "{price}")
    assert told(envelope(), new) == [
        "wording: envelope writes placeholders as format, formerly printf"
    ]


def test_named_shapes(told):
    """A named shape is compared with the one of its name, and may come and go."""
    old = envelope("[envelope.ws]", 'message = "msg"', "[envelope.fix]")
    new = envelope("[envelope.ws]", 'message = "text"', "[envelope.sse]")
    assert told(old, new) == [
        "breaking: envelope.ws has its message in field text, formerly in field msg",
        "breaking: envelope.fix removed",
        "addition: envelope.sse added",
    ]


def test_what_a_named_shape_inherits_is_told_once(told):
    """A change of the default shape is none of the shapes that say nothing else."""
    old = envelope("success = [0, 1000]", "[envelope.ws]", 'message = "msg"')
    assert told(old, old.replace("[0, 1000]", "[0]")) == [
        "breaking: envelope no longer has 1000 among its success codes"
    ]


def test_name_and_title_are_not_compared(told):
    """How a catalog is called is nothing to a client."""
    assert told('name = "a"\ntitle = "A"' + CODES, 'name = "b"\ntitle = "B"' + CODES) == []
