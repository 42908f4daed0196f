"""A route: replies and what respx's routes can do, on one route."""

from __future__ import annotations

from weakref import ref

import httpx
import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.route import CodeRoute


def codes(call, count=1):
    """Return the codes of the next answers."""
    return [call("GET", "/a").json()["code"] for _ in range(count)]


def test_reply(router, call, observed):
    """A route answers with its code, and the router observes it once."""
    router.get("/a").reply(401009, data=[1])
    assert call("GET", "/a").json() == {
        "code": 401009,
        "message": "clientOrderId already exists",
        "data": [1],
    }
    assert observed == [(401009, "https://api.example.com/a")]


def test_response_of_a_reply(router, call):
    """What the client gets is a response like one from the wire."""
    router.get("/a").reply(100429, http_status=429, headers={"retry-after": "1"})
    response = call("GET", "/a")
    assert (response.status_code, response.http_version) == (429, "HTTP/1.1")
    assert response.headers["retry-after"] == "1"
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-length"] == str(len(response.content))


def test_script(router, call):
    """Replies come in their order, and the last one repeats."""
    router.get("/a").reply(100429, times=2).then(401009).then(200000, data={})
    assert codes(call, 5) == [100429, 100429, 401009, 200000, 200000]


def test_any_request(router, call):
    """A router's own reply answers whatever comes."""
    router.reply(100429)
    assert call("DELETE", "https://other.example.com/b?c=1").json()["code"] == 100429


def test_second_reply_begins_anew(router, call):
    """A second reply replaces the script, not its last reply."""
    route = router.get("/a").reply(100429).then(401009)
    route.reply(200000)
    assert codes(call, 2) == [200000, 200000]


def test_respond_after_reply(router, call):
    """The latest way to answer counts."""
    router.get("/a").reply(401009).respond(204)
    assert call("GET", "/a").status_code == 204


def test_reply_after_respond(router, call):
    """The latest way to answer counts."""
    router.get("/a").respond(204).reply(401009)
    assert codes(call) == [401009]


def test_reply_after_side_effect(router, call):
    """A script comes before a side effect that was set earlier."""
    router.get("/a").mock(side_effect=httpx.ReadTimeout).reply(401009)
    assert codes(call) == [401009]


def test_side_effect_after_reply(router, call):
    """A side effect takes the script's place."""
    route = router.get("/a").reply(401009)
    route.side_effect = httpx.ReadTimeout
    with pytest.raises(httpx.ReadTimeout):
        call("GET", "/a")


def test_reply_after_pass_through(router, call):
    """A route that let requests pass answers them again."""
    route = router.get("/a").pass_through().reply(401009)
    assert not route.is_pass_through
    assert codes(call) == [401009]


def test_calls_of_a_reply(router, call):
    """A route's calls hold the requests and the responses they got."""
    route = router.get("/a").reply(401009)
    call("GET", "/a", params={"n": "1"})
    assert (route.called, route.call_count) == (True, 1)
    assert str(route.calls.last.request.url) == "https://api.example.com/a?n=1"
    assert route.calls.last.response.json()["code"] == 401009


def test_call_is_the_router_s_call(router, call):
    """A call is one object, wherever it is looked at."""
    route = router.get("/a").reply(401009)
    call("GET", "/a")
    assert route.calls[0] is router.calls[0]
    assert route.calls.last.response is router.calls.last.response


def test_calls_keep_their_order(router, call):
    """Calls to scripts and to respx's answers stand as they came, whenever somebody looks."""
    router.get("/a").reply(401009)
    router.get("/b").respond(204)
    for path in ("/a", "/b", "/a"):
        call("GET", path)
    assert [request.url.path for request, _ in router.calls] == ["/a", "/b", "/a"]
    call("GET", "/a")
    assert [request.url.path for request, _ in router.calls] == ["/a", "/b", "/a", "/a"]


def test_calls_are_a_mock(router):
    """A failed assertion of respx's names the route."""
    route = router.get("/a").reply(401009)
    with pytest.raises(AssertionError) as caught:
        route.calls.assert_called_once()
    assert "<CodeRoute GET /a>" in str(caught.value)


def test_repr(router):
    """A route shows what it asks for, and its name."""
    assert repr(router.post("/a", name="order")) == "<CodeRoute POST /a (named 'order')>"


def test_rollback_of_a_script(router, call):
    """A rollback gives the script back as it stood."""
    route = router.get("/a").reply(100429).then(401009)
    route.snapshot()
    assert codes(call, 2) == [100429, 401009]
    route.then(200000)
    route.rollback()
    assert codes(call, 3) == [100429, 401009, 401009]
    assert route.call_count == 3


def test_rollback_to_the_beginning(router, call):
    """Without a snapshot, a rollback leaves the route as it was made; a second one does nothing."""
    route = router.get("/a").reply(401009)
    route.rollback()
    route.rollback()
    response = call("GET", "/a")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("build", [lambda route: route, lambda route: route.pass_through()])
def test_then_before_reply(router, build):
    """A script begins with reply."""
    route = build(router.get("/a", name="read"))
    with pytest.raises(ErrcodesUsageError) as caught:
        route.then(401009)
    assert (caught.value.slug, str(caught.value)) == (
        "then-before-reply",
        (
            "then(401009) on a route with no reply yet: GET /a (named 'read')\n"
            "hint: begin the script with reply(...)"
        ),
    )


def test_refused_reply_leaves_the_answer(router, call):
    """A reply that is refused changes nothing."""
    route = router.get("/a").reply(401009)
    with pytest.raises(ErrcodesUsageError):
        route.reply(401999)
    assert codes(call) == [401009]


@pytest.mark.parametrize("options", [{"times": 0}, {"http_status": 99}])
def test_refused_then_leaves_the_script(router, call, options):
    """A reply of a script that is refused is not half there."""
    route = router.get("/a").reply(401009)
    with pytest.raises(ErrcodesUsageError):
        route.then(200000, **options)
    assert codes(call, 2) == [401009, 401009]


def test_a_route_is_gone_with_its_last_user(router):
    """A route and the requests it got need no garbage collector, which each test would wake."""
    route = CodeRoute(catalog=load_catalog("ltp")).reply(401009)
    router.serve(route, Incoming.of(httpx.Request("GET", "https://api.example.com/a")))
    left = ref(route)
    del route
    assert left() is None
