"""httpx2 and httpcore2 are served by the code of httpx and httpcore, with their own names."""

from __future__ import annotations

import asyncio
import json
import sys
from unittest import mock

import httpcore2
import httpx
import httpx2
import pytest
import respx
from callers import API
from finding_texts import texts
from pytest_httpx2 import httpx2_mock  # noqa: F401  # pytest finds fixtures by their names

from pytest_errcodes import Envelope, raises_code
from pytest_errcodes.simulation.network import Network

URL = f"{API}/order"
ENVELOPE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
SEEN = (401009, "clientOrderId already exists", f"GET {URL}")


def get(**options):
    """Send one request."""
    return httpx2.get(URL, **options)


def aget(**options):
    """Send one request, asynchronously."""

    async def send():
        async with httpx2.AsyncClient() as client:
            return await client.get(URL, **options)

    return asyncio.run(send())


both = pytest.mark.parametrize("send", [get, aget])


@both
def test_unmatched(router, send):
    """A request without a route gets the library's own error, with the explanation below."""
    router.get("/orders").optional().reply(401009)
    with pytest.raises(httpx2.ConnectError) as caught:
        send()
    assert str(caught.value) == f"no route matches GET {URL}"
    assert texts(router)[0].startswith(f"no route matches GET {URL}\nnearest route:\n")


@both
@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx2.ReadTimeout("slow"), TimeoutError])
def test_side_effect(router, send, error):
    """Whoever's error a route raises, the client gets its own."""
    router.get("/order").mock(side_effect=error)
    with pytest.raises(httpx2.ReadTimeout):
        send()


@both
def test_envelope(router, send):
    """Envelopes are read from its responses, and from what it raises of them."""
    router.get("/order").reply(401009, http_status=400)
    response = send()
    assert Envelope.of(response).code == 401009
    with raises_code(401009):
        response.raise_for_status()


@both
@pytest.mark.usefixtures("watch")
def test_observed_by_route(router, seen, observed, send):
    """What a route answers is observed by the route, once."""
    router.get("/order").reply(401009)
    send()
    assert seen == []
    assert observed == [(401009, URL)]


@pytest.mark.usefixtures("watch")
def test_server(loopback, seen):
    """What a server answers is observed once, streams included."""
    url, body = f"{loopback.url}/echo", json.dumps(ENVELOPE)
    httpx2.post(url, content=body)
    with httpx2.stream("POST", url, content=body) as response:
        assert b"".join(response.iter_bytes()) == body.encode()
    assert [one[2] for one in seen] == [f"POST {url}", f"POST {url}, as a stream"]


@pytest.mark.usefixtures("watch")
def test_mock_transport(seen):
    """So is what a transport of the user's answers, and one that tries again."""

    class Retry(httpx2.BaseTransport):
        def __init__(self, below):
            self.below = below

        def handle_request(self, request):
            self.below.handle_request(request).read()
            return self.below.handle_request(request)

    below = httpx2.MockTransport(lambda _: httpx2.Response(200, json=ENVELOPE))
    with httpx2.Client(transport=Retry(below)) as client:
        client.get(URL)
    assert seen == [SEEN, SEEN]


@pytest.mark.usefixtures("watch")
def test_async_stream(loopback, seen):
    """An asynchronous stream is observed when it was read."""

    async def read():
        async with httpx2.AsyncClient() as client:
            url = f"{loopback.url}/echo"
            async with client.stream("POST", url, content=json.dumps(ENVELOPE)) as response:
                assert seen == []
                return b"".join([part async for part in response.aiter_bytes()])

    assert json.loads(asyncio.run(read())) == ENVELOPE
    assert [one[0] for one in seen] == [401009]


@both
def test_who_answered(router, send):
    """A route whose request somebody else has answered says who."""
    router.get("/order").reply(401018)
    answer = httpx2.Response(200, json=ENVELOPE)
    kind = "AsyncHTTPTransport" if send is aget else "HTTPTransport"
    name = "handle_async_request" if send is aget else "handle_request"
    own = mock.AsyncMock(return_value=answer) if send is aget else mock.Mock(return_value=answer)

    def handle(self, request):
        return own(request)

    with mock.patch.object(getattr(httpx2, kind), name, handle):
        router.stop()
        router.start()
        router.get("/order").reply(401018)
        send()
    assert "answered GET" in texts(router)[-1]


@both
@pytest.mark.usefixtures("watch")
def test_beside_pytest_httpx2(router, httpx2_mock, seen, send):  # noqa: F811  # the fixture
    """What the mock knows is its own, and what it does not know is ours."""
    httpx2_mock.get(URL).respond(json=ENVELOPE)
    router.get("/other").reply(401018)
    assert send().json() == ENVELOPE
    assert httpx2.get(f"{API}/other").json()["code"] == 401018
    assert seen == [SEEN]


def test_mock_without_routes(httpx2_mock, respx_mock):  # noqa: F811  # the fixture
    """Without routes, respx's mocks of both libraries answer for their own."""
    httpx2_mock.get(URL).respond(json={"of": 2})
    respx_mock.get(URL).respond(json={"of": 1})
    assert (httpx2.get(URL).json(), httpx.get(URL).json()) == ({"of": 2}, {"of": 1})
    with pytest.raises(respx.models.AllMockedAssertionError):
        httpx2.get(f"{API}/other")


def test_pool(router):
    """A pool of httpcore2's is caught by itself."""
    router.post("/order", content=b"x").reply(401009)
    with httpcore2.ConnectionPool() as pool:
        response = pool.request("POST", URL, content=b"x")
    assert json.loads(response.content)["code"] == 401009


@pytest.mark.parametrize("name", ["httpcore2", "httpx2"])
def test_imported_late(router, make_router, monkeypatch, name):
    """A library that is imported while routes are active is caught all the same."""
    router.get("/order").reply(401009)
    httpx2.get(URL)  # with its first request it looks up httpcore2's errors, for all other tests
    router.stop()
    for one in list(sys.modules):
        if one.partition(".")[0] in ("httpcore2", "httpx2") and name in (
            "httpx2",
            one.partition(".")[0],
        ):
            monkeypatch.delitem(sys.modules, one)
    network = Network()
    try:
        make_router(network=network).get("/order").reply(401009)
        import httpx2 as late

        assert late.get(URL).json()["code"] == 401009
    finally:
        network.close()


def test_given_back():
    """At the end everything is as it was before."""

    def now():
        kinds = (httpx2.Client, httpx2.HTTPTransport, httpcore2.ConnectionPool)
        return [dict(vars(kind)) for kind in kinds]

    before = now()
    network = Network()
    network.bind()
    assert now() != before
    network.close()
    assert now() == before
