"""What a mock kept of an answer is told apart from what a client returned, and else is the same."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import httpx
import pytest

from pytest_errcodes.assertions.asserts import assert_code
from pytest_errcodes.assertions.matcher import IsCode
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.parts import Recorded
from pytest_errcodes.simulation.calls import RecordedResponse

if TYPE_CHECKING:
    from contexts import ObservedContext

    from pytest_errcodes.active.observation import Observation

BODY = {"code": 401009, "message": "clientOrderId already exists", "data": {"orders": [{"id": 1}]}}


@pytest.fixture
def response() -> httpx.Response:
    """Return a response whose body is read."""
    return httpx.Response(200, json=BODY, request=httpx.Request("GET", "https://api.example.com"))


@pytest.fixture
def record(response: httpx.Response) -> RecordedResponse:
    """Return the record of it."""
    return RecordedResponse.of(response)


@pytest.fixture
def seen(context: ObservedContext) -> list[Observation]:
    """Return what is observed from now on."""
    seen: list[Observation] = []
    context.subscribe(seen.append)
    return seen


def test_record_is_a_response(record: RecordedResponse, response: httpx.Response) -> None:
    """A record is a response with all that the other one has."""
    assert isinstance(record, httpx.Response)
    assert (record.json(), record.text, record.content, record.read()) == (
        response.json(),
        response.text,
        response.content,
        response.read(),
    )
    assert (repr(record), record.request) == (repr(response), response.request)


def test_response_stays_what_it_was(record: RecordedResponse, response: httpx.Response) -> None:
    """The response that was recorded, and what is taken out of it, is no record."""
    for one in (response, response.json(), response.text, response.content, response.read()):
        assert not isinstance(one, Recorded)
    assert isinstance(record, Recorded)


def test_response_that_is_read_later() -> None:
    """What is read of a response later is read of its record too."""
    response = httpx.Response(200, stream=httpx.ByteStream(b'{"code": 401009}'))
    record = RecordedResponse.of(response)
    response.read()
    assert record.json() == {"code": 401009}


def test_what_is_taken_out(record: RecordedResponse) -> None:
    """The body of a record is one in every form, and so is each object in it."""
    whole = record.json()
    taken = (whole, whole["data"]["orders"][0], record.text, record.content, record.read())
    assert all(isinstance(one, Recorded) for one in taken)
    assert whole == BODY


def test_options_of_json(record: RecordedResponse) -> None:
    """Options for JSON's reader are the user's."""
    assert record.json(object_hook=tuple) == ("code", "message", "data")


def test_record_is_pickled(record: RecordedResponse) -> None:
    """A record is pickled and read again as one, as a response is."""
    again = pickle.loads(pickle.dumps(record))
    assert (again.json(), isinstance(again, Recorded)) == (BODY, True)


def test_envelope_of_a_record(record: RecordedResponse, response: httpx.Response) -> None:
    """An envelope tells whether it was read out of a record, and is equal all the same."""
    one, other = Envelope.of(record), Envelope.of(response)
    assert (one.recorded, other.recorded) == (True, False)
    assert one == other
    assert hash(one.code) == hash(other.code)
    assert repr(one) == repr(other)
    assert Envelope.of(one).recorded


def test_nothing_is_observed(record: RecordedResponse, seen: list[Observation]) -> None:
    """Whoever asserts on a record has seen nothing of the client."""
    envelope = assert_code(record, 401009)
    assert record == IsCode(401009)
    assert envelope == IsCode(401009)
    assert record.json() == IsCode(401009)
    assert seen == []


def test_a_response_is_observed(response: httpx.Response, seen: list[Observation]) -> None:
    """Whoever asserts on a response has."""
    assert_code(response, 401009)
    assert [one.source for one in seen] == ["assertion"]


def test_record_that_differs(record: RecordedResponse) -> None:
    """An assertion on a record fails as any other."""
    with pytest.raises(AssertionError, match="expected 401018, came 401009"):
        assert_code(record, 401018)


def test_record_within_an_object(record: RecordedResponse) -> None:
    """What carries a record shows nothing of the client either."""
    error = ValueError("refused")
    error.response = record  # type: ignore[attr-defined]  # as a client's exceptions have it

    assert Envelope.of(error).recorded
