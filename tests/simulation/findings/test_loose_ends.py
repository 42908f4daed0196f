"""Routes that nobody called, scripts that ended early, and routes without a reply."""

from __future__ import annotations

import httpx
import pytest
import respx
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


# -- scripts that ended early ----------------------------------------------------------------

SHORTEN = (
    "\nhint: should the client send more requests, as a retry? If not, shorten the script, or put "
    ".optional() on the route"
)


def of(router, *codes, **last):
    """Return a route with a script of these codes; options go to the last one."""
    route = router.get("/a")
    for place, code in enumerate(codes):
        (route.then if place else route.reply)(code, **(last if place == len(codes) - 1 else {}))
    return route


def retry(router):
    """A script for a client that retries twice."""
    router.get("/a").reply(100429, times=2).then(200000)


#: A script, how many requests come, and what of it is told.
UNFINISHED = {
    "no retry": (retry, 1, "1 of the 3 replies in its script; next was 100429"),
    "one retry": (retry, 2, "2 of the 3 replies in its script; next was 200000"),
    "no second page": (
        lambda router: of(router, 200000, 200000),
        1,
        "1 of the 2 replies in its script; next was 200000",
    ),
    "times on the only reply": (
        lambda router: of(router, 100429, times=2),
        1,
        "1 of the 2 replies in its script; next was 100429",
    ),
    "times on the last reply": (
        lambda router: of(router, 100429, 200000, times=2),
        2,
        "2 of the 3 replies in its script; next was 200000",
    ),
}
FINISHED = {
    "one reply": (lambda router: of(router, 100429), 1),
    "one reply that repeats": (lambda router: of(router, 100429), 3),
    "one that repeats at the end": (lambda router: of(router, 100429, 200000), 5),
    "as often as times says": (retry, 3),
    "more often than times says": (lambda router: of(router, 100429, times=2), 3),
    "optional": (lambda router: of(router, 100429, 200000).optional(), 1),
    "optional and uncalled": (lambda router: of(router, 100429, 200000).optional(), 0),
    "optional before its reply": (
        lambda router: router.get("/a").optional().reply(100429, times=2),
        1,
    ),
}


@pytest.mark.parametrize(("write", "requests", "told"), UNFINISHED.values(), ids=UNFINISHED)
def test_unfinished(router, call, write, requests, told):
    """A script that was not sent to its end is told with its route, its numbers and its next."""
    write(router)
    for _ in range(requests):
        call("GET", "/a")
    assert texts(router) == [f"the route for GET /a sent {told}{SHORTEN}"]


@pytest.mark.parametrize(("write", "requests"), FINISHED.values(), ids=FINISHED)
def test_finished(router, call, write, requests):
    """One that was, or may end early, is no finding."""
    write(router)
    for _ in range(requests):
        call("GET", "/a")
    assert texts(router) == []


def test_uncalled_script(router):
    """A script that nobody asked for is told as a route that nobody called, and no more."""
    retry(router)
    assert texts(router) == ["no request reached GET /a"]


def test_uncalled_script_where_that_is_allowed(make_router):
    """Where routes need not be called, a script that never began needs no end."""
    router = make_router(assert_all_called=False)
    retry(router)
    assert texts(router) == []


def test_begun_script_where_routes_need_not_be_called(make_router, call):
    """One that began must come to its end there too."""
    router = make_router(assert_all_called=False)
    retry(router)
    call("GET", "/a")
    assert len(texts(router)) == 1


def test_unfinished_and_allowed(make_router, call):
    """With assert_all_sent=False a script may end early, and is not told as uncalled."""
    router = make_router(assert_all_sent=False)
    retry(router)
    router.get("/b").reply(200000)
    call("GET", "/a")
    assert texts(router) == ["no request reached GET /b"]


def test_unfinished_before_the_test_ended(router, call):
    """Where the test did not run to its end, it says nothing."""
    retry(router)
    call("GET", "/a")
    assert texts(router, at_end=False) == []


def test_broken_off(router, call):
    """A script that began and was replaced is told; what replaced it is judged for itself."""
    route = router.get("/a").reply(100429, times=2).then(200000)
    call("GET", "/a")
    route.reply(401009)
    call("GET", "/a")
    assert texts(router) == [
        f"the route for GET /a sent 1 of the 3 replies in its script; next was 100429{SHORTEN}"
    ]


@pytest.mark.parametrize(
    "replace",
    [
        lambda route, router: route.respond(204),
        lambda route, router: route.mock(side_effect=ZeroDivisionError),
        lambda route, router: route.pass_through(),
        lambda route, router: router.get("/a").reply(200000),
    ],
    ids=["respond", "mock", "pass_through", "registered again"],
)
def test_broken_off_in_each_way(router, call, replace):
    """Whatever takes its place, the script is told."""
    route = router.get("/a").reply(100429, times=3)
    call("GET", "/a")
    replace(route, router)
    assert [text.partition(" sent ")[2].partition(";")[0] for text in texts(router)] == [
        "1 of the 3 replies in its script"
    ]


@pytest.mark.parametrize(
    "remove",
    [
        lambda router: router.clear(),
        lambda router: router.routes.clear(),
        lambda router: router.pop("order"),
        lambda router: [router.get("/b", name="b"), router.get("/a", name="b").respond(204)],
    ],
    ids=["clear", "clear the list", "pop", "another takes its place"],
)
def test_removed(router, call, remove):
    """A script that began is told, though its route was removed before it came to its end."""
    router.get("/a", name="order").reply(100429, times=2).then(200000)
    call("GET", "/a")
    remove(router)
    assert next(text.partition(" sent ")[2].partition(";")[0] for text in texts(router)) == (
        "1 of the 3 replies in its script"
    )


def test_removed_before_it_was_called(router):
    """A route that was removed before anybody called it is none any more."""
    retry(router)
    router.clear()
    assert texts(router) == []


def test_removed_and_added_again(router, call):
    """A route that comes back goes on where it was, and is judged at the end."""
    router.get("/a", name="order").reply(100429).then(200000)
    call("GET", "/a")
    router.add(router.pop("order"), name="order")
    call("GET", "/a")
    assert texts(router) == []


def test_replaced_before_it_began(router, call):
    """A script that was replaced before any request is none any more: a default of a fixture."""
    retry(router)
    router.get("/a").reply(401009)
    call("GET", "/a")
    assert texts(router) == []


def test_optional_is_of_one_registration(router, call):
    """A route that is registered anew must be called, whatever the former one allowed."""
    router.get("/a").optional().reply(100429, times=2)
    router.get("/a").reply(401009, times=2)
    call("GET", "/a")
    assert len(texts(router)) == 1


def test_unfinished_in_a_nested_router(router, call):
    """The scripts of a nested router are findings of the test, in its own terms."""
    with router(base_url=API) as nested:
        retry(nested)
        call("GET", "/a")
    with router(base_url=API, assert_all_sent=False) as nested:
        retry(nested)
        call("GET", "/a")
    assert texts(router) == [
        f"the route for GET {API}/a sent 1 of the 3 replies in its script; next was 100429{SHORTEN}"
    ]


def test_unfinished_in_a_block_that_an_exception_left(router, call):
    """A block that an exception left is not asked."""
    with pytest.raises(ZeroDivisionError), router() as nested:
        retry(nested)
        call("GET", "/a")
        raise ZeroDivisionError
    assert texts(router) == []


def test_unfinished_and_cleared(router, call):
    """Scripts that were taken away by a stop are asked before they go."""
    nested = router()
    nested.start()
    retry(nested)
    call("GET", "/a")
    nested.stop(clear=True, reset=True)
    assert len(texts(router)) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda route: None,
        lambda route: route.reply(401009),
        lambda route: route.respond(204),
        lambda route: setattr(route, "return_value", None),
    ],
    ids=["begun", "replaced", "answered by respx", "without an answer"],
)
def test_taken_back(router, call, use):
    """What a rollback takes back was never begun, nor broken off."""
    route = router.get("/a").reply(100429, times=3)
    router.snapshot()
    for _ in range(2):
        call("GET", "/a")
        use(route)
    router.rollback()
    assert (route.script.find_unsent(), route.called) == (None, False)
    call("GET", "/a")
    assert [text.partition(" sent ")[2].partition(" replies")[0] for text in texts(router)] == [
        "1 of the 3"
    ]


def test_any_request(router, call):
    """A route for any request is named as such."""
    router.reply(100429).then(200000)
    call("GET", "/a")
    assert texts(router)[0].startswith("the route for any request sent 1 of the 2 replies")


LISTS = {
    "a list": [httpx.Response(503), httpx.ReadError, httpx.Response(204)],
    "a tuple": (httpx.Response(503), httpx.ReadError, httpx.Response(204)),
}


@pytest.mark.parametrize("effects", LISTS.values(), ids=LISTS)
def test_side_effects(router, call, effects):
    """A list of side effects is a script, too; to look at it takes nothing out of it."""
    route = router.get("/a").mock(side_effect=effects)
    call("GET", "/a")
    told = (
        "the route for GET /a sent 1 of the 3 replies in its script; next was ReadError"
        "\nhint: should the client send more requests, as a retry? If not, shorten the script, "
        "or put .optional() on the route"
    )
    assert texts(router) == [told]
    assert texts(router) == [told]
    with pytest.raises(httpx.ReadError):
        call("GET", "/a")
    call("GET", "/a")
    assert texts(router) == []
    assert route.call_count == 3


def test_side_effects_that_may_end_early(router, call):
    """One that may end early is no finding, nor is an iterator that nobody can look into."""
    router.get("/a").mock(side_effect=[httpx.Response(503), httpx.Response(204)]).optional()
    router.get("/b").mock(side_effect=(httpx.Response(code) for code in (503, 204)))
    call("GET", "/a")
    call("GET", "/b")
    assert texts(router) == []


# -- routes without a reply ------------------------------------------------------------------

EMPTY = (
    "the route for GET /a has no reply, and answered an empty HTTP 200\n"
    "hint: say what it answers, as with .reply(...); an empty HTTP 200 on purpose is .respond(200)"
)
ANSWERS = {
    "reply": lambda route: route.reply(401009),
    "respond": lambda route: route.respond(500),
    "empty on purpose": lambda route: route.respond(200),
    "mock": lambda route: route.mock(return_value=httpx.Response(204)),
    "mock without arguments": lambda route: route.mock(),
    "a function": lambda route: route.mock(side_effect=lambda request: httpx.Response(204)),
    "a list": lambda route: route.mock(side_effect=[httpx.Response(204)]),
    "a decorator": lambda route: route(lambda request: httpx.Response(204)),
    "modulo": lambda route: route % 204,
    "return_value": lambda route: setattr(route, "return_value", httpx.Response(204)),
    "side_effect": lambda route: setattr(route, "side_effect", [httpx.Response(204)]),
}


def test_without_a_reply(router, call):
    """A route that was called and never told what to answer is a finding, once."""
    router.get("/a")
    for _ in range(2):
        call("GET", "/a")
    assert texts(router) == [EMPTY]
    assert texts(router, at_end=False) == [EMPTY]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_with_an_answer(router, call, answer):
    """One that was told, in our words or respx's, is none."""
    answer(router.get("/a"))
    call("GET", "/a")
    assert texts(router) == []


def test_pass_through(router, call, loopback):
    """One that lets requests pass is none."""
    router.route(host="127.0.0.1").pass_through()
    call("GET", loopback.url)
    assert texts(router) == []


def test_reply_that_came_too_late(router, call):
    """A reply after the request does not undo that the client got none."""
    route = router.get("/a")
    call("GET", "/a")
    route.reply(401009)
    call("GET", "/a")
    assert texts(router) == [EMPTY]


def test_without_a_reply_and_uncalled(router):
    """A route without a reply that nobody called is told as uncalled."""
    router.get("/a")
    assert texts(router) == ["no request reached GET /a"]


def test_without_a_reply_and_optional(router, call):
    """That a route need not be called does not say what it answers."""
    router.get("/a").optional()
    call("GET", "/a")
    assert texts(router) == [EMPTY]


def test_answer_taken_away(router, call):
    """An answer that was taken away is none."""
    router.get("/a").mock(return_value=httpx.Response(204)).return_value = None
    call("GET", "/a")
    assert texts(router) == [EMPTY]


@pytest.mark.parametrize(
    ("route", "count"),
    [
        (respx.Route(method="GET", path="/a"), 1),
        (respx.Route(method="GET", path="/a").respond(204), 0),
    ],
)
def test_route_of_respx(router, call, route, count):
    """A route of respx's own is judged alike."""
    router.add(route)
    call("GET", "/a")
    assert texts(router) == [EMPTY] * count
