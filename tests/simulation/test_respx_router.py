"""What a respx user does with the router itself: names, calls, snapshots, settings, nesting."""

from __future__ import annotations

import httpx
import pytest
import respx
from respx.models import AllMockedAssertionError

from pytest_errcodes.simulation.route import CodeRoute

API = "https://api.example.com"
REQUEST = httpx.Request("GET", f"{API}/a")


def code(call, path="/a", method="GET"):
    """Return the code of one answer."""
    return call(method, path).json()["code"]


# -- names and the list of routes ------------------------------------------------------------


def test_name(router):
    """A route is found by its name, in the router and in its list of routes."""
    route = router.get("/a", name="read")
    assert router["read"] is route
    assert router.routes["read"] is route
    assert "read" in router.routes
    assert route.name == "read"


def test_pop(router):
    """A route is removed by its name."""
    route = router.get("/a", name="read")
    assert router.pop("read") is route
    assert len(router.routes) == 0


def test_pop_what_is_not_there(router):
    """Without such a route there is a default, or a KeyError."""
    assert router.pop("read", None) is None
    with pytest.raises(KeyError):
        router.pop("read")


def test_pop_from_the_list(router):
    """The list of routes gives them out too, by the same rules."""
    route = router.get("/a", name="read")
    assert router.routes.pop("read", None) is route
    assert router.routes.pop("read", None) is None
    with pytest.raises(KeyError):
        router.routes.pop("read")


def test_popped_route_answers_nothing(router, call):
    """A removed route makes room for the next one."""
    router.get("/a", name="read").reply(401009)
    router.get(f"{API}/a").reply(200000)
    router.pop("read")
    assert code(call) == 200000


def test_popped_route_comes_back(router, call):
    """A removed route can be added again, with its script."""
    router.get("/a", name="read").reply(401009)
    route = router.pop("read")
    assert router.add(route, name="again") is route
    assert code(call) == 401009


def test_popped_route_takes_another_s_place(router, call):
    """A route that comes back brings its script to the one that has its pattern now."""
    router.get("/a", name="read").reply(401009)
    route = router.pop("read")
    present = router.get("/a").reply(200000)
    assert router.add(route) is present
    assert code(call) == 401009


def test_new_name(router, call):
    """A route that is added again under a name keeps its answer."""
    route = router.get("/a").reply(401009)
    router.add(route, name="read")
    assert router["read"] is route
    assert code(call) == 401009


def test_routes_are_a_list(router):
    """The list of routes has a length, an order, and positions."""
    first, second = router.get("/a"), router.get("/b")
    assert list(router.routes) == [first, second]
    assert router.routes[1] is second
    assert len(router.routes) == 2


def test_routes_cannot_be_sliced(router):
    """What respx says to that arrives."""
    with pytest.raises(TypeError, match="slice assign"):
        router.routes[0:1] = router.routes


def test_clear(router, call):
    """All routes go."""
    router.get("/a").reply(401009)
    router.clear()
    assert len(router.routes) == 0
    with pytest.raises(httpx.ConnectError):
        call("GET", "/a")


# -- replacing -------------------------------------------------------------------------------


def test_same_pattern_is_replaced(router, call):
    """A second route for the same requests is the first one, with a new answer."""
    first = router.get("/a").reply(401009)
    second = router.get("/a").reply(200000)
    assert first is second
    assert code(call) == 200000


def test_same_pattern_without_an_answer(router, call):
    """The new route's answer counts, even when it is none."""
    router.get("/a").reply(401009)
    router.get("/a")
    assert call("GET", "/a").content == b""


def test_same_pattern_under_another_name(router):
    """The new name replaces the old one."""
    route = router.get("/a", name="old")
    assert router.get("/a", name="new") is route
    assert ("old" in router.routes, router["new"]) == (False, route)


def test_same_name_with_another_pattern(router, call):
    """A name stands for one route, which moves to the new pattern."""
    route = router.get("/a", name="read").reply(401009)
    assert router.get("/b", name="read").reply(200000) is route
    assert code(call, "/b") == 200000
    with pytest.raises(httpx.ConnectError):
        call("GET", "/a")


def test_name_and_pattern_of_two_routes(router, call):
    """A route that takes the name of one and the pattern of another leaves one of them."""
    router.get("/a", name="read").reply(401009)
    router.get("/b", name="other").reply(100429)
    route = router.get("/b", name="read").reply(200000)
    assert list(router.routes) == [route]
    assert "other" not in router.routes
    assert code(call, "/b") == 200000


def test_replaced_route_keeps_its_place(router, call):
    """A new answer does not change the order."""
    router.get("/a").reply(401009)
    router.route(path="/a").reply(100429)
    router.get("/a").reply(200000)
    assert code(call) == 200000


def test_route_of_respx(router, call):
    """A route of respx's own can be added."""
    route = respx.Route(method="GET", path="/a").respond(204)
    assert router.add(route, name="read") is route
    assert call("GET", "/a").status_code == 204
    assert (route.call_count, router["read"].called) == (1, True)


def test_route_of_respx_is_replaced(router, call):
    """A route with reply takes the place of one of respx's own."""
    router.add(respx.Route(method="GET", path="/a"), name="read")
    route = router.get("/a", name="read").reply(401009)
    assert router["read"] is route
    assert isinstance(route, CodeRoute)
    assert code(call) == 401009


def test_route_of_respx_replaces(router, call):
    """A route of respx's own brings its answer to ours with the same pattern."""
    route = router.get("/a").reply(401009)
    assert router.add(respx.Route(method="GET", url="/a").respond(204)) is route
    assert call("GET", "/a").status_code == 204


def test_route_of_respx_replaces_its_like(router, call):
    """Two routes of respx's own with one pattern are one, as in respx."""
    route = router.add(respx.Route(method="GET", url="/a").respond(201))
    assert router.add(respx.Route(method="GET", url="/a").respond(204)) is route
    assert call("GET", "/a").status_code == 204


def test_something_else_than_a_route(router):
    """What respx says to that arrives."""
    with pytest.raises(ValueError, match="Invalid route"):
        router.add("GET /a")


@pytest.mark.parametrize("lookups", [{"host__in": ["a", "b"]}, {"path__in": ["/a"]}], ids=repr)
def test_patterns_without_a_hash(router, lookups):
    """Routes with lists of hosts or paths stand beside others, which respx itself refuses."""
    first, second = router.route(**lookups), router.route(**lookups)
    router.get("/c")
    assert len(router.routes) == 3
    assert first is not second


def test_pattern_without_a_hash_under_a_name(router, call):
    """A name moves to such a pattern, and from it."""
    route = router.get("/a", name="read")
    assert router.route(path__in=["/b", "/c"], name="read").reply(401009) is route
    assert code(call, "/c") == 401009
    assert router.get("/d", name="read").reply(200000) is route
    assert code(call, "/d") == 200000


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
    from pytest_errcodes.simulation.seam import HttpxSeam

    async def scenario(router):
        async with router, router(base_url=f"{API}/v1") as nested, httpx.AsyncClient() as client:
            nested.get("/a").reply(401009)
            return (await client.get(f"{API}/v1/a")).json()["code"]

    seam = HttpxSeam()
    router = CodeRouter(catalog=load_catalog("ltp"), seam=seam, observe=lambda *_: None)
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
