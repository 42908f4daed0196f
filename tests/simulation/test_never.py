"""Requests that must not be sent: each fails its client at once, and is a finding."""

from __future__ import annotations

import httpx
import pytest
from callers import API

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.findings.finding_texts import render_finding

TOLD = f"""\
POST {API}/order was sent, and must not be
route:
  POST {API}/order
    says .never()"""


@pytest.fixture
def router(make_router):
    """Return a router with a base URL."""
    return make_router(base_url=API)


def texts(router):
    """Return the texts of what was found at the end."""
    return [render_finding(one) for one in router.findings()]


def test_not_sent(router, call):
    """A request that is not sent is no finding, and the route is not unused."""
    router.post("/order").never()
    router.get("/order").reply(200000)
    assert call("GET", "/order").json()["code"] == 200000
    assert texts(router) == []


def test_sent(router, call):
    """A request that is sent fails with the library's own error, and is told at the end."""
    route = router.post("/order").never()
    with pytest.raises(httpx.ConnectError) as caught:
        call("POST", "/order")
    assert str(caught.value) == TOLD.splitlines()[0]
    assert str(caught.value.__cause__.__cause__) == TOLD
    assert texts(router) == [TOLD]
    assert route.called
    assert route.calls.last.request.method == "POST"


def test_only_its_own(router, call):
    """A route before it answers what it matches; what it does not match is not forbidden."""
    router.post("/order", json__side="SELL").reply(401009)
    router.post("/order").never()
    assert call("POST", "/order", json={"side": "SELL"}).json()["code"] == 401009
    assert texts(router) == []


def test_handler(router):
    """A transport that asks the router alone refuses it too."""
    router.post("/order").never()
    client = httpx.Client(base_url=API, transport=httpx.MockTransport(router.handler))
    with client, pytest.raises(httpx.ConnectError):
        client.post("/order")
    assert texts(router) == [TOLD]


def test_replaced(router, call):
    """A route with the same pattern that comes later has an answer."""
    router.post("/order").never()
    router.post("/order").reply(401009)
    assert call("POST", "/order").json()["code"] == 401009


@pytest.mark.parametrize("write", [lambda route: route.never().mock(), lambda r: r.mock().never()])
def test_answer(router, write):
    """No route is both: forbidden, and with an answer."""
    with pytest.raises(ErrcodesUsageError):
        write(router.post("/order"))
