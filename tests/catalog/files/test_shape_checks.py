"""Settings of an envelope shape that contradict, and shapes that cannot be told apart."""

from __future__ import annotations

import pytest
from refusing import CODES, refusal

from pytest_errcodes.catalog import parse_catalog

OK = 'envelope.success_field = "ok"\n'


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        (
            'envelope.success = "abscent"',
            (
                '1: envelope.success: is "abscent", and must be a list of codes, "absent" or '
                '"http_status"; did you mean "absent"?'
            ),
        ),
        (
            'envelope.code = "error..code"',
            "1: envelope.code: has a step without a name; write error.code",
        ),
        (
            'envelope.code = "0.code"\nenvelope.data = ""',
            (
                "1: envelope.message: is no place of the list in which '0.code' stands; "
                'write "0.message", or ""'
            ),
        ),
        (
            f'envelope.success = "absent"\n{OK}',
            (
                '1: envelope.success: is "absent", and success_field = "ok" tells success too; '
                "leave one of the two out"
            ),
        ),
        (
            "envelope.success_value = 1",
            (
                "1: envelope.success_value: there is no success_field that it could stand in; "
                'write success_field = "ok", or leave it out'
            ),
        ),
        (
            f"{OK}envelope.success_value = 1\nenvelope.error_value = 1",
            (
                "3: envelope.error_value: is the value of a success too, so that no answer could "
                "be told; write what stands there in an error"
            ),
        ),
        (
            'envelope.success_field = "code"',
            (
                "1: envelope.success_field: is the field of the code, which no success could lack; "
                "write success = [...] with the codes that mean success"
            ),
        ),
        (
            f"{OK}envelope.fields = {{ ok = false }}",
            (
                "1: envelope.success_field: holds another value in each answer, as fields says, so "
                "that none is a success; leave ok out of fields"
            ),
        ),
        (
            'envelope.code = "error"\nenvelope.message = "error.message"',
            (
                "2: envelope.message: leads through 'error', which holds the code and no object; "
                "write two paths that can both be"
            ),
        ),
        (
            'envelope.fields = { code = "1" }',
            "1: envelope.fields.code: is the field of the code too; leave it out here",
        ),
        (
            'envelope.echo = { message = "id" }',
            "1: envelope.echo.message: is the field of the message too; leave it out here",
        ),
        (
            "envelope.fields = { a = [1] }",
            (
                "1: envelope.fields.a: is a list, and must be true, false, a number or a text; "
                'write fields = { version = "1" }'
            ),
        ),
        (
            "envelope.echo = { a = 1 }",
            (
                "1: envelope.echo.a: is an integer, and must be a text; "
                'write echo = { requestId = "id" }'
            ),
        ),
        (
            "envelope.message = []",
            '1: envelope.message: is an empty list; write message = "" if the API sends none',
        ),
        (
            'envelope.message = ["msg", "msg"]',
            "1: envelope.message: holds 'msg' twice; keep one of the two",
        ),
        (
            'envelope.item_shape = "row"\nenvelope.items = "rows"\nenvelope.raw.code = "c"',
            (
                '1: envelope.item_shape: is "row", and the catalog has no such shape; '
                'did you mean "raw"?'
            ),
        ),
        (
            'envelope.item_shape = "default"',
            (
                "1: envelope.item_shape: there are no items that it could be of; "
                'write items = "data.results", or leave it out'
            ),
        ),
        (
            'envelope.success = "http_status"',
            (
                '1: envelope.success: is "http_status", and 1 comes with 200, a success; '
                "write http_status = 400 at the top, or what the API answers its errors with"
            ),
        ),
        (
            "envelope.success = [0]\nenvelope.v2 = { success = [2] }",
            (
                "2: envelope.v2: cannot be told apart from [envelope] in an answer: code and "
                "message stand in 'code' and 'message' in both; give one of them a field that only "
                "it has: fields or success_field"
            ),
        ),
    ],
)
def test_contradiction(text: str, mistakes: str) -> None:
    """Each is refused with its line and its remedy."""
    assert refusal(f"{text}\n{CODES}") == [mistakes]


def test_statuses_as_codes() -> None:
    """Where all codes are HTTP statuses, the setting that says so is told."""
    text = 'envelope.success = "http_status"\n[sections.a.codes]\n404 = "a"\n500 = "b"\n'
    assert refusal(text) == [
        (
            '1: envelope.success: is "http_status", and 404 comes with 200, a success; '
            'where the HTTP status is the code, write code = "http_status" in its place'
        )
    ]


@pytest.mark.parametrize(
    "second",
    [
        'code = "c"\nsuccess = [2]',
        'message = "msg"\nsuccess = [2]',
        'code_type = "string"\nsuccess = ["2"]',
        'fields = { v = "2" }\nsuccess = [2]',
        'success_field = "ok"\nsuccess = [2]',
        'data = "result"\nsuccess = [2]',
        'echo = { id = "id" }\nsuccess = [0]',
    ],
)
def test_shapes_that_can_be_told_apart(second: str) -> None:
    """A field, a type or a constant of its own tells a shape apart; so does a mere echo."""
    catalog = parse_catalog(f"[envelope]\nsuccess = [0]\n[envelope.v2]\n{second}\n{CODES}")
    assert [shape.name for shape in catalog.shapes] == ["default", "v2"]


def test_a_section_names_a_shape() -> None:
    """One that the catalog lacks is answered with the nearest."""
    text = '[envelope.websocket]\nmessage = "msg"\n[sections.a]\nshape = "websocet"\n'
    assert refusal(f'{text}[sections.a.codes]\n1 = "one"\n') == [
        (
            '4: sections.a.shape: is "websocet", and the catalog has no such shape; '
            'did you mean "websocket"?'
        )
    ]
