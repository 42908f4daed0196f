"""What is patched below httpx: put in once, taken out whole, above and below other patches."""

from __future__ import annotations

import asyncio
from functools import wraps
from unittest import mock

import httpcore
import httpx
import pytest
from callers import API

from pytest_errcodes.simulation.network import Network


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


def test_installed_once(make_router):
    """A second router finds the wrappers in place, and so does each test after the first."""
    make_router().stop()
    installed = httpcore.ConnectionPool.handle_request
    make_router().stop()
    assert httpcore.ConnectionPool.handle_request is installed


def test_removed():
    """At the end everything is as it was before."""
    from respx.mocks import HTTPCoreMocker

    def now():
        return (
            httpcore.ConnectionPool.handle_request,
            httpcore.AsyncConnectionPool.handle_async_request,
            httpx._transports.default.create_ssl_context,
            dict(vars(HTTPCoreMocker)),
        )

    before = now()
    network = Network()
    network.bind()
    network.prepare()
    assert [one is other for one, other in zip(now(), before, strict=True)] == [False] * 4
    network.close()
    assert now() == before


def test_nothing_is_caught_without_a_router(router, call, loopback):
    """A network without a router lets every request go where it went before."""
    router.stop()
    assert call("GET", loopback.url).text == "loopback "


def test_another_run_inside(router, call):
    """A network that is bound above another one leaves it as it was."""
    router.reply(401009)
    inner = Network()
    inner.bind()
    assert code(call("GET")) == 401009
    inner.close()
    assert code(call("GET")) == 401009


def test_a_patch_by_the_test(make_router, call, monkeypatch):
    """A wrapper that somebody puts above ours beforehand is covered, and comes back."""
    make_router().stop()
    seen = []
    ours = httpcore.ConnectionPool.handle_request

    def theirs(self, request):
        seen.append(request.url.target)
        return ours(self, request)

    with monkeypatch.context() as patch:
        patch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
        router = make_router()
        router.reply(401009)
        assert code(httpx.get(f"{API}/a")) == 401009
    assert code(httpx.get(f"{API}/b")) == 401009
    assert router.calls.call_count == 2
    assert seen == []


def test_pass_through_below_a_patch(make_router, loopback, monkeypatch):
    """A request that is let pass is asked about once, in however many layers we stand."""
    make_router().stop()
    ours = httpcore.ConnectionPool.handle_request

    def theirs(self, request):
        return ours(self, request)

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
    route = make_router().route(host="127.0.0.1").pass_through()
    assert httpx.get(loopback.url).text == "loopback "
    assert route.call_count == 1


def test_a_patch_above(router, monkeypatch):
    """A wrapper that somebody puts above ours meanwhile runs, and then ours."""
    router.reply(401009)
    ours, seen = httpcore.ConnectionPool.handle_request, []

    def theirs(self, request):
        seen.append(request.url.target)
        return ours(self, request)

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
    assert code(httpx.get(f"{API}/a")) == 401009
    assert seen == [b"/a"]


def test_a_patched_transport(router, monkeypatch):
    """A test that replaces httpx's own transport gets its answer; our routes see nothing."""
    router.reply(401009)
    monkeypatch.setattr(
        httpx.HTTPTransport, "handle_request", lambda self, request: httpx.Response(204)
    )
    assert httpx.get(API).status_code == 204
    assert router.calls.call_count == 0


def _patch_pools(monkeypatch, make):
    """Put a function over what the pools do, sync and async."""
    for pool, method in (
        (httpcore.ConnectionPool, "handle_request"),
        (httpcore.AsyncConnectionPool, "handle_async_request"),
    ):
        monkeypatch.setattr(pool, method, make(getattr(pool, method)))


@pytest.mark.parametrize("wrap", [wraps, lambda _: lambda function: function])
def test_a_patch_after_the_start(router, call, monkeypatch, wrap):
    """A wrapper that somebody puts above ours later sees each request, as httpcore's own."""
    router.reply(401009)
    seen = []

    def make(ours):
        @wrap(ours)
        def theirs(self, request):
            seen.append((type(request), request.url.target))
            return ours(self, request)

        return theirs

    _patch_pools(monkeypatch, make)
    assert code(call("GET", "/a")) == 401009
    assert seen == [(httpcore.Request, b"/a")]


def test_an_answer_by_the_test(router, call, monkeypatch):
    """What somebody above ours answers reaches the client, and no route is asked."""
    router.reply(401009)

    def make(ours):
        def answer(self, request):
            return httpcore.Response(200, content=b'{"code": 7}')

        async def answer_async(self, request):
            return answer(self, request)

        return answer_async if ours.__name__ == "handle_async_request" else answer

    _patch_pools(monkeypatch, make)
    assert code(call("GET", "/a")) == 7
    assert router.calls.call_count == 0


class OwnPool(httpcore.ConnectionPool):
    """A pool of the user's, which answers by itself."""

    def handle_request(self, request):
        """Answer."""
        return httpcore.Response(200, content=b'{"code": 7}')


class OwnAsyncPool(httpcore.AsyncConnectionPool):
    """The same for asynchronous clients."""

    async def handle_async_request(self, request):
        """Answer."""
        return httpcore.Response(200, content=b'{"code": 7}')


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_a_pool_of_the_users(router, kind):
    """A pool that overrides what ours would catch is asked itself."""
    router.reply(401009)
    transport = kind()
    if kind is httpx.HTTPTransport:
        transport._pool = OwnPool()
        assert code(httpx.Client(transport=transport).get(API)) == 7
    else:
        transport._pool = OwnAsyncPool()

        async def get():
            async with httpx.AsyncClient(transport=transport) as client:
                return await client.get(API)

        assert code(asyncio.run(get())) == 7


@pytest.mark.parametrize("fake", [lambda _: httpcore.Response(200, content=b'{"code": 7}'), None])
def test_a_pool_with_a_method_of_its_own(router, monkeypatch, fake):
    """What a test puts into one pool alone is asked, also where it is a mock."""
    router.reply(401009)
    transport = httpx.HTTPTransport()
    answer = httpcore.Response(200, content=b'{"code": 7}')
    fake = fake or mock.MagicMock(return_value=answer)
    monkeypatch.setattr(transport._pool, "handle_request", fake)
    assert code(httpx.Client(transport=transport).get(API)) == 7


def test_a_transport_without_a_pool(router, call):
    """A transport whose pool is anything else goes its own way."""
    router.reply(401009)

    class Pool:
        def handle_request(self, request):
            return httpcore.Response(200, content=b'{"code": 7}')

        async def handle_async_request(self, request):
            return httpcore.Response(200, content=b'{"code": 7}')

    transport = httpx.HTTPTransport()
    transport._pool = Pool()
    assert code(httpx.Client(transport=transport).get(API)) == 7


def test_what_is_kept_of_a_request(router):
    """A client that sends the same request again, changed, changes nothing of the first call."""
    router.post("/a").reply(401009)
    with httpx.Client() as client:
        request = client.build_request("POST", f"{API}/a", content=b"n", headers={"x-try": "1"})
        client.send(request)
        request.headers["x-try"] = "2"
        client.send(request)
    assert [call.request.headers["x-try"] for call in router.calls] == ["1", "2"]
    assert router.calls[0].request.content == b"n"


def test_response_is_the_clients(router):
    """Nothing of ours is in what a client may compare, and each reply is its own response."""
    router.get("/a").reply(401009, headers={"x-own": "1"})
    first, second = httpx.get(f"{API}/a"), httpx.get(f"{API}/a")
    assert first.extensions == second.extensions == {"http_version": b"HTTP/1.1"}
    assert first.headers.raw == [
        (b"content-type", b"application/json"),
        (b"content-length", b"68"),
        (b"x-own", b"1"),
    ]
    first.headers["x-own"] = "2"
    assert second.headers["x-own"] == httpx.get(f"{API}/a").headers["x-own"] == "1"
