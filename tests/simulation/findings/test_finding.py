"""Findings as facts, and as JSON can hold them."""

from __future__ import annotations

import json
from contextlib import suppress

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.simulation.findings.finding import Difference, Finding, NearRoute
from pytest_errcodes.simulation.findings.finding_texts import finding_to_json
from pytest_errcodes.simulation.findings.unmatched import make_finding
from pytest_errcodes.simulation.script import Unsent

API = "https://api.example.com"
SECRET = "hunter2hunter2"
SHOWN = repr(httpx.Request("POST", API, json={"side": "BUY"}).content.decode())


def test_unmatched_request():
    """A request without a route is told with the nearest routes, and the rest is counted."""
    request = httpx.Request("POST", f"{API}/order", json={"side": "BUY"})
    routes = [respx.Route(method="POST", path="/order", json={"side": "SELL"})]
    routes += [respx.Route(method="GET", path=f"/{number}") for number in range(3)]
    finding = make_finding(request, routes)

    assert finding[:3] == ("unmatched-request", f"POST {API}/order", "")
    assert finding.nearest[0] == NearRoute(
        "POST /order json={'side': 'SELL'}",
        Difference("value", "JSON field", "side", "'BUY'", "'SELL'"),
    )
    assert (len(finding.nearest), finding.others) == (3, 1)


@pytest.mark.parametrize(
    ("lookups", "difference"),
    [
        ({"method": "GET"}, Difference("value", "method", None, "POST", "GET")),
        ({"params": {"a": "1"}}, Difference("missing", "query field", "a")),
        ({"json": {}}, Difference("unexpected", "JSON field", "side")),
        ({"json": {"side": "BUY", "token": "a"}}, Difference("missing", "JSON field", "token")),
        ({"headers": {"x-token": "a"}}, Difference("hidden", "header", "x-token")),
        ({"content__contains": "x"}, Difference("without", "content", None, SHOWN, "'x'")),
        ({"path": "/order"}, Difference("declined")),
    ],
)
def test_difference(lookups, difference):
    """What differs first is told by its kind, its part and both values."""
    headers = {"x-token": "b"}
    request = httpx.Request("POST", f"{API}/order", json={"side": "BUY"}, headers=headers)

    assert make_finding(request, [respx.Route(**lookups)]).nearest[0].difference == difference


def test_routes(router, call):
    """A route that nobody called, and one that answered without a reply, are told with a hint."""
    router.get("/a")
    router.get("/a", name="order")
    router.get("/a", params={"b": "1"}).reply(401009)
    call("GET", "/a?b=1")

    assert router.findings() == [
        Finding(
            "route-without-reply",
            "GET /a (named 'order')",
            "say what it answers, as with .reply(...); an empty HTTP 200 on purpose is "
            ".respond(200)",
        ),
        Finding(
            "unused-route",
            "GET /a params={'b': '1'}",
            "a route before it answers these requests too; register that one last: "
            "GET /a (named 'order')",
        ),
    ]


def test_script(router, call):
    """A script that ended early is told with its numbers, and the code that was next."""
    router.get("/a").reply(100429, times=2).then(200000)
    call("GET", "/a")

    (finding,) = router.findings()
    assert (finding.slug, finding.subject) == ("unfinished-script", "GET /a")
    assert finding.unsent == Unsent(sent=1, total=3, next=100429)
    assert finding_to_json(finding)["unsent"] == {"sent": 1, "total": 3, "next": 100429}


def test_equal_findings_are_the_same(router, call):
    """A request that is sent again is no other finding, unless it came near to other routes."""
    for _ in range(2):
        with suppress(httpx.ConnectError):
            call("GET", "/a")
    router.get("/b").reply(401009)
    with suppress(httpx.ConnectError):
        call("GET", "/a")

    first, again, later = router.findings(at_end=False)
    assert first == again
    assert len({first, again, later}) == 2


def test_json():
    """A finding is JSON with its attributes as keys."""
    request = httpx.Request("POST", f"{API}/order?signature={SECRET}")

    assert finding_to_json(make_finding(request, [respx.Route(path="/orders")])) == {
        "slug": "unmatched-request",
        "subject": f"POST {API}/order?signature=<secret>",
        "hint": "",
        "nearest": [
            {
                "route": "any method /orders",
                "difference": {
                    "kind": "value",
                    "part": "path",
                    "name": None,
                    "came": "/order",
                    "asked": "/orders",
                },
            }
        ],
        "others": 0,
        "unsent": None,
    }


names = st.sampled_from(["a", "apiKey", "token", "é", "x" * 300, "\n"])
bodies = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=5)),
    lambda inner: st.dictionaries(names, inner, max_size=3),
)
secrets = st.builds(lambda body, name: {name: body, "apiKey": SECRET}, bodies, names)


@given(secrets, secrets, st.sampled_from(["params", "json", "headers"]))
def test_whatever_was_found(came, asked, part):
    """Any finding is JSON, and shows no secret."""
    headers = {"x-api-key": SECRET}
    request = httpx.Request("POST", f"{API}/a?token={SECRET}", json=came, headers=headers)
    lookups = {"params": {"token": SECRET}, "json": asked, "headers": {"x-api-key": SECRET + "b"}}
    route = respx.Route(path="/a", **{part: lookups[part]})
    text = json.dumps(finding_to_json(make_finding(request, [route])), allow_nan=False)

    assert SECRET not in text
    assert len(text) < 5_000
