"""Whatever respx's patterns match, our routes do."""

from __future__ import annotations

import re
from unittest.mock import ANY

import httpx
import pytest
from respx.patterns import M

API = "https://api.example.com"
MATCHES = {
    "path": ({"path": "/a"}, ("GET", "/a"), {}),
    "path without a slash": ({"path": "a"}, ("GET", "/a"), {}),
    "path that needs escapes": ({"path": "/a b/é"}, ("GET", "/a b/é"), {}),
    "url": ({"url": f"{API}/a"}, ("GET", "/a"), {}),
    "url with its port": ({"url": f"{API}:443/a"}, ("GET", "/a"), {}),
    "url with another port": ({"url": f"{API}:8443/a"}, ("GET", f"{API}:8443/a"), {}),
    "url with a query": ({"url": f"{API}/a?b=1&c=2"}, ("GET", "/a"), {"params": {"c": 2, "b": 1}}),
    "url without a scheme": ({"url": "//api.example.com/a"}, ("GET", "/a"), {}),
    "url with a wildcard": ({"url": "all://*.example.com/a"}, ("GET", "/a"), {}),
    "url as an object": ({"url": httpx.URL(f"{API}/a")}, ("GET", "/a"), {}),
    "url as a regular expression": ({"url": re.compile(r"/a$")}, ("GET", "/a"), {}),
    "url as parts": ({"url": (b"https", b"api.example.com", 443, b"/a")}, ("GET", "/a"), {}),
    "url__eq": ({"url__eq": f"{API}/a?b=1"}, ("GET", "/a?b=1"), {}),
    "url__startswith": ({"url__startswith": f"{API}/a"}, ("GET", "/a/b"), {}),
    "url__regex": ({"url__regex": r"example\.com/(?P<id>\d+)$"}, ("GET", "/12"), {}),
    "method in small letters": ({"method": "patch"}, ("PATCH", "/"), {}),
    "method__in": ({"method__in": ["PUT", "POST"]}, ("POST", "/"), {}),
    "scheme__in": ({"scheme__in": ["http", "https"]}, ("GET", "/"), {}),
    "host__regex": ({"host__regex": r"example\.(org|com)"}, ("GET", "/"), {}),
    "host__in": ({"host__in": ["api.example.com", "b.example.com"]}, ("GET", "/"), {}),
    "port__in": ({"port__in": [80, 443]}, ("GET", "/"), {}),
    "path__in": ({"path__in": ["/a", "/b"]}, ("GET", "/b"), {}),
    "path__startswith": ({"path__startswith": "/a/"}, ("GET", "/a/b"), {}),
    "path__regex": ({"path__regex": r"^/a/(?P<slug>\w+)$"}, ("GET", "/a/b"), {}),
    "params": ({"params": {"a": "1"}}, ("GET", "/"), {"params": {"a": "1", "b": "2"}}),
    "params__eq": ({"params__eq": {"a": "1"}}, ("GET", "/"), {"params": {"a": "1"}}),
    "params with any value": ({"params": {"a": ANY}}, ("GET", "/"), {"params": {"a": "7"}}),
    "params twice": ({"params": [("a", "1"), ("a", "2")]}, ("GET", "/?a=1&a=2"), {}),
    "headers": ({"headers": {"X-A": "1"}}, ("GET", "/"), {"headers": {"x-a": "1"}}),
    "cookies": ({"cookies": {"a": "1"}}, ("GET", "/"), {"client": {"cookies": {"a": "1"}}}),
    "content": ({"content": b"abc"}, ("POST", "/"), {"content": b"abc"}),
    "content__contains": ({"content__contains": "b"}, ("POST", "/"), {"content": b"abc"}),
    "data": ({"data": {"a": "1", "b": ""}}, ("POST", "/"), {"data": {"b": "", "a": "1"}}),
    "files": ({"files": {"f": b"abc"}}, ("POST", "/"), {"files": {"f": b"abc"}}),
    "files by name": (
        {"files": {"f": ("a.txt", ANY)}},
        ("POST", "/"),
        {"files": {"f": ("a.txt", b"abc")}},
    ),
    "json": ({"json": {"a": 1, "b": 2}}, ("POST", "/"), {"json": {"b": 2, "a": 1}}),
    "a json field": ({"json__a": 1}, ("POST", "/"), {"json": {"a": 1, "b": 2}}),
    "a json field further down": ({"json__a__0__b": 1}, ("POST", "/"), {"json": {"a": [{"b": 1}]}}),
    "json that is null": ({"json": None}, ("POST", "/"), {"content": b"null"}),
}
MISSES = {
    "method": ({"method": "POST"}, ("GET", "/"), {}),
    "scheme": ({"scheme": "http"}, ("GET", "/"), {}),
    "host": ({"host": "example.com"}, ("GET", "/"), {}),
    "port": ({"port": 8443}, ("GET", "/"), {}),
    "path": ({"path": "/a"}, ("GET", "/a/"), {}),
    "query of a url": ({"url": f"{API}/a?b=1"}, ("GET", "/a?b=1&c=2"), {}),
    "params": ({"params": {"a": "1"}}, ("GET", "/?a=2"), {}),
    "params__eq": ({"params__eq": {"a": "1"}}, ("GET", "/?a=1&b=2"), {}),
    "headers": ({"headers": {"x-a": "1"}}, ("GET", "/"), {}),
    "cookies": ({"cookies": {"a": "1"}}, ("GET", "/"), {"client": {"cookies": {"a": "2"}}}),
    "content": ({"content": b"abc"}, ("POST", "/"), {"content": b"ab"}),
    "data": ({"data": {"a": "1"}}, ("POST", "/"), {"data": {"a": "1", "b": "2"}}),
    "json": ({"json": {"a": 1}}, ("POST", "/"), {"content": b"{"}),
    "a json field": ({"json__a": 1}, ("POST", "/"), {"json": {"b": 1}}),
}
COMPOUNDS = {
    "and": M(method="GET") & M(path="/a"),
    "or": M(path="/a") | M(path="/b"),
    "or of methods": M(method="GET", path="/a") | M(method="POST", path="/a"),
    "not": ~M(path="/b"),
    "not and or": ~(M(path="/b") | M(method="POST")),
}


@pytest.mark.parametrize(("lookups", "request_line", "options"), MATCHES.values(), ids=MATCHES)
def test_match(router, call, lookups, request_line, options):
    """A request that fits gets the route's answer, beside another route that never fits."""
    router.route(method="TRACE")
    router.route(**lookups).reply(401009)
    assert call(*request_line, **options).json()["code"] == 401009


@pytest.mark.parametrize(("lookups", "request_line", "options"), MISSES.values(), ids=MISSES)
def test_miss(router, call, lookups, request_line, options):
    """A request that does not fit goes on to the next route."""
    router.route(**lookups).reply(401009)
    router.route(path__startswith="/").reply(200000)
    assert call(*request_line, **options).json()["code"] == 200000


@pytest.mark.parametrize("pattern", COMPOUNDS.values(), ids=COMPOUNDS)
def test_combined_patterns(router, call, pattern):
    """Patterns can be combined."""
    router.route(pattern).reply(401009)
    assert call("GET", "/a").json()["code"] == 401009


def test_pattern_with_lookups(router, call):
    """A combined pattern can be narrowed by lookups."""
    router.route(M(path="/a") | M(path="/b"), method="POST").reply(401009)
    router.route(path="/a").reply(200000)
    assert [call(method, "/a").json()["code"] for method in ("GET", "POST")] == [200000, 401009]


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete", "head", "options"])
def test_verb(router, call, verb):
    """Each verb of respx is a route for its method."""
    route = getattr(router, verb)("/a").reply(401009)
    assert call(verb.upper(), "/a").status_code == 200
    assert route.called


def test_request_with_method(router, call):
    """A method can be named, with a URL and further lookups."""
    router.request("GET", f"{API}/a", headers={"x-a": "1"}).reply(401009)
    assert call("GET", "/a", headers={"x-a": "1"}).json()["code"] == 401009


def test_path_parameters(router, call):
    """Named groups of a regular expression are arguments of the side effect."""

    def answer(request, number):
        return httpx.Response(200, json={"number": number})

    router.get(path__regex=r"^/orders/(?P<number>\d+)$").mock(side_effect=answer)
    assert call("GET", "/orders/12").json() == {"number": "12"}


def test_first_route_wins(router, call):
    """Routes are asked in the order in which they were added, however they are found."""
    router.route(path__startswith="/a").reply(100429)
    router.get("/a").reply(401009)
    router.get(f"{API}/a").reply(200000)
    assert call("GET", "/a").json()["code"] == 100429


def test_two_methods(router):
    """The refusal of a method given twice arrives."""
    with pytest.raises(TypeError, match="Got multiple values for pattern 'method'"):
        router.get("/a", method__in=["POST"])


def test_two_urls(router):
    """The refusal of a URL given twice arrives."""
    with pytest.raises(TypeError, match="Got multiple values for pattern 'url'"):
        router.get("/a", url__regex="b")


def test_unknown_lookup(router):
    """The refusal of a pattern it does not know arrives."""
    with pytest.raises(KeyError, match="'body' is not a valid Pattern"):
        router.get("/a", body="x")


def test_a_shared_pattern_keeps_no_base(make_router, call):
    """A pattern that two routers use gets the base of each, not that of the first."""
    orders = M(path="/orders")
    first = make_router(base_url=f"{API}/v1")
    first.route(orders).reply(401009)
    first.stop()
    make_router(base_url=f"{API}/v2").route(orders).reply(200000)
    assert call("GET", "/v2/orders").json()["code"] == 200000


def test_an_address_without_a_base_keeps_none(make_router, call):
    """A route that moves to a router with a base leaves the next one for its address alone."""
    first = make_router()
    first.get("/orders", name="orders").reply(401009)
    make_router(base_url=f"{API}/v2").add(first.pop("orders"))
    first.get("/orders").reply(200000)
    assert call("GET", "/v2/orders").json()["code"] == 401009
    assert call("GET", "/orders").json()["code"] == 200000
