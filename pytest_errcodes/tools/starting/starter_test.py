"""The first test of a project: strict, green as it stands, and red for a client that swallows."""

from __future__ import annotations

import builtins
import json
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, ErrorCode
    from pytest_errcodes.catalog.envelope_shape import EnvelopeShape

SOME_URL = "https://api.example.com"

_TEST = '''\
"""A first test of error codes: a client that swallows the code turns it red."""

import httpx
import pytest

BASE_URL = {base_url}


class {error}(Exception):  # replace it by the exception that your client raises
    def __init__(self, code, message):
        super().__init__(f"{{code}} {{message}}")
        self.code = code
        self.message = message


def place_order():  # replace it by your client: import it, and call it in the test
{body}

@pytest.mark.expects_code({code}{carrier})  # {comment}
def test_an_error_surfaces(errcodes):
    errcodes.post(BASE_URL + "/orders").reply({reply})
    place_order()
'''


def write_test(catalog: Catalog, code: ErrorCode, base_url: str) -> str:
    """Return the text of a test that expects a code.

    Args:
        catalog: The catalog that documents it.
        code: The code.
        base_url: The address of the API; empty where nobody knows it.
    """
    shape = next((one for one in catalog.shapes if one.name == code.shape_name), catalog.shape)
    arguments = (code.code, *code.template.sample)
    error = _name_error(code)
    return _TEST.format(
        error=error,
        # Else the stand-in is not of the class that the catalog names.
        carrier=f", exception={error}" if code.exception not in ("", error) else "",
        base_url=_literal((base_url or SOME_URL).rstrip("/")),
        body="".join(f"    {line}\n" if line else "\n" for line in _write_client(shape, error)),
        code=_literal(code.code),
        comment=_write_comment(code),
        reply=", ".join(map(_literal, arguments)),
    )


def _name_error(code: ErrorCode) -> str:
    """Return what the client's exception is to be called: as the catalog says, if it does."""
    name = code.exception.rpartition(".")[2]
    is_name = name.isidentifier() and not iskeyword(name) and not hasattr(builtins, name)
    return name if is_name else "ApiError"


def _write_client(shape: EnvelopeShape, error: str) -> list[str]:
    """Return the lines of a client that raises what is no success, and returns the rest."""
    answer = "answer"
    lines = ['response = httpx.post(BASE_URL + "/orders", json={"symbol": "BTC"})']
    lines.append("answer = response.json()")
    lines.append(f"if {_write_condition(shape)}:")
    message = _write_path(shape.message, answer) if shape.message else '""'
    lines.append(f"    raise {error}({_write_path(shape.code, answer)}, {message})")
    whole = shape.data in ("", "*")
    lines.append(f"return {answer if whole else _write_path(shape.data, answer)}")
    return lines


def _write_condition(shape: EnvelopeShape) -> str:
    """Return the Python that tells whether an answer is no success."""
    if shape.success_field:
        told, value = _write_path(shape.success_field, "answer"), shape.success_value
        if isinstance(value, bool):
            return f"not {told}" if value else told
        if (
            shape.error_value is None and "." not in shape.success_field
        ):  # nothing stands there then
            told = f"answer.get({_literal(shape.success_field)})"
        return f"{told} != {_literal(value)}"
    if shape.success_rule == "http_status":
        return "response.is_error"
    if shape.success_rule == "absent":
        first, _, rest = shape.code.partition(".")
        return f"{_literal(first)} in answer" if rest else f"answer.get({_literal(first)})"
    known = ", ".join(map(_literal, shape.success))
    comma = "," if len(shape.success) == 1 else ""
    return f"{_write_path(shape.code, 'answer')} not in ({known}{comma})"


def _write_path(path: str, start: str) -> str:
    """Return the Python that looks a path up."""
    steps = (step if step.isdecimal() else _literal(step) for step in path.split("."))
    return start + "".join(f"[{step}]" for step in steps)


def _write_comment(code: ErrorCode) -> str:
    text = " ".join(code.message.split())
    return text if len(text) <= 50 else f"{text[:50]}…"


def _literal(value: object) -> str:
    """Return a value as formatted Python has it: texts in double quotes."""
    if isinstance(value, str) and value.isprintable():
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
