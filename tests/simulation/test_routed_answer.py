"""What routes answer in one of respx's ways is observed where it is sent."""

import httpx
import pytest

from pytest_errcodes.active.context import current

API = "https://api.example.com"
ENVELOPE = {"code": 401009, "message": "clientOrderId already exists"}


@pytest.mark.parametrize("answer", [{"return_value": 1}, {"side_effect": 1}], ids=str)
def test_envelope(router, call, observed, answer):
    """An envelope is observed without anybody who watches httpx."""
    response = httpx.Response(200, json=ENVELOPE)
    router.get("/a").mock(**dict.fromkeys(answer, response))
    call("GET", "/a")
    assert observed == [(401009, f"{API}/a")]


def test_no_envelope(router, call, observed):
    """What is none is noted as an answer of a route."""
    current().no_envelopes.clear()
    router.get("/a").respond(502, html="<h1>Bad Gateway</h1>")
    call("GET", "/a")
    (noted,) = current().no_envelopes
    assert observed == []
    assert (noted.seen_at(), noted.is_of_route) == (f"GET {API}/a", True)
    assert noted.refusal.reason == "the body is XML, not JSON"
