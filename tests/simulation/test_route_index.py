"""The index finds the very route that a walk over respx's own list would find."""

from __future__ import annotations

import itertools
from collections import Counter
from unittest.mock import ANY

import httpx
import pytest
import respx
from hypothesis import example, given
from hypothesis import strategies as st
from respx.patterns import M, Pattern

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.network import Network

API = "https://api.example.com"
BASES = [None, API, f"{API}/v1", f"{API}/v1/", "/v1", f"{API}/v1?b=1", "http://api.example.com"]
PATHS = ["/", "/a", "a", "/a/", "//a", "/A", "/a b", "/a%20b", "/é", "/a/b", "/v1/a"]
URLS = [*PATHS, API, f"{API}/a", f"{API}/a?b=1", "//b.example.com/a", "/a?b=1&c=2", "/a?c=2&b=1"]
SENT = [
    httpx.Request(method, url)
    for method, host, path, query in [
        *itertools.product(["GET", "POST"], [API], ["/", "/a", "/v1/a", "/v1//a"], ["", "?b=1"]),
        *itertools.product(
            ["GET"], [API], ["//a", "/A", "/a/", "/a/b", "/v1a", "/v1", "/v1///a"], ["", "?b=1"]
        ),
        *itertools.product(["GET"], [API], ["/a%20b", "/a b", "/é", "/%C3%A9", "/a%2Fb"], [""]),
        *itertools.product(
            ["GET"], [API], ["/a"], ["?b=2", "?c=2&b=1", "?b=1&b=2", "?b", "?b=%31"]
        ),
        *itertools.product(
            ["GET"], ["https://b.example.com", f"{API}:8443"], ["/a", "/v1/a"], [""]
        ),
        *itertools.product(["PUT"], ["http://api.example.com"], ["/a"], ["", "?b=1"]),
    ]
    for url in [host + path + query]
]

lookups = st.fixed_dictionaries(
    {},
    optional={
        "method": st.sampled_from(["GET", "get", "POST"]),
        "method__in": st.just(("GET", "PUT")),
        "host": st.sampled_from(["api.example.com", "b.example.com"]),
        "host__regex": st.just(r"^api"),
        "scheme": st.sampled_from(["http", "https", "HTTPS"]),
        "scheme__in": st.just(("http", "https")),
        "port": st.sampled_from([443, 8443]),
        "path__startswith": st.sampled_from(["/a", "/v1"]),
        "path__regex": st.sampled_from([r"^/a", r"b$"]),
        "params": st.sampled_from([{"b": "1"}, {"b": ANY}, {"b": "1", "c": "2"}, "b=1&b=2"]),
        "params__eq": st.sampled_from([{"b": "1"}, {"b": ANY}, {}]),
        "url__startswith": st.just(f"{API}/a"),
    },
)
addresses = st.one_of(
    st.just({}),
    st.sampled_from(URLS).map(lambda url: {"url": url}),
    st.sampled_from(PATHS).map(lambda path: {"path": path}),
)
plain = st.tuples(lookups, addresses).map(lambda both: both[0] | both[1])
# A pattern as a tree, so that each router gets patterns of its own: respx writes into them.
trees = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("&|"), inner, inner), st.tuples(st.just("~"), inner)
    ),
    max_leaves=3,
)
names = st.sampled_from([None, "x", "y"])
steps = st.one_of(
    st.tuples(st.just("add"), trees, names),
    st.tuples(st.just("verb"), st.sampled_from(URLS), names),
    st.tuples(st.just("pop"), st.sampled_from("xy")),
    st.sampled_from([("snapshot",), ("rollback",), ("clear",)]),
)


def build(tree):
    """Return the pattern of a tree."""
    if isinstance(tree, dict):
        return M(**tree)
    if tree[0] == "~":
        return ~build(tree[1])
    one, other = map(build, tree[1:])
    return one & other if tree[0] == "&" else one | other


def apply(step, router):
    """Take one step with a router."""
    match step:
        case ("add", tree, name):
            router.route(build(tree), name=name)
        case ("verb", url, name):
            router.get(url, name=name)
        case ("pop", name):
            router.pop(name, None)
        case (verb,):
            getattr(router, verb)()


def make(**settings):
    """Return a router that catches nothing."""
    return CodeRouter(catalog=load_catalog("ltp"), network=Network(), **settings)


def walked(router, request):
    """Return the position of the first route that matches, as respx finds it."""
    matching = (
        position for position, route in enumerate(router.routes) if route.pattern.match(request)
    )
    return next(matching, None)


def looked_up(router, request):
    """Return the position of the first route that matches, as the index finds it."""
    found = router.lookup(Incoming.of(request))
    return next((n for n, route in enumerate(router.routes) if route is found), None)


@given(st.sampled_from(BASES), st.lists(steps, max_size=8))
@example(None, [("verb", "/a", "x"), ("snapshot",), ("verb", "/A", "x"), ("rollback",)])
@example(None, [("verb", "/a", "x"), ("verb", "/A", "x"), ("verb", "/a", None)])
@example(None, [("add", {"path": "/a", "params__eq": {"b": ANY}}, None)])
def test_same_routes_as_respx(base_url, steps):
    """After any steps, the routes are those of respx, and each request finds the same one."""
    ours, theirs = make(base_url=base_url), respx.Router(base_url=base_url)
    for step in steps:
        apply(step, ours)
        apply(step, theirs)
    assert [(route.name, repr(route.pattern)) for route in ours.routes] == [
        (route.name, repr(route.pattern)) for route in theirs.routes
    ]
    for request in SENT:
        assert looked_up(ours, request) == walked(theirs, request)


@given(st.sampled_from(BASES), st.lists(trees, min_size=1, max_size=12), st.sampled_from(SENT))
def test_candidates(base_url, trees, request):
    """The candidates stand in the order of the routes, and no other route matches."""
    router = make(base_url=base_url)
    for tree in trees:
        router.route(build(tree))
    routes = list(router.routes)
    positions = [
        next(n for n, route in enumerate(routes) if route is candidate)
        for candidate in router.routes.list_candidates(request)
    ]
    assert positions == sorted(set(positions))
    others = [route for n, route in enumerate(routes) if n not in positions]
    assert not any(route.pattern.match(request) for route in others)


def counting(method, name, counted):
    """Return a method that counts its calls."""

    def counting_method(*args):
        counted[name] += 1
        return method(*args)

    return counting_method


@pytest.fixture
def compared(monkeypatch):
    """Count how often patterns are compared."""
    counted = Counter()
    for name in ("__hash__", "__eq__"):
        monkeypatch.setattr(Pattern, name, counting(getattr(Pattern, name), name, counted))
    return counted


def test_registering_compares_with_no_other_route(compared):
    """What a route costs to register does not depend on how many there are."""
    router = make()
    costs = []
    for number in range(300):
        compared.clear()
        router.get(f"/never/registered/before/{number}")
        costs.append(dict(compared))
    assert costs[0] == costs[-1]
    assert "__eq__" not in costs[-1]


def test_a_known_address_costs_nothing(compared):
    """A method and URL that came before, in any router, is compared with nothing."""
    make().get("/known/address")
    router = make()
    compared.clear()
    router.get("/known/address")
    assert compared == {}


def test_a_request_is_matched_with_what_may_match(monkeypatch):
    """Among a thousand routes, a request is matched with the one that has its address."""
    router = make()
    for number in range(1000):
        router.get(f"{API}/{number}")
        router.post(f"https://{number}.example.com/7")
    found = list(router.routes.list_candidates(httpx.Request("GET", f"{API}/7")))
    assert found == [router.routes[14]]


@pytest.fixture
def matched(monkeypatch):
    """Return the patterns that respx is asked to match."""
    patterns = []

    def match(self, request):
        patterns.append(self)
        return original(self, request)

    original = Pattern.match
    monkeypatch.setattr(Pattern, "match", match)
    return patterns


@pytest.mark.parametrize("base_url", [None, API, f"{API}/v1", f"{API}/v1/"])
def test_an_address_is_not_matched_again(matched, base_url):
    """A route that asks for no more than method and address matches by being found."""
    router = make(base_url=base_url)
    route = router.get("/a" if base_url else f"{API}/a")
    path = "/v1/a" if base_url and "v1" in base_url else "/a"
    assert router.lookup(Incoming.of(httpx.Request("GET", f"{API}{path}?b=1"))) is route
    assert matched == []


@pytest.mark.parametrize(
    "more",
    [
        {"params": {"b": "1"}},
        {"params__eq": {"b": "1"}},
        {"headers": {"x-a": "1"}},
        {"json": {}},
        {"port": 443},
        {"host__regex": "^api"},
        {"scheme__in": ["http", "https"]},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_an_address_leaves_open_is_matched(matched, more):
    """A route that asks for more than method and address is matched by respx's pattern."""
    router = make()
    router.get("/a", **more)
    router.lookup(Incoming.of(httpx.Request("GET", f"{API}/a?b=1", json={})))
    assert any(pattern.key == next(iter(more)).partition("__")[0] for pattern in matched)


def test_parts_that_contradict_each_other_match_nothing():
    """A route that asks for two methods at once is found under one of them, and matches none."""
    router = make()
    router.route(M(method="POST") & M(path="/a") & M(method="GET"))
    assert router.lookup(Incoming.of(httpx.Request("GET", f"{API}/a"))) is None


def test_routes_that_are_searched_keep_their_place():
    """Found and searched routes are asked in the order in which they were added."""
    router = make()
    first, second, third = router.get(path__regex="a"), router.get("/a"), router.get(host="b")
    assert list(router.routes.list_candidates(httpx.Request("GET", f"{API}/a"))) == [
        first,
        second,
        third,
    ]
