"""Requests and routes in one line: as their user wrote them, without secrets."""

from __future__ import annotations

import re
from unittest.mock import ANY

import httpx
import pytest
from respx.patterns import M, merge_patterns, parse_url_patterns

from pytest_errcodes.simulation.findings.descriptions import (
    describe_pattern,
    describe_request,
    describe_route,
    display_url,
)

API = "https://api.example.com"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (API, API),
        (f"{API}/a?b=1&c=2", f"{API}/a?b=1&c=2"),
        (f"{API}/a?symbol=BTC&signature=abc", f"{API}/a?symbol=BTC&signature=<secret>"),
        (f"{API}/a?api%5Fkey=abc", f"{API}/a?api%5Fkey=<secret>"),
        (f"{API}/a?b=x%0Ay&c", f"{API}/a?b=x%0Ay&c"),
        (f"{API}/a?next=https%3A%2F%2Fb.example", f"{API}/a?next=https%3A%2F%2Fb.example"),
        ("https://user:hunter2@api.example.com:8443/a", f"{API}:8443/a"),
        (f"{API}/é", f"{API}/%C3%A9"),
    ],
)
def test_url(url, text):
    """A URL stands as it goes over the wire; secrets, user and password do not."""
    assert display_url(httpx.URL(url)) == text


def test_request():
    """A request is its method and its URL."""
    request = httpx.Request("POST", f"{API}/a?token=abc", json={"b": 1})
    assert describe_request(request) == f"POST {API}/a?token=<secret>"


ROUTES = {
    "nothing": (M(), "any request"),
    "method": (M(method="get"), "GET"),
    "methods": (M(method__in=["GET", "POST"], path="/a"), "GET or POST /a"),
    "path": (M(path="/a"), "any method /a"),
    "url": (M(method="GET", url=f"{API}:8443/a?b=1"), f"GET {API}:8443/a?b=1"),
    "url with a secret": (M(url=f"{API}/a?signature=x"), f"any method {API}/a?signature=<secret>"),
    "url without a scheme": (M(url="//api.example.com/a"), "any method //api.example.com/a"),
    "scheme alone": (M(scheme="https"), "any method https://*"),
    "port alone": (M(port=8443, path="/a"), "any method //*:8443/a"),
    "scheme and path": (M(scheme="http", path="/a"), "any method http://*/a"),
    "wildcard": (
        M(url="https://*.example.com/a"),
        r"any method https://*/a host__regex='^.+\\.example\\.com$'",
    ),
    "start of a path": (M(path__startswith="/a"), "any method /a…"),
    "regular expression": (M(path__regex=r"^/a/\d+$"), r"any method path__regex='^/a/\\d+$'"),
    "url__eq": (M(url__eq=f"{API}/a?token=x"), f"any method {API}/a?token=<secret>"),
    "url__startswith": (M(url__startswith=f"{API}/a"), f"any method {API}/a…"),
    "url__regex": (M(url=re.compile("a$")), "any method url__regex='a$'"),
    "hosts": (M(host__in=["a", "b"]), "any method host__in=['a', 'b']"),
    "params": (M(params={"a": "1", "b": ANY}), "any method params={'a': '1', 'b': ANY}"),
    "params twice": (M(params=[("a", "1"), ("a", "2")]), "any method params={'a': ['1', '2']}"),
    "params__eq": (M(path="/", params__eq={"a": ANY}), "any method /?a=ANY"),
    "secret params": (M(params={"signature": "abc"}), "any method params={'signature': <secret>}"),
    "headers": (
        M(headers={"X-Api-Key": "abc", "x-a": "1"}),
        "any method headers={'x-api-key': <secret>, 'x-a': '1'}",
    ),
    "headers__eq": (M(headers__eq={"x-a": "1"}), "any method headers__eq={'x-a': '1'}"),
    "cookies": (M(cookies={"a": "1"}), "any method cookies={'a': <secret>}"),
    "content": (M(content=b"abc\x00"), r"any method content='abc\x00'"),
    "secret content": (M(content='{"token":"x"}'), 'any method content=\'{"token":"<secret>"}\''),
    "content__contains": (M(content__contains="b"), "any method content__contains='b'"),
    "data": (M(data={"a": "1", "pwd": "2"}), "any method data={'a': '1', 'pwd': <secret>}"),
    "files": (M(files={"f": ("a.txt", b"x")}), "any method files={'f': 'a.txt'}"),
    "files of any name": (M(files={"f": b"x"}), "any method files={'f': ANY}"),
    "json": (M(json={"a": [1], "token": "x"}), "any method json={'a': [1], 'token': '<secret>'}"),
    "fields": (M(json__a=1, json__b__0="x"), "any method json__a=1 json__b__0='x'"),
    "secret field": (M(json__auth__apiKey="x"), "any method json__auth__apiKey=<secret>"),
    "long": (M(json="x" * 100), f"any method json='{'x' * 79}…"),
    "or": (
        M(M(host="a") | M(host="b"), method="GET"),
        "GET (host='a' or host='b')",
    ),
    "not": (
        M(~M(params={"token": "1"}), path="/a"),
        "any method /a not params={'token': <secret>}",
    ),
    "and in or": (
        M(M(host="a", path="/b") | M(host="c")),
        "any method ((host='a' and path='/b') or host='c')",
    ),
    "the same twice": (M(path="/a") & M(path="/b"), "any method /a path='/b'"),
}


@pytest.mark.parametrize(("pattern", "text"), ROUTES.values(), ids=ROUTES)
def test_route(pattern, text):
    """A route stands as its user wrote it."""
    assert describe_pattern(pattern) == text


@pytest.mark.parametrize(
    ("lookups", "text"),
    [
        ({"method": "GET", "path": "/a"}, f"GET {API}/v1/a"),
        ({"method": "GET"}, f"GET {API}/v1/…"),
        ({"path__regex": "^/a"}, f"any method {API} path__regex='^/a'"),
        ({"path__startswith": "/a"}, f"any method {API}/v1/a…"),
    ],
)
def test_route_with_a_base(lookups, text):
    """The base stands in front of the path."""
    bases = parse_url_patterns(f"{API}/v1/", exact=False)
    assert describe_pattern(merge_patterns(M(**lookups), **bases)) == text


def test_route_of_a_router(router):
    """A route without a name is told by what it asks for."""
    route = router.post("/a", json={"side": "BUY"})
    assert describe_route(route) == "POST /a json={'side': 'BUY'}"
