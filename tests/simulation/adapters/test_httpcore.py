"""What is patched below httpx: put in once, taken out whole, above and below other patches."""

from __future__ import annotations

import httpcore
import httpx
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
