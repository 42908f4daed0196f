"""The first thing in which a request differs from what a route asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from respx.patterns import Lookup, PathPattern

from pytest_errcodes.simulation.filing import conjunction
from pytest_errcodes.simulation.findings.describe import (
    display_url,
    expression,
    is_any,
    items,
    key_of,
    shown,
    value_texts,
    wanted,
)
from pytest_errcodes.text.secrets import looks_secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx
    from respx.patterns import Pattern

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


def ordered(pattern: Pattern) -> list[Pattern]:
    """Return the parts that must all match, in the order in which they are compared."""
    return sorted(
        conjunction(pattern),
        key=lambda part: _ORDER.index(key_of(part)) if key_of(part) in _ORDER else len(_ORDER),
    )


def difference(request: httpx.Request, pattern: Pattern) -> str:
    """Return the first thing in which the request differs from what the route asks for."""
    for part in ordered(pattern):
        if not part.match(request):
            return _difference(request, part)
    return "matches, but its side effect declined the request"


def _difference(request: httpx.Request, part: Pattern) -> str:
    key = key_of(part)
    if key in _UNREADABLE:
        try:
            return _parsed_difference(key, part, part.parse(request))
        except Exception:  # noqa: BLE001  # whatever respx's readers say to a broken body
            return f"the request's {_UNREADABLE[key]} cannot be read"
    if key in ("json", "content"):
        compare = _json_difference if key == "json" else _content_difference
        return compare(request, part)
    if key not in _ORDER:
        return f"does not fit {expression(part)}"
    came = display_url(request.url) if key == "url" else part.parse(request)
    return f"{key} is {came}, not {wanted(part)}"


def _parsed_difference(key: str, part: Pattern, came: Any) -> str:
    if key == "cookies":
        return _cookies_difference(part, {name for name, _ in came})
    return _files_difference(part, came) if key == "files" else _items_difference(part, came)


def _items_difference(part: Pattern, came: Any) -> str:
    """Say which header, query field or form field differs first."""
    word, asked = _WORDS[part.key], dict(items(part))
    for name in sorted(asked):
        values = came.get_list(name)
        if not values:
            return f"{word} {name} is missing"
        if len(values) != len(asked[name]) or not all(
            is_any(one) or one == other for one, other in zip(asked[name], values, strict=True)
        ):
            texts = [", ".join(value_texts(name, both)) for both in (values, asked[name])]
            if texts[0] == texts[1]:
                return f"{word} {name} differs"
            return f"{word} {name} is {texts[0]}, not {texts[1]}"
    extra = sorted(set(came.keys()) - set(asked))
    return f"{word} {extra[0]} is not expected"


def _cookies_difference(part: Pattern, came: set[str]) -> str:
    """Say which cookie differs first; the values of cookies are secrets."""
    asked = [name for name, _ in items(part)]
    for name in asked:
        if name not in came:
            return f"cookie {name} is missing"
    extra = sorted(came - set(asked))
    if part.lookup is Lookup.EQUAL and extra:
        return f"cookie {extra[0]} is not expected"
    return f"cookie {asked[0]} differs"


def _files_difference(part: Pattern, came: Any) -> str:
    for name, _ in items(part):
        if not came.get_list(name):
            return f"file {name} is missing"
    extra = sorted(set(came.keys()) - set(part.value.keys()))
    if part.lookup is Lookup.EQUAL and extra:
        return f"file {extra[0]} is not expected"
    return f"file {next(iter(part.value))} differs"


def _content_difference(request: httpx.Request, part: Pattern) -> str:
    came, value = (
        shown(bytes(body).decode("utf-8", "backslashreplace"))
        for body in (request.read(), part.value)
    )
    if part.lookup is Lookup.CONTAINS:
        return f"content is {came}, without {value}"
    return "content differs" if came == value else f"content is {came}, not {value}"


def _json_difference(request: httpx.Request, part: Pattern) -> str:
    """Say which field of the JSON body differs first."""
    body = request.read()
    try:
        came = json.loads(body.decode())
    except (ValueError, RecursionError):
        return "the body is not JSON" if body else "the body is empty, not JSON"
    path = (part.path or "") if isinstance(part, PathPattern) else ""
    bits = tuple(path.split("__")) if path else ()
    for bit in bits:
        try:
            came = came[int(bit) if bit.isdigit() else bit]
        except (KeyError, IndexError, TypeError):
            return f"JSON field {'.'.join(bits)} is missing"
    return _first_field(came, json.loads(part.value), bits) or "JSON differs"


def _first_field(came: Any, asked: Any, path: tuple[str, ...]) -> str | None:
    """Return the first difference of two JSON values, or None."""
    if isinstance(came, dict) and isinstance(asked, dict):
        return _first_of(came, asked, [*asked, *(key for key in came if key not in asked)], path)
    if isinstance(came, list) and isinstance(asked, list) and len(came) == len(asked):
        numbers = range(len(came))
        return _first_of(dict(enumerate(came)), dict(enumerate(asked)), numbers, path)
    if json.dumps(came, sort_keys=True) == json.dumps(asked, sort_keys=True):
        return None
    what = f"JSON field {'.'.join(path)}" if path else "JSON body"
    secret = any(looks_secret(bit) for bit in path)
    texts = shown(came, secret=secret), shown(asked, secret=secret)
    return f"{what} differs" if texts[0] == texts[1] else f"{what} is {texts[0]}, not {texts[1]}"


def _first_of(came: Any, asked: Any, keys: Iterable[Any], path: tuple[str, ...]) -> str | None:
    for key in keys:
        inner = (*path, str(key))
        if key not in came:
            return f"JSON field {'.'.join(inner)} is missing"
        if key not in asked:
            return f"JSON field {'.'.join(inner)} is not expected"
        found = _first_field(came[key], asked[key], inner)
        if found:
            return found
    return None
