"""The block that a snapshot stores for one envelope."""

from __future__ import annotations

from textwrap import dedent

import httpx
import pytest
from contexts import pushed
from snapshot_suite import DUPLICATE_BLOCK
from syrupy.filters import paths, props

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError
from pytest_errcodes.snapshot.extension import EnvelopeSnapshotExtension

DUPLICATE = {"code": 401009, "message": "clientOrderId already exists", "data": None}


def block(obj, **options):
    """Return what is stored for ``obj``."""
    with pushed():
        return EnvelopeSnapshotExtension().serialize(obj, **options)


def facts(obj, **options):
    """Return the lines of the only block of ``obj``, without the headline and the data."""
    headline, *lines = block(obj, **options).split("\n")
    assert headline == "envelope (format 1)"
    return [line.strip() for line in lines if not line.startswith("  data:")]


def test_a_documented_code():
    """A documented code shows its section, its template, the HTTP status and the data."""
    response = httpx.Response(
        400, json={**DUPLICATE, "data": {"orderId": "7", "price": "1.50", "fills": []}}
    )
    assert block(response) == dedent("""\
        envelope (format 1)
          code: 401009
          section: Trading (trading, 4010xx)
          template: 'clientOrderId already exists'
          HTTP status: 400
          data: dict({
            'fills': list([
            ]),
            'orderId': <id>,
            'price': '1.50',
          })""")


def test_a_success():
    """A success shows the section Success and the message that comes with it."""
    assert block({"code": 200000, "message": "Success", "data": 1}) == dedent("""\
        envelope (format 1)
          code: 200000
          section: Success (success)
          template: 'Success'
          data: 1""")


@pytest.mark.parametrize(
    ("code", "message", "lines"),
    [
        (401246, "Invalid tpTriggerPrice , current price: 51.2", ["parameters: '51.2'"]),
        (401246, "Invalid tpTriggerPrice , current price: 1700000000", ["parameters: <timestamp>"]),
        (401246, "Invalid tpTriggerPrice , current price: 9876543210987654", ["parameters: <id>"]),
        (
            401068,
            (
                "Due to an order with a better price, 1 reduce only order to SELL 0.5 BTC at 9 "
                "was cancelled"
            ),
            ["parameters: '1', 'SELL', '0.5', 'BTC', '9'"],
        ),
        (601004, "Mismatched input, Expect input: EOF", ["parameters: 'EOF'"]),
        (601004, "Mismatched input, Expect input:", []),
        (
            401009,
            "clientOrderId exists",
            ["message: 'clientOrderId exists' (does not fit the template)"],
        ),
        (
            401009,
            "id 9876543210987654 exists",
            ["message: 'id <id> exists' (does not fit the template)"],
        ),
        (401009, "token=abc", ["message: 'token=<secret>' (does not fit the template)"]),
        (401009, None, ["message: None (does not fit the template)"]),
    ],
)
def test_the_message(code, message, lines):
    """What stands in the message beside its template is shown, masked by pattern."""
    found = facts({"code": code, "message": message, "data": None})
    assert [
        line for line in found if not line.startswith(("code:", "section:", "template:"))
    ] == lines


@pytest.mark.parametrize(
    ("template", "message", "parameters"),
    [
        ("No such apiKey: %s", "No such apiKey: abc", "parameters: <secret>"),
        ("token: %s is bad", "token: abc is bad", "parameters: <secret>"),
        ("token: bad", "token: bad", None),
        ("Bad value %s", "Bad value eyJhbGciOiJIUzI1.eyJzdWIiOiIx", "parameters: <secret>"),
    ],
)
def test_a_secret_among_the_parameters(tmp_path, template, message, parameters):
    """A parameter that the words before it call a secret is masked."""
    path = tmp_path / "api.toml"
    path.write_text(
        f'name = "x"\n[sections.a]\ntitle = "A"\n[sections.a.codes]\n7 = "{template}"\n'
    )
    with pushed(load=lambda: load_catalog(path)):
        lines = EnvelopeSnapshotExtension().serialize({"code": 7, "message": message}).split("\n")
    expected = [f"  template: '{template}'", *([f"  {parameters}"] if parameters else [])]
    assert lines[3:-1] == expected


@pytest.mark.parametrize(
    ("envelope", "lines"),
    [
        (
            {"code": 401065, "message": "Odd"},
            [
                "code: 401065 (not documented)",
                "section: none; it would stand in Trading (trading, 4010xx)",
                "message: 'Odd'",
            ],
        ),
        (
            {"code": -7, "message": None},
            ["code: -7 (not documented)", "section: none", "message: None"],
        ),
        (
            {"code": "401009", "message": "clientOrderId already exists"},
            [
                'code: "401009" (a string, where the catalog says integer)',
                "section: none",
                "message: 'clientOrderId already exists'",
            ],
        ),
        (
            {"event": "error", "code": "60009", "msg": "Login failed."},
            [
                "code: 60009 (not documented)",
                "shape: websocket",
                "section: none",
                "message: 'Login failed.'",
            ],
        ),
    ],
)
def test_what_the_catalog_does_not_say(envelope, lines):
    """An undocumented code, a code of the wrong type and another shape are called so."""
    assert facts(envelope) == lines


def test_an_envelope_without_data(tmp_path):
    """A shape that has no data has no line for it; a section may have no label."""
    path = tmp_path / "api.toml"
    path.write_text(
        'name = "x"\n[envelope]\ndata = ""\n'
        '[sections.a]\ntitle = "A"\n[sections.a.codes]\n7 = "No"\n'
    )
    with pushed(load=lambda: load_catalog(path)):
        text = EnvelopeSnapshotExtension().serialize({"code": 7, "message": "No"})
    assert text == "envelope (format 1)\n  code: 7\n  section: A (a)\n  template: 'No'"


def test_several_envelopes():
    """A list has a block for each envelope, and one id in two of them keeps its number."""
    placed = {"code": 200000, "message": "Success", "data": {"orderId": "9"}}
    text = block([placed, DUPLICATE, placed])
    assert text.split("\n") == [
        *(success := block(placed).replace("<id>", "<id 1>").split("\n")),
        *DUPLICATE_BLOCK.split("\n"),
        *success,
    ]


def test_no_envelopes():
    """An empty list is worth a snapshot too."""
    assert block([]) == "no envelopes"


def test_an_item_that_is_no_envelope():
    """The item of a list that is no envelope is named."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        block([DUPLICATE, {"error": 7}])
    assert str(caught.value) == (
        "item 2 of 2 is not an envelope: the field 'code' is missing\n  value         {'error': 7}"
    )


class ApiError(Exception):
    """What a client raises."""

    code = 401009


def test_code_without_a_message():
    """An exception may have a code and no message."""
    assert "  message: none" in block(ApiError()).split("\n")


def test_what_contradicts_itself():
    """Nothing is stored of an exception that says one code and carries another."""
    error = ApiError()
    error.response = DUPLICATE | {"code": 401018}
    with pytest.raises(NotAnEnvelopeError) as caught:
        block(error)
    assert caught.value.message.splitlines()[0] == (
        "not an envelope: ApiError.code says 401009, and its .response carries 401018"
    )


@pytest.mark.parametrize(
    ("options", "data"),
    [
        ({"exclude": props("a")}, {"b": {"c": 3}}),
        ({"exclude": paths("b.c")}, {"a": 1, "b": {}}),
        ({"include": props("a")}, {"a": 1}),
        ({"matcher": lambda data, path: 7 if data == 3 else data}, {"a": 1, "b": {"c": 7}}),
    ],
)
def test_filters_and_matchers_see_the_data(options, data):
    """Filters and matchers of syrupy get paths from the root of the data."""
    envelope = {**DUPLICATE, "data": {"a": 1, "b": {"c": 3}}}
    assert block(envelope, **options) == block({**DUPLICATE, "data": data})
