"""What a respx user does with a list of routes: names, removing, replacing."""

from __future__ import annotations

import httpx
import pytest
import respx

from pytest_errcodes.simulation.route import CodeRoute

API = "https://api.example.com"


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
