"""Each place where a text of ours is made of what came from outside."""

from __future__ import annotations

import json

import httpx
import pytest
import respx

from pytest_errcodes import Envelope, IsCode, NotAnEnvelopeError, raises_code
from pytest_errcodes.assertions.asserts import assert_code, assert_success
from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.judging.exception_codes import note_broken_reader
from pytest_errcodes.simulation.findings.descriptions import describe_sent
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json, render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension
from pytest_errcodes.text.json_values import json_text, json_value
from pytest_errcodes.text.secrets import mask_part, mask_text
from pytest_errcodes.text.wording import show_name, show_text, show_value
from pytest_errcodes.tools.explaining import explain


def fail(check, *arguments, **options) -> str:
    """Return the text with which an assertion fails."""
    with pytest.raises((AssertionError, NotAnEnvelopeError)) as caught:
        check(*arguments, **options)
    return str(caught.value)


def find_unmatched(value: object) -> str:
    """Return all that is told of a request without a route, which asks for the value's body."""
    router = respx.MockRouter()
    route = router.post("https://api.test/order", json=value)
    request = httpx.Request("POST", "https://api.test/order", json={"a": value})
    finding = make_finding(request, [route])
    return render_finding(finding) + json.dumps(finding_to_json(finding))


def explain_all(text: str) -> str:
    """Return what ``explain`` says of a message, as JSON."""
    envelope = json.dumps({"code": 401009, "message": text})
    return json.dumps([one.as_dict() for one in explain(load_catalog("ltp"), envelope)])


def note(text: str) -> str:
    """Return the note on a test's own exception that a reader has raised."""
    error = ValueError("no")
    note_broken_reader(error, RuntimeError(text))
    return "".join(error.__notes__)


def refuse(text: str) -> str:
    """Return what is told of an answer whose content type, reason and body hold a text."""
    headers = {"content-type": text.partition("\n")[0].strip().encode("utf-8", "replace")}
    response = httpx.Response(500, content=f"{{not JSON {text}".encode(), headers=headers)
    return fail(assert_success, response)


def raise_other(value: object) -> str:
    """Return what ``raises_code`` tells of an exception whose text holds a value."""

    def check() -> None:
        with raises_code(401112):
            raise ValueError({"code": 401009, "message": value})

    return fail(check)


def change_last(value: object) -> object:
    """Return a value that differs from another in its last text, or number, alone.

    A text still ends as the other does, so that a secret in it is one.
    """
    if isinstance(value, dict):
        *_, last = value
        return {**value, last: change_last(value[last])}
    if isinstance(value, list | tuple):
        return type(value)([*value[:-1], change_last(value[-1])])
    if isinstance(value, str | bytes):
        return b"other " + value if isinstance(value, bytes) else f"other {value}"
    return 7


OK = "clientOrderId already exists"
PLACES = {
    "value": show_value,
    "value in data": lambda value: show_value({"a": [value]}),
    "JSON form": lambda value: json.dumps(json_value({"a": [value]})),
    "data that differs": lambda value: fail(
        assert_code, {"code": 401009, "message": "", "data": {"a": value}}, 401009,
        data={"a": "other"}, message="ignore",
    ),
    "data that differs in it": lambda value: fail(
        assert_code, {"code": 401009, "message": "", "data": {"a": [value]}}, 401009,
        data={"a": [change_last(value)]}, message="ignore",
    ),
    "a field that differs in it": lambda value: str(
        IsCode(401009, a=change_last(value)).why_not({"code": 401009, "message": OK, "a": value})
    ),
    "no envelope": lambda value: fail(assert_success, {"a": value}),
    "no envelope, as JSON": lambda value: fail(assert_success, json.dumps({"a": value})),
    "request": find_unmatched,
    "snapshot": lambda value: EnvelopeSnapshotExtension().serialize(
        {"code": 401009, "message": "x", "data": {"a": value}}
    ),
    "repr": lambda value: repr(Envelope.of({"code": 1, "message": "x", "data": value})),
}  # fmt: skip
TEXT_PLACES = {
    "text": mask_text,
    "masked twice": lambda text: mask_text(mask_text(text)),
    "beginning": lambda text: show_text(text, 200),
    "name": lambda text: show_name(text, 200),
    "JSON text": json_text,
    "part": lambda text: mask_part("x " * 3_000 + text, 5_990, 60_000),
    "message": lambda text: fail(
        assert_code, {"code": 401009, "message": text}, 401009, message="another"
    ),
    "body": lambda text: fail(assert_success, text),
    "note": note,
    "answer": refuse,
    "exception": raise_other,
    "URL": lambda text: describe_sent("GET", f"https://api.test/a?{text}"),
}
EVERYWHERE = TEXT_PLACES | PLACES | {"explanation": explain_all}
