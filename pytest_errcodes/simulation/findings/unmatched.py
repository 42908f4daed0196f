"""Why no route answers: the routes that came nearest, what differed first; or who forbids it."""

from __future__ import annotations

import difflib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from respx.patterns import Lookup, PathPattern

from pytest_errcodes.simulation.filing import list_parts
from pytest_errcodes.simulation.findings.descriptions import (
    LONGEST_URL,
    describe_lookup,
    describe_part,
    describe_pattern,
    describe_request,
    describe_value,
    describe_values,
    display_url,
    find_key,
    is_any,
    list_fields,
    spell_name,
)
from pytest_errcodes.simulation.findings.finding import Difference, Finding, NearRoute
from pytest_errcodes.text.secrets import looks_secret
from pytest_errcodes.text.wording import show_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import httpx
    from respx.models import Route
    from respx.patterns import Pattern

#: What a matching part is worth; every other part is worth 1.
_WEIGHT = {"method": 3, "host": 4, "url": 6, "path": 6}
_SHOWN = 3
_WEBSOCKET = (
    "a route can refuse the handshake of a WebSocket, and no more; to talk, start a server in the "
    "test, and let it pass with .pass_through()"
)
#: Of a path so many characters are compared: the time grows with the third power of their number.
_COMPARED = 200
#: In which order the parts of a request are compared.
_ORDER = (
    "method", "scheme", "host", "port", "url", "path", "params", "headers", "cookies", "content",
    "json", "data", "files",
)  # fmt: skip
_WORDS = {"params": "query field", "headers": "header", "data": "form field"}
_UNREADABLE = {
    "params": "query",
    "headers": "headers",
    "cookies": "cookies",
    "data": "form",
    "files": "form",
}


def make_finding(request: httpx.Request, routes: Sequence[Route]) -> Finding:
    """Return the finding of a request that no route matches, with the nearest routes."""
    nearest: tuple[NearRoute, ...] = ()
    # A pattern of others may raise anything: there is a finding all the same.
    with suppress(Exception):
        nearest = tuple(
            NearRoute(describe_pattern(route.pattern), find_difference(request, route.pattern))
            for route in _find_nearest(request, routes)
        )
    others = max(0, len(routes) - len(nearest))
    is_websocket = request.headers.get("upgrade", "").lower() == "websocket"
    hint = _WEBSOCKET if is_websocket else ""
    return Finding("unmatched-request", describe_request(request), hint, nearest, others)


def make_forbidden(request: httpx.Request, route: Route) -> Finding:
    """Return the finding of a request that a route forbids."""
    forbids = NearRoute(describe_pattern(route.pattern), Difference("forbids"))
    return Finding("forbidden-request", describe_request(request), "", (forbids,))


def _find_nearest(request: httpx.Request, routes: Sequence[Route]) -> list[Route]:
    paths = difflib.SequenceMatcher(b=request.url.path[:_COMPARED], autojunk=False)

    def measure(route: Route) -> float:
        return sum(_weigh(request, part, paths) for part in sort_parts(route.pattern))

    return sorted(routes, key=measure, reverse=True)[:_SHOWN]


def _weigh(request: httpx.Request, part: Pattern, paths: difflib.SequenceMatcher[str]) -> float:
    weight = _WEIGHT.get(find_key(part), 1)
    if part.match(request):
        return weight
    if find_key(part) != "path" or not isinstance(part.value, str):
        return -weight / 2
    paths.set_seq1(describe_part(part)[:_COMPARED])
    return (weight - 2) * paths.ratio()


def sort_parts(pattern: Pattern) -> list[Pattern]:
    """Return the parts that must all match, in the order in which they are compared."""
    return sorted(
        list_parts(pattern),
        key=lambda part: _ORDER.index(find_key(part)) if find_key(part) in _ORDER else len(_ORDER),
    )


def find_difference(request: httpx.Request, pattern: Pattern) -> Difference:
    """Return the first thing in which the request differs from what the route asks for."""
    for part in sort_parts(pattern):
        if not part.match(request):
            return _compare(request, part)
    return Difference("declined")


def _compare(request: httpx.Request, part: Pattern) -> Difference:
    key = find_key(part)
    if key in _UNREADABLE:
        try:
            return _compare_parsed(key, part, part.parse(request))
        except Exception:  # noqa: BLE001  # whatever respx's readers say to a broken body
            return Difference("unreadable", _UNREADABLE[key])
    if key in ("json", "content"):
        return (_compare_json if key == "json" else _compare_content)(request, part)
    if key not in _ORDER:
        return Difference("unfit", asked=describe_lookup(part))
    return _differ(key, None, _describe_came(request, part), describe_part(part))


def _describe_came(request: httpx.Request, part: Pattern) -> str:
    """Return a part of the address that came in one line; a path or host may hold secrets too."""
    if find_key(part) == "url":
        return display_url(request.url)
    return show_text(str(part.parse(request)), LONGEST_URL)


def _compare_parsed(key: str, part: Pattern, came: Any) -> Difference:
    if key == "cookies":
        return _compare_cookies(part, {name for name, _ in came})
    return _compare_files(part, came) if key == "files" else _compare_fields(part, came)


def _compare_fields(part: Pattern, came: Any) -> Difference:
    """Find the first header, query field or form field that differs."""
    word, asked = _WORDS[part.key], dict(list_fields(part))
    for name in sorted(asked):
        values = came.get_list(name)
        if not values:
            return Difference("missing", word, name)
        if len(values) != len(asked[name]) or not all(
            is_any(one) or one == other for one, other in zip(asked[name], values, strict=True)
        ):
            texts = [
                ", ".join(describe_values(spell_name(word, name), both))
                for both in (values, asked[name])
            ]
            return _differ(word, name, *texts)
    extra = sorted(set(came.keys()) - set(asked))
    return Difference("unexpected", word, extra[0])


def _compare_cookies(part: Pattern, came: set[str]) -> Difference:
    """Find the first cookie that differs; the values of cookies are secrets."""
    asked = [name for name, _ in list_fields(part)]
    for name in asked:
        if name not in came:
            return Difference("missing", "cookie", name)
    extra = sorted(came - set(asked))
    if part.lookup is Lookup.EQUAL and extra:
        return Difference("unexpected", "cookie", extra[0])
    return Difference("hidden", "cookie", asked[0])


def _compare_files(part: Pattern, came: Any) -> Difference:
    for name, _ in list_fields(part):
        if not came.get_list(name):
            return Difference("missing", "file", name)
    extra = sorted(set(came.keys()) - set(part.value.keys()))
    if part.lookup is Lookup.EQUAL and extra:
        return Difference("unexpected", "file", extra[0])
    return Difference("hidden", "file", next(iter(part.value)))


def _compare_content(request: httpx.Request, part: Pattern) -> Difference:
    came, asked = (
        describe_value(bytes(body).decode("utf-8", "backslashreplace"))
        for body in (request.read(), part.value)
    )
    if part.lookup is Lookup.CONTAINS:
        return Difference("without", "content", came=came, asked=asked)
    return _differ("content", None, came, asked)


def _compare_json(request: httpx.Request, part: Pattern) -> Difference:
    """Find the first field of the JSON body that differs."""
    body = request.read()
    try:
        came = json.loads(body.decode())
    except (ValueError, RecursionError):
        return Difference("not-json" if body else "empty")
    path = (part.path or "") if isinstance(part, PathPattern) else ""
    bits = tuple(path.split("__")) if path else ()
    for bit in bits:
        try:
            came = came[int(bit) if bit.isdigit() else bit]
        except (KeyError, IndexError, TypeError):
            return Difference("missing", "JSON field", ".".join(bits))
    return _find_first(came, json.loads(part.value), bits) or Difference("hidden", "JSON")


def _find_first(came: Any, asked: Any, path: tuple[str, ...]) -> Difference | None:
    """Return the first difference of two JSON values, or None."""
    if isinstance(came, dict) and isinstance(asked, dict):
        keys = [*asked, *(key for key in came if key not in asked)]
        return _find_first_of(came, asked, keys, path)
    if isinstance(came, list) and isinstance(asked, list) and len(came) == len(asked):
        numbers = range(len(came))
        return _find_first_of(dict(enumerate(came)), dict(enumerate(asked)), numbers, path)
    if json.dumps(came, sort_keys=True) == json.dumps(asked, sort_keys=True):
        return None
    secret = any(looks_secret(bit) for bit in path)
    texts = [describe_value(value, secret=secret) for value in (came, asked)]
    if not path:
        return _differ("JSON body", None, *texts)
    return _differ("JSON field", ".".join(path), *texts)


def _find_first_of(
    came: Any, asked: Any, keys: Iterable[Any], path: tuple[str, ...]
) -> Difference | None:
    for key in keys:
        inner = (*path, str(key))
        if key not in came:
            return Difference("missing", "JSON field", ".".join(inner))
        if key not in asked:
            return Difference("unexpected", "JSON field", ".".join(inner))
        found = _find_first(came[key], asked[key], inner)
        if found:
            return found
    return None


def _differ(part: str, name: str | None, came: str, asked: str) -> Difference:
    """Return the difference of two values; texts that are equal, as of secrets, say nothing."""
    if came == asked:
        return Difference("hidden", part, name)
    return Difference("value", part, name, came, asked)
