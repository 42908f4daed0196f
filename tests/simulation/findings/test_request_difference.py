"""The first thing in which a request differs from what a route asks for."""

from __future__ import annotations

import json
from unittest.mock import ANY

import httpx
import pytest
from respx.patterns import M, merge_patterns, parse_url_patterns

from pytest_errcodes.simulation.findings.finding_texts import render_difference
from pytest_errcodes.simulation.findings.unmatched import find_difference

API = "https://api.example.com"


def differs(lookups, *request_line, base=None, **options):
    """Return the difference of a request and a route."""
    method, url = request_line or ("POST", f"{API}/a")
    pattern = lookups if not isinstance(lookups, dict) else M(**lookups)
    pattern = merge_patterns(pattern, **parse_url_patterns(base, exact=False))
    request = httpx.Request(method, url, **options)
    request.read()
    return render_difference(find_difference(request, pattern))


ADDRESSES = {
    "method": ({"method": "GET"}, "method is POST, not GET"),
    "methods": ({"method__in": ["GET", "PUT"]}, "method is POST, not GET or PUT"),
    "scheme": ({"scheme": "http"}, "scheme is https, not http"),
    "host": ({"host": "example.com"}, "host is api.example.com, not example.com"),
    "hosts": ({"host__in": ["a", "b"]}, "host is api.example.com, not a or b"),
    "host pattern": ({"host__regex": "^b"}, "host is api.example.com, not like ^b"),
    "port": ({"port": 8443}, "port is 443, not 8443"),
    "path": ({"path": "/b"}, "path is /a, not /b"),
    "start of a path": ({"path__startswith": "/b"}, "path is /a, not /b…"),
    "path pattern": ({"path__regex": "^/b"}, "path is /a, not like ^/b"),
    "paths": ({"path__in": ["/b", "/c"]}, "path is /a, not /b or /c"),
    "url": ({"url__eq": f"{API}/b?token=1"}, f"url is {API}/a, not {API}/b?token=<secret>"),
    "url pattern": ({"url__regex": "b$"}, f"url is {API}/a, not like b$"),
}


@pytest.mark.parametrize(("lookups", "text"), ADDRESSES.values(), ids=ADDRESSES)
def test_address(lookups, text):
    """What differs in method or address is named, with both sides."""
    assert differs(lookups) == text


TOKEN = "ghp_" + "a1B2" * 9


@pytest.mark.parametrize(
    ("lookups", "path", "text"),
    [
        ({"path": "/b"}, f"/bot{TOKEN}/me", "path is /bot<secret>/me, not /b"),
        ({"path": f"/u/{TOKEN}"}, f"/u/{TOKEN[:-1]}x", "path differs"),
        ({"path": "/b"}, "/a%0A1%20passed", r"path is /a\n1 passed, not /b"),
        ({"path": "/b"}, "/a" * 1500, f"path is {'/a' * 1000}…, not /b"),
    ],
    ids=["secret", "two secrets", "line break", "long"],
)
def test_shown_path(lookups, path, text):
    """A path that came is shown on one line, cut, and without its secrets."""
    assert differs(lookups, "GET", API + path) == text


@pytest.mark.parametrize(
    ("lookups", "text"),
    [
        ({"method": "GET", "host": "b", "path": "/b"}, "method is POST, not GET"),
        ({"path": "/b", "host": "b", "scheme": "http"}, "scheme is https, not http"),
        ({"path": "/b", "host": "b"}, "host is api.example.com, not b"),
        ({"json": {}, "path": "/b"}, "path is /a, not /b"),
        ({"json": {}, "headers": {"x": "1"}}, "header x is missing"),
    ],
)
def test_order(lookups, text):
    """What stands first in a request is compared first."""
    assert differs(lookups) == text


@pytest.mark.parametrize(
    ("lookups", "text"),
    [
        ({"path": "/b"}, "path is /a, not /v1/b"),
        ({"path": "/a"}, "path is /a, not /v1/a"),
        ({"path__regex": "^/b"}, "path is /a, not like ^/b after /v1"),
        ({"method": "POST"}, "path is /a, not /v1/…"),
    ],
)
def test_base(lookups, text):
    """The base belongs to what the path should be."""
    assert differs(lookups, base=f"{API}/v1/") == text


QUERIES = {
    "value": ({"params": {"a": "1"}}, "?a=2", "query field a is '2', not '1'"),
    "missing": ({"params": {"a": "1"}}, "", "query field a is missing"),
    "too many": ({"params__eq": {"a": "1"}}, "?a=1&b=2", "query field b is not expected"),
    "of the url": ({"url": "/a?b=1"}, "?b=2", "query field b is '2', not '1'"),
    "twice": ({"params": [("a", "1"), ("a", "2")]}, "?a=1", "query field a is '1', not '1', '2'"),
    "any": ({"params": {"a": ANY, "b": "1"}}, "?a=5&b=2", "query field b is '2', not '1'"),
    "any missing": ({"params": {"a": ANY}}, "?b=2", "query field a is missing"),
    "secret": ({"params": {"signature": "1"}}, "?signature=2", "query field signature differs"),
    "control characters": (
        {"params": {"a": "1"}},
        "?a=%1B%0A",
        r"query field a is '\x1b\n', not '1'",
    ),
}


@pytest.mark.parametrize(("lookups", "query", "text"), QUERIES.values(), ids=QUERIES)
def test_query(lookups, query, text):
    """A query field that differs is named."""
    assert differs(lookups, "POST", f"{API}/a{query}") == text


HEADERS = {
    "value": ({"x-a": "1"}, {"X-A": "2"}, "header x-a is '2', not '1'"),
    "missing": ({"X-A": "1"}, {}, "header x-a is missing"),
    "secret": ({"X-Api-Key": "1"}, {"x-api-key": "2"}, "header x-api-key differs"),
    "authorization": (
        {"Authorization": "Bearer a"},
        {"authorization": "Bearer b"},
        "header authorization differs",
    ),
}


@pytest.mark.parametrize(("asked", "came", "text"), HEADERS.values(), ids=HEADERS)
def test_header(asked, came, text):
    """A header that differs is named; what looks like a secret keeps its value."""
    assert differs({"headers": asked}, headers=came) == text


def test_header_too_many():
    """Where all headers were given, one more is a difference."""
    text = differs({"headers__eq": {"host": "api.example.com"}})
    assert text == "header content-length is not expected"


@pytest.mark.parametrize(
    ("lookups", "came", "text"),
    [
        ({"cookies": {"a": "1"}}, {}, "cookie a is missing"),
        ({"cookies": {"a": "1"}}, {"a": "2"}, "cookie a differs"),
        ({"cookies__eq": {"a": "1"}}, {"a": "1", "b": "2"}, "cookie b is not expected"),
    ],
)
def test_cookie(lookups, came, text):
    """A cookie that differs is named; its value is a secret."""
    assert differs(lookups, cookies=came) == text


@pytest.mark.parametrize(
    ("lookups", "came", "text"),
    [
        ({"content": "abc"}, b"ab", "content is 'ab', not 'abc'"),
        ({"content": b"\xff"}, b"", r"content is '', not '\xff'"),
        ({"content__contains": "x"}, b"ab", "content is 'ab', without 'x'"),
        ({"content": '{"token":"a"}'}, b'{"token":"b"}', "content differs"),
    ],
)
def test_content(lookups, came, text):
    """Contents are compared as a whole."""
    assert differs(lookups, content=came) == text.replace("\\xff", "\\\\xff")


@pytest.mark.parametrize(
    ("asked", "came", "text"),
    [
        ({"a": "1"}, {"a": "2"}, "form field a is '2', not '1'"),
        ({"a": "1"}, {}, "form field a is missing"),
        ({"a": "1"}, {"a": "1", "b": "2"}, "form field b is not expected"),
        ({"password": "1"}, {"password": "2"}, "form field password differs"),
    ],
)
def test_form(asked, came, text):
    """A form field that differs is named."""
    assert differs({"data": asked}, data=came) == text


@pytest.mark.parametrize(
    ("lookups", "came", "text"),
    [
        ({"files": {"f": b"a"}}, {"g": b"a"}, "file f is missing"),
        ({"files": {"f": b"a"}}, {"f": b"b"}, "file f differs"),
        ({"files__eq": {"f": b"a"}}, {"f": b"a", "g": b"b"}, "file g is not expected"),
    ],
)
def test_file(lookups, came, text):
    """A file that differs is named."""
    assert differs(lookups, files=came) == text


@pytest.mark.parametrize("lookups", [{"data": {"a": "1"}}, {"files": {"f": b"a"}}], ids=repr)
def test_broken_form(lookups):
    """A form that nobody can read is said to be one."""
    headers = {"content-type": "multipart/form-data; boundary=x"}
    text = differs(lookups, content=b"no form at all", headers=headers)
    assert text == "the request's form cannot be read"


JSON = {
    "value": ({"json": {"a": 1}}, {"a": 2}, "JSON field a is 2, not 1"),
    "type": ({"json": {"a": 1}}, {"a": "1"}, "JSON field a is '1', not 1"),
    "boolean": ({"json": {"a": 1}}, {"a": True}, "JSON field a is True, not 1"),
    "missing": ({"json": {"a": 1}}, {}, "JSON field a is missing"),
    "too many": ({"json": {"a": 1}}, {"a": 1, "b": 2}, "JSON field b is not expected"),
    "further": ({"json": {"a": [{"b": 1}]}}, {"a": [{"b": 2}]}, "JSON field a.0.b is 2, not 1"),
    "after an equal one": (
        {"json": {"a": {"x": 1}, "b": 2}},
        {"a": {"x": 1}, "b": 3},
        "JSON field b is 3, not 2",
    ),
    "the second": ({"json": {"a": 1, "b": 2}}, {"a": 1, "b": 3}, "JSON field b is 3, not 2"),
    "length": ({"json": {"a": [1]}}, {"a": [1, 2]}, "JSON field a is [1, 2], not [1]"),
    "whole": ({"json": [1]}, {"a": 1}, "JSON body is {'a': 1}, not [1]"),
    "by path": ({"json__a__0__b": 1}, {"a": [{"b": 2}]}, "JSON field a.0.b is 2, not 1"),
    "below a path": ({"json__a": {"b": 1}}, {"a": {"b": 2}}, "JSON field a.b is 2, not 1"),
    "path missing": ({"json__a__b": 1}, {"a": {}}, "JSON field a.b is missing"),
    "path too long": ({"json__a__b": 1}, {"a": None}, "JSON field a.b is missing"),
    "list too short": ({"json__a__1": 1}, {"a": [1]}, "JSON field a.1 is missing"),
    "secret": ({"json": {"apiKey": "x"}}, {"apiKey": "y"}, "JSON field apiKey differs"),
    "secret by path": ({"json__apiKey": "x"}, {"apiKey": "y"}, "JSON field apiKey differs"),
    "in a secret": ({"json": {"token": ["x"]}}, {"token": ["y"]}, "JSON field token.0 differs"),
    "long": ({"json": {"a": "x"}}, {"a": "y" * 100}, f"JSON field a is '{'y' * 79}…, not 'x'"),
}  # fmt: skip


@pytest.mark.parametrize(("lookups", "came", "text"), JSON.values(), ids=JSON)
def test_json(lookups, came, text):
    """A field of the JSON body that differs is named by its path."""
    assert differs(lookups, json=came) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "the body is empty, not JSON"),
        (b"{", "the body is not JSON"),
        (b"\xff", "the body is not JSON"),
        (b"[" * 100_000, "the body is not JSON"),
    ],
    ids=["empty", "cut off", "not UTF-8", "too deep"],
)
def test_body_that_is_no_json(body, text):
    """A body that is no JSON is said to be none."""
    assert differs({"json": {"a": 1}}, content=body) == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (M(host="a") | M(host="b"), "does not fit (host='a' or host='b')"),
        (~M(path="/a"), "does not fit not path='/a'"),
        (~M(headers={"x-token": "abc"}), "does not fit not headers={'x-token': <secret>}"),
    ],
    ids=["or", "not", "secret"],
)
def test_combined_patterns(pattern, text):
    """Alternatives and negations are shown as a whole."""
    assert differs(pattern, headers={"x-token": "abc"}) == text


def test_nothing_differs():
    """A route that matches and did not answer has a side effect that declined."""
    assert differs({"path": "/a"}) == "matches, but its side effect declined the request"


def test_deep_json_is_not_read_twice():
    """A body that differs far down is compared without end of the stack."""
    deep = json.loads("[" * 200 + "1" + "]" * 200)
    assert differs({"json": deep}, json=json.loads("[" * 200 + "2" + "]" * 200)).endswith(
        ".0 is 2, not 1"
    )
