"""What an exception or object carries, and what it says otherwise itself."""

from __future__ import annotations

import json
import types
import unittest

import httpx
import pytest

from pytest_errcodes import (
    IsCode,
    assert_code,
    assert_documented,
    assert_success,
    load_catalog,
    raises_code,
)
from pytest_errcodes.active.evidence import Contradiction, Evidence
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError

pytestmark = pytest.mark.usefixtures("context")

MESSAGE = "clientOrderId already exists"
BODY = {"code": 401009, "message": MESSAGE, "data": None}
RESPONSE = httpx.Response(200, json=BODY)
OTHER = BODY | {"code": 401018}


class ApiError(Exception):
    """An exception with whatever attributes a test gives it."""

    def __init__(self, *args, **attributes):
        super().__init__(*args)
        self.__dict__.update(attributes)


@pytest.mark.parametrize(
    "error",
    [
        ApiError(envelope=BODY),
        ApiError(response=RESPONSE),
        ApiError(response=json.dumps(BODY)),
        ApiError(body=BODY),
        ApiError(body=json.dumps(BODY).encode()),
        ApiError(response_body=json.dumps(BODY)),
        ApiError(json_body=BODY),
        ApiError(raw_response=RESPONSE),
        ApiError(response=ApiError(response=RESPONSE)),
        ApiError(data=BODY),
        ApiError(details=BODY),
        ApiError(BODY),
        ApiError("refused", BODY),
        ApiError("refused", RESPONSE),
    ],
)
def test_carried(error):
    """The envelope is read wherever an exception keeps the answer of the API."""
    envelope = Envelope.of(error)

    assert (envelope.code, envelope.message) == (401009, MESSAGE)
    assert envelope.evidence == Evidence("envelope", "ApiError", str(error))


@pytest.mark.parametrize(
    "error",
    [
        ApiError(body={"symbol": "BTC"}),
        ApiError(data={"code": "BTC"}),
        ApiError(data={"code": 200000, "message": "Success"}),
        ApiError(details={"code": 7, "message": "of something else"}),
        KeyError(BODY and "code"),
        types.SimpleNamespace(data=BODY),
    ],
)
def test_not_carried(error):
    """A request's body, plain data, a success and an undocumented code beside it are no answer."""
    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(error)


CONTRADICTIONS = {
    "changed": (
        ApiError(code=401018, response=RESPONSE),
        Contradiction("code", 401018, ".response", 401009),
    ),
    "lost": (
        ApiError(code=None, response=RESPONSE),
        Contradiction("code", None, ".response", 401009),
    ),
    "unset": (
        ApiError(code=0, response=RESPONSE),
        Contradiction("code", 0, ".response", 401009),
    ),
    "symbolic": (
        ApiError(code="N/A", body=BODY),
        Contradiction("code", "N/A", ".body", 401009),
    ),
    "success": (
        ApiError(code=200000, response=RESPONSE),
        Contradiction("code", 200000, ".response", 401009),
    ),
    "other name": (
        ApiError(error_code=401018, envelope=BODY),
        Contradiction("error_code", 401018, ".envelope", 401009),
    ),
    "HTTP status of another": (
        ApiError(code=500, response=RESPONSE),
        Contradiction("code", 500, ".response", 401009),
    ),
    "two answers": (
        ApiError(envelope=OTHER, response=RESPONSE),
        Contradiction("envelope", 401018, ".response", 401009),
    ),
    "within": (
        ApiError(envelope=ApiError(code=401018, response=RESPONSE)),
        Contradiction("code", 401018, ".response", 401009),
    ),
    "object": (
        types.SimpleNamespace(code=401018, message="a", response=RESPONSE),
        Contradiction("code", 401018, ".response", 401009),
    ),
    "response": (
        types.SimpleNamespace(code=401018, status_code=200, content=json.dumps(BODY)),
        Contradiction("code", 401018, ".content", 401009),
    ),
}
contradictions = pytest.mark.parametrize(
    ("error", "found"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys()
)


@contradictions
def test_contradiction(error, found):
    """What says one code and carries another is never as expected, whichever was expected."""
    code = found.carried if found.said is None else found.said
    for expected in (401009, 401018):
        with pytest.raises(AssertionError):
            assert_code(error, expected)
        assert not error == IsCode(expected)  # noqa: SIM201  # IsCode says what equals it
    with pytest.raises(AssertionError):
        assert_documented(error)
    with pytest.raises(AssertionError):
        assert_success(error)
    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(error)

    reading = read(error, load_catalog("ltp"))
    assert (reading.code, reading.evidence.contradiction) == (code, found)


@pytest.mark.parametrize("code", [401009, 401018])
def test_raised_contradiction(code):
    """A block that raises what contradicts itself fails."""
    with pytest.raises(AssertionError) as caught, raises_code(code):
        raise ApiError(code=401018, response=RESPONSE)

    assert str(caught.value).splitlines()[0] == (
        f"expected {code}, came ApiError, which says 401018 and carries 401009"
    )


def test_text_of_a_changed_code():
    """The failure shows both codes, and what to do if it is none."""
    with pytest.raises(AssertionError) as caught:
        assert_code(ApiError(code=401018, response=RESPONSE), 401009)

    assert str(caught.value) == (
        "expected 401009, came ApiError, which says 401018 and carries 401009\n"
        "  expected  401009  clientOrderId already exists\n"
        "  says      401018  in .code of ApiError\n"
        "  carries   401009  in its .response\n"
        "hint: the client changed the code; if .code is not where ApiError has it, the catalog "
        'must say what is: [envelope] attributes = ["..."]'
    )


def test_text_of_a_lost_code():
    """A code that was lost is told from one that was changed."""
    with pytest.raises(AssertionError) as caught:
        assert_code(ApiError(error_code=None, body=BODY), 401009)

    assert str(caught.value) == (
        "expected 401009, came ApiError, which says no code and carries 401009\n"
        "  expected  401009  clientOrderId already exists\n"
        "  says      none    in .error_code of ApiError\n"
        "  carries   401009  in its .body\n"
        "hint: the client lost the code; if .error_code is not where ApiError has it, the catalog "
        'must say what is: [envelope] attributes = ["..."]'
    )


def test_envelope_of_a_contradiction():
    """Reading it by itself says both codes too."""
    with pytest.raises(NotAnEnvelopeError) as caught:
        Envelope.of(ApiError("refused", code=401018, response=RESPONSE))

    assert str(caught.value) == (
        "not an envelope: ApiError.code says 401018, and its .response carries 401009\n"
        "  value         ApiError('refused')"
    )


def test_hook_settles_it(context):
    """Where a class means something else by its attribute, a hook says what counts."""
    context.readers.append(lambda obj: obj.response if isinstance(obj, ApiError) else None)

    assert assert_code(ApiError(code="duplicate", response=RESPONSE), 401009).code == 401009


LOSSY = """
        class LossyError(Exception):
            code = {said}

            def __init__(self, response):
                self.response = response

        @pytest.mark.expects_code({mark})
        def test_order(errcodes):
            errcodes.reply(401009)
            raise LossyError(httpx.post(URL))
"""


def test_marker(project):
    """A test fails from which an exception escapes that changed or lost its code."""
    marks = ("401009", "401018", "401009, surfaced=False", "401009, 401018")
    rows = {
        (said, mark): LOSSY.format(said=said, mark=mark)
        for said in ("401018", "None")
        for mark in marks
    }
    for (said, mark), row in project.run_rows(rows).items():
        shown = "no code" if said == "None" else said
        assert row.outcomes == {"failed": 1}, (said, mark)
        lines = row.failures[0].splitlines()
        told = f"came LossyError, which says {shown} and carries 401009"
        assert lines[0].endswith(told), (said, mark)
        assert lines[-1] == "raised as LossyError at test_orders.py:11", (said, mark)


@pytest.mark.parametrize("form", ["pytest", "unittest", "raises_code"])
def test_what_holds_an_exception(form):
    """What pytest.raises and others give is no exception, and the text says what is."""
    if form == "unittest":
        with unittest.TestCase().assertRaises(ApiError) as raised:
            raise ApiError(code=401009)
        hint, name = "pass its .exception", "unittest._AssertRaisesContext"
    else:
        block = pytest.raises(ApiError) if form == "pytest" else raises_code(401009)
        with block as raised:
            raise ApiError(code=401009)
        name = "pytest.ExceptionInfo" if form == "pytest" else "pytest_errcodes.RaisesCode"
        hint = "pass its .value"
    with pytest.raises(AssertionError) as caught:
        assert_code(raised, 401009)

    lines = str(caught.value).splitlines()
    assert lines[0] == f"expected 401009, came no envelope: {name} holds an exception, and is none"
    assert lines[-1] == f"hint: {hint}"


def test_what_holds_no_exception_yet():
    """Inside the block there is none, and the hint says where there is one."""
    with raises_code(401009) as raised:
        with pytest.raises(AssertionError) as caught:
            assert_code(raised, 401009)
        raise ApiError(code=401009)

    assert str(caught.value).splitlines()[-1] == "hint: pass its .value, after the with block"


def test_exception_that_carries_itself_in_many_ways():
    """What carries itself under each name ends in a refusal, and soon."""
    error = ApiError()
    error.envelope = error.response = error.body = error.data = error

    with pytest.raises(NotAnEnvelopeError):
        Envelope.of(error)
