"""The text for a request that no route matches."""

from __future__ import annotations

import httpx
import respx

from pytest_errcodes.simulation.findings.finding_texts import render_finding
from pytest_errcodes.simulation.findings.unmatched import make_finding

API = "https://api.example.com"
ORDER = httpx.Request("POST", f"{API}/api/v1/order?signature=abc", json={"symbol": "BTC"})


def explained(*routes, request=ORDER):
    """Return the lines after the request."""
    text = render_finding(make_finding(request, [respx.Route(**route) for route in routes]))
    assert text.startswith("no route matches ")
    return text.splitlines()[1:]


def test_request():
    """The request stands first, without its secrets."""
    assert render_finding(make_finding(ORDER, [])) == (
        f"no route matches POST {API}/api/v1/order?signature=<secret>\nthere are no routes yet"
    )


def test_one_route():
    """A route stands with what differs."""
    assert explained({"method": "POST", "path": "/api/v1/orders"}) == [
        "nearest route:",
        "  POST /api/v1/orders",
        "    path is /api/v1/order, not /api/v1/orders",
    ]


def test_three_of_many():
    """The three nearest routes stand in order, and the others are counted."""
    assert explained(
        {"method": "DELETE", "path": "/other"},
        {"method": "GET", "path": "/api/v1/order"},
        {"method": "POST", "path": "/api/v1/order", "json": {"symbol": "ETH"}},
        {"method": "POST", "path": "/api/v1/orders"},
        {"method": "GET", "path": "/another"},
    ) == [
        "nearest routes:",
        "  POST /api/v1/order json={'symbol': 'ETH'}",
        "    JSON field symbol is 'BTC', not 'ETH'",
        "  POST /api/v1/orders",
        "    path is /api/v1/order, not /api/v1/orders",
        "  GET /api/v1/order",
        "    method is POST, not GET",
        "  (and 2 more)",
    ]


def test_host_counts():
    """A route on the right host is nearer than one with the right path elsewhere."""
    assert (
        explained({"url": "https://b.example.com/api/v1/order"}, {"url": f"{API}/api/v1/orders"})[1]
        == f"  any method {API}/api/v1/orders"
    )


def test_equally_near():
    """Routes that are equally near stand in the order in which they were added."""
    lines = explained(*({"method": "GET", "path": f"/{name}"} for name in "xyzw"))
    assert [line for line in lines if line.startswith("  GET")] == [
        "  GET /x",
        "  GET /y",
        "  GET /z",
    ]


def test_route_that_declined():
    """A route whose side effect declined is the nearest."""
    assert explained({"path": "/a"}, {"method": "POST", "path": "/api/v1/order"})[1:3] == [
        "  POST /api/v1/order",
        "    matches, but its side effect declined the request",
    ]


def test_many_routes_are_told_apart():
    """Among a thousand routes the nearest is found."""
    routes = [{"method": "POST", "path": f"/api/v2/{number}"} for number in range(1000)]
    lines = explained(*routes, {"method": "POST", "path": "/api/v1/orde"})
    assert (lines[1], lines[-1]) == ("  POST /api/v1/orde", "  (and 998 more)")


def test_long_paths():
    """Paths of many letters are compared by their beginning."""
    request = httpx.Request("GET", f"{API}/{'ab' * 2000}")
    lines = explained({"path": "/" + "a" * 4000}, {"path": "/" + "b" * 4000}, request=request)
    assert lines[0] == "nearest routes:"
    assert len(lines) == 5


def test_websocket():
    """Of a WebSocket it is told what a route can do about it."""
    headers = {"connection": "Upgrade", "upgrade": "WebSocket"}
    finding = make_finding(httpx.Request("GET", "https://api.example.com/ws", headers=headers), [])
    assert finding.hint == (
        "a route can refuse the handshake of a WebSocket, and no more; to talk, start a server in "
        "the test, and let it pass with .pass_through()"
    )
