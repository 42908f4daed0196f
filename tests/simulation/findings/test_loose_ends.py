"""Routes that nobody called."""

from __future__ import annotations

import pytest
from finding_texts import texts

from pytest_errcodes.errors import ErrcodesUsageError

API = "https://api.example.com"


def hint(before):
    """Return the hint that names a route."""
    return "\nhint: a route before it answers these requests too; register that one last: " + before


def test_called(router, call):
    """A route that was called is no finding."""
    router.get("/a").reply(401009)
    call("GET", "/a")
    assert texts(router) == []


def test_each_is_named(router):
    """Each route that nobody called is named, as its user wrote it."""
    router.get("/a").reply(401009)
    router.post("/b", json={"c": 1}, name="order").respond(204)
    assert texts(router) == [
        "no request reached GET /a",
        "no request reached POST /b json={'c': 1} (named 'order')",
    ]


def test_before_the_test_ran(router):
    """Where the test never ran, it says nothing."""
    router.get("/a").reply(401009)
    assert texts(router, at_end=False) == []


def test_allowed(make_router):
    """With assert_all_called=False it is no finding."""
    router = make_router(assert_all_called=False)
    router.get("/a")
    assert texts(router) == []


@pytest.mark.parametrize("refuse", [lambda route: route.reply(401999), lambda route: route.then(1)])
def test_refused(router, refuse):
    """A route whose reply was refused was never finished, and its error has told that."""
    route = router.get("/a")
    with pytest.raises(ErrcodesUsageError):
        refuse(route)
    assert texts(router) == []


def test_catch_all_before(router, call):
    """A route behind one that answers any request is told so."""
    router.reply(401009)
    router.get("/a").reply(200000)
    call("GET", "/a")
    assert texts(router) == [
        "no request reached GET /a" + hint("any request"),
    ]


def test_wider_route_before(router, call):
    """So is a route behind one that asks for less."""
    router.post("/a").reply(401009)
    router.post("/a", json__side="BUY").reply(200000)
    call("POST", "/a", json={"side": "BUY"})
    assert texts(router) == [
        "no request reached POST /a json__side='BUY'" + hint("POST /a"),
    ]


def test_catch_all_below_a_base(make_router, call):
    """So is a route behind one that answers anything below the base."""
    router = make_router(base_url=f"{API}/v1")
    router.reply(401009)
    router.get("/a").reply(200000)
    call("GET", "/v1/a")
    assert texts(router) == [
        f"no request reached GET {API}/v1/a" + hint(f"any method {API}/v1…"),
    ]


def test_route_before_with_the_same_path_elsewhere(make_router, call):
    """A path below the base is not the same path above it."""
    router = make_router(base_url=f"{API}/v1")
    router.get("/a").reply(401009)
    router.get("https://b.example.com/a").reply(200000)
    router.get(path="/a", url=f"{API}").reply(200000)
    call("GET", "/v1/a")
    assert all("hint" not in finding for finding in texts(router))


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ({"json__a": 1}, {"json__b": 1, "path": "/a"}),
        ({"host__in": ["api.example.com"]}, {"path": "/a"}),
        ({"method": "POST"}, {"method": "GET", "path": "/a"}),
    ],
)
def test_narrower_route_before(router, call, before, behind):
    """A route before it that asks for something else is no reason."""
    router.route(**before).reply(401009)
    router.route(**behind).reply(200000)
    call("POST", "/b", json={"a": 1})
    assert len(texts(router)) == 1
    assert "hint" not in texts(router)[0]


def test_route_before_that_nobody_called(router):
    """A route that answered nothing kept nothing from the next."""
    router.reply(401009)
    router.get("/a").reply(200000)
    assert texts(router) == [
        "no request reached the route for any request",
        "no request reached GET /a",
    ]


def test_nested(router, call):
    """The routes of a nested router are findings of the test."""
    with router(base_url=API) as nested:
        nested.get("/a").reply(401009)
    assert texts(router) == [f"no request reached GET {API}/a"]


def test_nested_that_an_exception_left(router):
    """A block that an exception left is not asked, as in respx."""
    with pytest.raises(ZeroDivisionError), router() as nested:
        nested.get("/a").reply(401009)
        raise ZeroDivisionError
    assert texts(router) == []


def test_nested_that_is_used_again(router, call):
    """Each block is asked for its own routes."""
    nested = router()
    for path in ("/a", "/b"):
        with nested:
            nested.get(path).reply(401009)
            nested.get("/c").reply(401009)
            call("GET", "/c")
    assert texts(router) == [
        "no request reached GET /a",
        "no request reached GET /b",
    ]


def test_started_again(router):
    """A router that was stopped and started in between is asked for its new routes."""
    router.get("/a")
    router.stop()
    router.start()
    router.get("/b")
    assert texts(router) == [
        "no request reached GET /a",
        "no request reached GET /b",
    ]


def test_cleared(router):
    """Routes that were taken away by a stop are asked before they go."""
    nested = router()
    nested.start()
    nested.get("/a")
    nested.stop(clear=True, reset=True)
    assert texts(router) == ["no request reached GET /a"]


def test_cleared_quietly(router):
    """A quiet stop asks for nothing."""
    nested = router()
    nested.start()
    nested.get("/a")
    nested.stop(clear=True, quiet=True)
    assert texts(router) == []


def test_calls_forgotten_at_the_stop(router, call):
    """A route whose calls a stop forgets was called all the same."""
    nested = router()
    nested.start()
    nested.get("/a").reply(401009)
    call("GET", "/a")
    nested.stop(reset=True)
    assert (nested.calls.call_count, texts(router)) == (0, [])
