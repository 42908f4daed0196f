"""What a respx user does with the router itself: calls, snapshots, settings, nesting."""

from __future__ import annotations

import httpx
import pytest
from respx.models import AllMockedAssertionError

API = "https://api.example.com"
REQUEST = httpx.Request("GET", f"{API}/a")


def code(call, path="/a", method="GET"):
    """Return the code of one answer."""
    return call(method, path).json()["code"]


# -- calls -----------------------------------------------------------------------------------


def test_calls(router, call):
    """The router's calls are those of all routes, with respx's assertions."""
    router.get("/a").reply(401009)
    router.get("/b").respond(204)
    router.calls.assert_not_called()
    call("GET", "/a")
    router.calls.assert_called_once()
    call("GET", "/b")
    assert router.calls.call_count == 2
    assert router.calls.last.response.status_code == 204


def test_assert_all_called(router, call):
    """The assertion of respx works, and says what it says."""
    router.get("/a").reply(401009)
    with pytest.raises(AssertionError, match="RESPX: some routes were not called!"):
        router.assert_all_called()
    call("GET", "/a")
    router.assert_all_called()


def test_reset(router, call):
    """The calls are forgotten, the routes stay."""
    route = router.get("/a").reply(401009)
    call("GET", "/a")
    router.reset()
    assert (route.called, route.call_count, router.calls.called) == (False, 0, False)
    assert code(call) == 401009


# -- snapshots -------------------------------------------------------------------------------


def test_rollback(router, call):
    """Routes, answers and calls are again what they were at the snapshot."""
    route = router.get("/a").reply(401009)
    call("GET", "/a")
    router.snapshot()
    route.respond(204)
    router.get("/b").reply(200000)
    call("GET", "/b")
    router.rollback()
    assert list(router.routes) == [route]
    assert (router.calls.call_count, route.call_count) == (1, 1)
    assert code(call) == 401009


def test_rollback_of_a_name(router, call):
    """A route that moved by its name is found at its old place again."""
    router.get("/a", name="read").reply(401009)
    router.snapshot()
    router.get("/b", name="read").reply(200000)
    router.rollback()
    assert code(call) == 401009
    with pytest.raises(httpx.ConnectError):
        call("GET", "/b")


def test_rollback_of_one_route(router, call):
    """A route that moved by its name can be rolled back by itself."""
    route = router.get("/a", name="read").reply(401009)
    route.snapshot()
    router.get("/b", name="read").reply(200000)
    route.rollback()
    assert code(call) == 401009
    assert router.get("/a") is route


def test_rollback_to_the_start(router):
    """Without a snapshot of the test's own, all that it added goes."""
    router.get("/a").reply(401009)
    router.rollback()
    assert len(router.routes) == 0


def test_rollback_without_end(router):
    """A rollback too many does nothing."""
    for _ in range(4):
        router.rollback()
    assert len(router.routes) == 0


# -- without the seam ------------------------------------------------------------------------


def test_mock_transport(router, call, observed):
    """A router answers as the handler of httpx's own mock transport."""
    router.get("/a").reply(401009)
    response = call("GET", "/a", client={"transport": call.mock_transport(router)})
    assert response.json()["code"] == 401009
    assert router.calls.call_count == 1
    assert observed == [(401009, f"{API}/a")]


def test_mock_transport_without_a_route(router, call):
    """There too, the client gets a transport error that carries the explanation."""
    with pytest.raises(httpx.ConnectError) as caught:
        call("GET", "/a", client={"transport": call.mock_transport(router)})
    assert str(caught.value) == f"no route matches GET {API}/a"
    assert str(caught.value.__cause__) == (f"no route matches GET {API}/a\nthere are no routes yet")


def test_resolve(router):
    """The lowest level of respx works: a request in, route and response out."""
    route = router.get("/a").reply(401009)
    resolved = router.resolve(REQUEST)
    assert (resolved.route, resolved.response.json()["code"]) == (route, 401009)


def test_resolve_without_a_route(router):
    """On that level, the explanation is respx's own kind of assertion."""
    with pytest.raises(AllMockedAssertionError) as caught:
        router.resolve(REQUEST)
    assert str(caught.value) == (f"no route matches GET {API}/a\nthere are no routes yet")


# -- settings and nesting --------------------------------------------------------------------


@pytest.mark.parametrize("base_url", [f"{API}/v1", f"{API}/v1/"])
@pytest.mark.parametrize("path", ["/orders", "orders", f"{API}/v1/orders"])
def test_base_url(make_router, call, base_url, path):
    """Paths start at the base, with and without a slash; a whole URL stands for itself."""
    make_router(base_url=base_url).get(path).reply(401009)
    assert code(call, "/v1/orders") == 401009


def test_base_url_of_any_request(make_router, call):
    """The router's own reply answers below its base alone."""
    router = make_router(base_url=f"{API}/v1")
    router.reply(401009)
    assert code(call, "/v1/x/y", "DELETE") == 401009
    with pytest.raises(httpx.ConnectError):
        call("GET", "/v2")


def test_requests_without_a_route_are_allowed(make_router, call):
    """With assert_all_mocked=False they get an empty HTTP 200, are recorded, and no finding."""
    router = make_router(assert_all_mocked=False)
    response = call("GET", "/a")
    assert (response.status_code, response.content) == (200, b"")
    assert router.calls.call_count == 1
    assert router.findings() == []


def test_nested(router, call):
    """A router in a block answers beside the outer one, and before it."""
    router.get("/a").reply(401009)
    router.get("/b").reply(401009)
    with router(base_url=API) as nested:
        nested.get("/b").reply(200000)
        assert [code(call, path) for path in ("/a", "/b")] == [401009, 200000]
    assert code(call, "/b") == 401009


def test_nested_that_allows_requests(router, call):
    """A nested router without assert_all_mocked answers what neither has a route for."""
    router.get("/a").reply(401009)
    with router(assert_all_mocked=False):
        assert call("GET", "/b").status_code == 200
        assert code(call) == 401009
    assert router.findings() == []


def test_nested_asynchronous():
    """An asynchronous block works too."""
    import asyncio

    from pytest_errcodes.catalog import load_catalog
    from pytest_errcodes.simulation import CodeRouter
    from pytest_errcodes.simulation.adapters.httpcore import HttpxSeam

    async def scenario(router):
        async with router, router(base_url=f"{API}/v1") as nested, httpx.AsyncClient() as client:
            nested.get("/a").reply(401009)
            return (await client.get(f"{API}/v1/a")).json()["code"]

    seam = HttpxSeam()
    router = CodeRouter(catalog=load_catalog("ltp"), seam=seam)
    assert asyncio.run(scenario(router)) == 401009
    seam.remove()


def test_nested_settings_of_none(router):
    """None leaves a setting as it is, as in respx."""
    nested = router(assert_all_called=None, assert_all_mocked=None, base_url=None)
    nested.get("/a")
    assert nested.findings() == ["no request reached GET /a"]


def test_router_is_no_decorator(router):
    """respx.mock decorates; the fixture does not, and says so."""
    with pytest.raises(TypeError) as caught:
        router(lambda: None)
    assert str(caught.value) == "errcodes is a fixture, not a decorator: take it as an argument"


# -- starting and stopping -------------------------------------------------------------------


def test_stop_and_look(router, call):
    """After the end, routes and calls are there to be looked at."""
    with router() as nested:
        route = nested.get("/a").reply(401009)
        call("GET", "/a")
    assert (route.call_count, nested.calls.call_count) == (1, 1)


def test_started_again(router, call):
    """A router that is used again begins with what it had before its first block."""
    nested = router()
    nested.get("/a").reply(401009).then(200000)
    for _ in range(2):
        with nested:
            nested.get("/b").reply(100429)
            assert [code(call, path) for path in ("/a", "/b", "/a")] == [401009, 100429, 200000]
            assert nested.calls.call_count == 3
    with nested:
        assert len(nested.routes) == 1


@pytest.mark.parametrize("reset", [True, False])
def test_stop_that_clears(router, reset):
    """Routes go at once where stop is told so."""
    nested = router()
    nested.start()
    nested.get("/a")
    nested.stop(clear=True, reset=reset)
    assert len(nested.routes) == 0


def test_stop_twice(router, call, loopback):
    """A stopped router catches nothing, and the fixture may stop it again."""
    router.reply(401009)
    router.stop()
    router.stop()
    assert call("GET", loopback.url).text == "loopback "


def test_block_of_the_router_itself(router, call):
    """The router is active already: a block of it changes nothing."""
    router.get("/a").reply(401009)
    with router:
        assert code(call) == 401009
    assert code(call) == 401009
