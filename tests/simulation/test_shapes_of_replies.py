"""Replies in the shape of an API, from the marker of a test to what its client gets."""

from __future__ import annotations

CATALOG = """
http_status = 402
[envelope]
code = "error.code"
message = "error.message"
code_type = "string"
success = "absent"
[envelope.token]
code = "error"
message = "error_description"
[envelope.rpc]
code = "fault.code"
message = "fault.text"
code_type = "integer"
data = "result"
fields = { jsonrpc = "2.0" }
echo = { id = "id" }
[envelope.batch]
code = "status"
message = "text"
data = "data"
success = ["OK"]
items = "data.results"
item_shape = "row"
[envelope.row]
code = "rowCode"
message = "rowText"
data = ""
success = ["OK"]
[sections.cards.codes]
card_declined = "Your card was declined."
invalid_grant = "No such token"
[sections.calls]
shape = "rpc"
[sections.calls.codes]
-32601 = "Method not found"
"""
CLIENT = """
import httpx
import pytest
from pytest_errcodes import IsCode, assert_code, assert_success, assert_documented

pytestmark = pytest.mark.errcodes(catalog="wild.toml")
URL = "https://api.test/v1"


class Declined(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def charge():
    response = httpx.post(URL, json={"amount": 1})
    if response.status_code >= 400:
        raise Declined(response.json()["error"]["code"])
    return response.json()


def charge_carelessly():
    return httpx.post(URL, json={"amount": 1}).json()


def place_batch():
    body = httpx.post(URL, json=[1, 2]).json()
    for row in body["data"]["results"]:
        if row["rowCode"] != "OK":
            raise Declined(row["rowCode"])
    return body


def place_batch_carelessly():
    body = httpx.post(URL, json=[1, 2]).json()
    if body["status"] != "OK":
        raise Declined(body["status"])
    return body
"""


def run(project, tests):
    """Run each test as a module of its own; return how many ended in which way."""
    project.file("wild.toml", CATALOG)
    rows = {title: CLIENT + body for title, body in tests.items()}
    return {title: row.outcomes for title, row in project.run_rows(rows).items()}


RIGHT = {
    "an error that surfaces": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    errcodes.reply("card_declined")
    charge()
""",
    "a success without a code": """
def test(errcodes):
    errcodes.reply(data={"id": "ch_1"})
    assert charge() == {"id": "ch_1"}
    assert_success(httpx.post(URL))
    assert_documented(httpx.post(URL))
""",
    "the shape of a route, of a reply and of a section": """
def test(errcodes):
    token = errcodes.post(URL + "/token", shape="token").reply("invalid_grant")
    errcodes.get(URL).reply("card_declined", shape="token")
    errcodes.post(URL).reply("-32601")
    assert httpx.post(URL + "/token").json() == {
        "error": "invalid_grant", "error_description": "No such token"
    }
    assert httpx.get(URL).json()["error"] == "card_declined"
    answer = httpx.post(URL, json={"id": 7, "method": "x"}).json()
    assert answer == {
        "fault": {"code": -32601, "text": "Method not found"}, "jsonrpc": "2.0", "id": 7
    }
    assert_code(answer, "-32601")
""",
    "what a form and a query send is repeated as text": """
def test(errcodes):
    errcodes.post(url__startswith=URL).reply("-32601")
    assert httpx.post(URL, data={"id": 7}).json()["id"] == "7"
    assert httpx.post(URL + "?id=8").json()["id"] == "8"
    assert httpx.post(URL).json()["id"] is None
""",
    "an item of a batch that surfaces": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    items = [None, "card_declined", "card_declined"]
    errcodes.post(URL, shape="batch").reply(items=items)
    place_batch()
""",
    "an item of a batch that is asserted": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    errcodes.post(URL, shape="batch").reply(items=["card_declined"])
    rows = place_batch_carelessly()["data"]["results"]
    assert rows == [IsCode("card_declined")]
""",
    "a batch without errors": """
def test(errcodes):
    errcodes.post(URL, shape="batch").reply(items=[None, None])
    assert_success(place_batch())
""",
}
WRONG = {
    "an error that is swallowed": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    errcodes.reply("card_declined")
    charge_carelessly()
""",
    "an error that is taken for a success": """
def test(errcodes):
    errcodes.reply("card_declined")
    assert_success(charge_carelessly())
""",
    "an error of another shape that is taken for a success": """
def test(errcodes):
    errcodes.reply("invalid_grant", shape="token")
    assert_success(charge_carelessly())
""",
    "an error without its code": """
def test(errcodes):
    errcodes.post(URL).respond(402, json={"error": {"message": "no"}})
    assert_success(charge_carelessly())
""",
    "a page of a gateway": """
def test(errcodes):
    errcodes.post(URL).respond(502, html="<html>")
    assert_success(httpx.post(URL))
""",
    "an item of a batch that is swallowed": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    errcodes.post(URL, shape="batch").reply(items=["card_declined"])
    place_batch_carelessly()
""",
    "a batch that is taken for a success": """
def test(errcodes):
    errcodes.post(URL, shape="batch").reply(items=["card_declined"])
    assert_success(place_batch_carelessly())
""",
    "a code that nothing sent": """
@pytest.mark.expects_code("card_declined")
def test(errcodes):
    errcodes.reply(data={"id": 1})
    charge()
    raise Declined("card_declined")
""",
}


def test_right(project):
    """A test that is right passes."""
    assert run(project, RIGHT) == {title: {"passed": 1} for title in RIGHT}


def test_wrong(project):
    """A test that is wrong fails."""
    assert run(project, WRONG) == {title: {"failed": 1} for title in WRONG}
