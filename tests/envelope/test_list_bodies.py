"""Answers that are lists: a batch that is the whole body, and errors in a list."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pytest_errcodes import ErrcodesUsageError, assert_success
from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.reply import make_reply

ROWS = parse_catalog(
    '[envelope]\nsuccess = [0]\nmessage = "msg"\ndata = ""\nitems = "*"\n'
    '[sections.a.codes]\n51008 = "Insufficient balance"\n'
)
LISTS = parse_catalog(
    'http_status = 400\n[envelope]\ncode = "0.errorCode"\nmessage = "0.message"\n'
    'code_type = "string"\nsuccess = "absent"\n[sections.a.codes]\nNO_SESSION = "Log in again"\n'
)
GOOD = {"code": 0, "msg": "Success"}
BAD = {"code": 51008, "msg": "Insufficient balance"}
ERROR = {"errorCode": "NO_SESSION", "message": "Log in again"}


def respond(body: Any, http_status: int = 200) -> httpx.Response:
    return httpx.Response(http_status, json=body)


@pytest.mark.parametrize("is_response", [True, False])
@pytest.mark.parametrize(("body", "is_success"), [([GOOD, GOOD], True), ([GOOD, BAD], False)])
def test_a_batch(body: list[Any], *, is_response: bool, is_success: bool) -> None:
    """A list of items is a success if each of them is one, in a response and by itself."""
    found = read(respond(body) if is_response else body, ROWS)

    assert not isinstance(found, Refusal), found
    assert (found.code, found.is_success, found.data) == (None, is_success, body)
    assert [one.code for one in found.items] == [one["code"] for one in body]


@pytest.mark.parametrize(
    ("body", "http_status", "reason"),
    [
        ([GOOD, {"x": 1}], 200, "1 of the 2 items have no code"),
        ([1, 2], 200, "2 of the 2 items have no code"),
        ([GOOD], 500, "no item is an error, and HTTP status 500 is none of a success"),
        ("text", 200, "the JSON is a string, not an object"),
    ],
)
def test_no_batch(body: Any, http_status: int, reason: str) -> None:
    """A list with an item that says nothing, or under the HTTP status of an error, is none."""
    found = read(respond(body, http_status), ROWS)

    assert isinstance(found, Refusal)
    assert found.reason == reason


def test_a_failed_item_is_told_by_its_place() -> None:
    """The hint says which of the items is no success."""
    with pytest.raises(AssertionError) as caught:
        assert_success(respond([GOOD, BAD]), catalog=ROWS)

    hint = str(caught.value).splitlines()[-1]
    assert hint == "hint: the answer is a success, and [1] of its batch is none"


def test_a_reply_of_a_batch() -> None:
    """A route sends the list of items, and a code alone as an object."""
    assert make_reply(ROWS, None, (), {"items": [None, 51008]}).body == (
        b'[{"code":0,"msg":"Success"},{"code":51008,"msg":"Insufficient balance"}]'
    )
    assert make_reply(ROWS, 51008, (), {}).body == b'{"code":51008,"msg":"Insufficient balance"}'


def test_fields_beside_a_list() -> None:
    """Nothing can stand beside a list that is the whole body."""
    with pytest.raises(ErrcodesUsageError) as caught:
        make_reply(ROWS, None, (), {"items": [None], "fields": {"id": 1}})

    assert str(caught.value) == (
        "reply(..., items=..., fields=...): the whole body is the list of items\n"
        "hint: leave out fields=, or put it into the items"
    )


def test_an_error_in_a_list() -> None:
    """Its code is found by its place, and a reply writes it there."""
    reply = make_reply(LISTS, "NO_SESSION", (), {})
    assert (reply.http_status, reply.body) == (
        400, b'[{"errorCode":"NO_SESSION","message":"Log in again"}]',
    )  # fmt: skip
    for answer in (respond([ERROR], 400), [ERROR]):
        found = read(answer, LISTS)
        assert not isinstance(found, Refusal), found
        assert (found.code, found.message, found.is_success) == (*ERROR.values(), False)


def test_a_field_that_is_called_like_a_place() -> None:
    """A name of digits alone is a field like any other."""
    catalog = parse_catalog('[envelope]\ncode = "0"\n[sections.a.codes]\n7 = "Busy"\n')

    assert catalog[7].body() == {"0": 7, "message": "Busy", "data": None}


@pytest.mark.parametrize("data", [[{"Id": 1}], {"Id": 1}, []])
def test_a_success_beside_errors_in_lists(data: Any) -> None:
    """A list without a code is the payload, as an object is."""
    found = read(respond(data), LISTS)

    assert not isinstance(found, Refusal), found
    assert (found.is_success, found.data) == (True, data)


@pytest.mark.parametrize("body", [[{"message": "x"}], [{"errorCode": None}], []])
def test_a_list_that_lost_its_code(body: Any) -> None:
    """Under the HTTP status of an error, a list without a code is no success."""
    found = read(respond(body, 400), LISTS)

    assert isinstance(found, Refusal)
    assert found.reason == "the field '0.errorCode' is missing"


def test_a_client_that_swallows_an_item(project: Any) -> None:
    """A batch in which nobody looks fails the test that expects the code of an item."""
    project.file(
        "rows.toml",
        '[envelope]\nsuccess = [0]\nitems = "*"\n[sections.a.codes]\n51008 = "Low balance"\n',
    )
    project.tests(
        """
        import httpx
        import pytest
        from pytest_errcodes import IsCode

        pytestmark = [pytest.mark.errcodes(catalog="rows.toml"), pytest.mark.expects_code(51008)]
        URL = "https://api.example.com/batch"

        def place_orders():
            return httpx.post(URL).json()

        def test_right(errcodes):
            errcodes.post(URL).reply(items=[None, 51008])
            first, second = place_orders()
            assert second == IsCode(51008)

        def test_wrong(errcodes):
            errcodes.post(URL).reply(items=[None, 51008])
            assert len(place_orders()) == 2
        """
    )
    outcome = project.run()
    assert outcome.outcomes == {"passed": 1, "failed": 1}
    failure = outcome.failure("test_wrong")
    assert failure.startswith("code 51008 was received and did not surface\n")
