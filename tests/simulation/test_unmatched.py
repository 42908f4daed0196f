"""A request that no route matches: what the client gets, and what is found."""

from __future__ import annotations

from contextlib import suppress
from unittest.mock import Mock

import httpcore
import httpx
import pytest
from callers import API
from finding_texts import texts

from pytest_errcodes.simulation.unmatched_request import UnmatchedRequestError


def test_unmatched(router, call):
    """The client gets a transport error of httpx, chained to the explanation."""
    router.get("/orders").reply(401009)
    with pytest.raises(httpx.ConnectError) as caught:
        call("GET", "/order?signature=abc")
    assert str(caught.value) == f"no route matches GET {API}/order?signature=<secret>"
    assert str(caught.value.request.url) == f"{API}/order?signature=abc"
    explanation = caught.value.__cause__.__cause__
    assert isinstance(explanation, UnmatchedRequestError)
    assert texts(router) == [
        str(explanation),
        "no request reached GET /orders",
    ]


def test_pattern_that_raises(router, call, monkeypatch):
    """What raises where the nearest route is looked for takes no finding away."""
    router.get("/orders").optional()
    monkeypatch.setattr("difflib.SequenceMatcher", Mock(side_effect=RuntimeError))
    with pytest.raises(httpx.ConnectError):
        call("GET", "/order")
    assert texts(router) == [
        f"no route matches GET {API}/order\ncomparing it with the route raised an error"
    ]


def test_text_of_an_unmatched_request(router, call):
    """The finding names the request, the nearest route, and what differed."""
    router.post("/order", json={"side": "BUY"}).reply(401009)
    with pytest.raises(httpx.ConnectError):
        call("POST", "/order", json={"side": "SELL"})
    assert texts(router)[0] == (
        f"no route matches POST {API}/order\n"
        "nearest route:\n"
        "  POST /order json={'side': 'BUY'}\n"
        "    JSON field side is 'SELL', not 'BUY'"
    )


def test_unmatched_and_swallowed(router, call):
    """The finding is there although the client swallowed the error."""
    with suppress(Exception):
        call("GET", "/a")
    assert texts(router) == [f"no route matches GET {API}/a\nthere are no routes yet"]


def test_unmatched_among_nested_routers(router, call):
    """The nearest routes are looked for in every router that was asked."""
    router.get("/aa").reply(401009)
    with router(base_url=API) as nested:
        nested.get("/ab").reply(401009)
        with pytest.raises(httpx.ConnectError) as caught:
            call("GET", "/ac")
    assert str(caught.value.__cause__.__cause__).splitlines()[1:] == [
        "nearest routes:",
        f"  GET {API}/ab",
        "    path is /ac, not /ab",
        "  GET /aa",
        "    path is /ac, not /aa",
    ]


def test_unmatched_in_httpcore(router):
    """Below httpx, the error is httpcore's own."""
    with httpcore.ConnectionPool() as pool, pytest.raises(httpcore.ConnectError) as caught:
        pool.request("GET", f"{API}/a")
    assert str(caught.value) == f"no route matches GET {API}/a"
    assert isinstance(caught.value.__cause__, UnmatchedRequestError)
