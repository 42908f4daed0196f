"""Why no route matched: the routes that came nearest, and what differed first."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

import httpx
from respx.patterns import Lookup, PathPattern

from pytest_errcodes.redaction import looks_secret, mask_data
from pytest_errcodes.simulation.index import conjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from respx.models import Route
    from respx.patterns import Pattern

#: In which order the parts of a request are compared, and what a matching part is worth.
_WEIGHT = {"method": 3, "scheme": 1, "host": 4, "port": 1, "url": 6, "path": 6}
_ORDER = [*_WEIGHT, "params", "headers", "cookies", "content", "json", "data", "files"]
_SHOWN = 3
_MISSING = object()


def describe_request(request: httpx.Request) -> str:
    """Return method and URL in one line; the values of secret query fields are masked."""
    return f"{request.method} {display_url(request.url)}"


def display_url(url: httpx.URL) -> str:
    """Return the URL as text, with the values of secret query fields masked."""
    if not url.query:
        return str(url)
    fields = "&".join(
        f"{name}={'<secret>' if looks_secret(name) else value}"
        for name, value in url.params.multi_items()
    )
    return f"{url.copy_with(query=None)}?{fields}"


def describe_pattern(pattern: Pattern) -> str:
    """Return what a route asks for in one line, the way its user wrote it."""
    parts = {part.key: part for part in conjunction(pattern)}
    if not parts:
        return repr(pattern) if pattern else "any request"
    method = parts.pop("method", None)
    verb = "any method" if method is None else _wanted(method)
    address = _address(parts)
    fields = [f"{_name(part)}={_shown(_value(part))}" for part in parts.values()]
    return " ".join([verb, *([address] if address else []), *fields])


def explain(request: httpx.Request, routes: Sequence[Route]) -> str:
    """Return the text for a request that no route matches: the request, and the nearest routes."""
    lines = ["no route matches this request:", f"  {describe_request(request)}"]
    if not routes:
        return "\n".join([*lines, "there are no routes yet"])
    nearest = sorted(routes, key=lambda route: -_closeness(request, route.pattern))[:_SHOWN]
    lines.append("nearest route:" if len(nearest) == 1 else "nearest routes:")
    for route in nearest:
        lines += [f"  {describe_pattern(route.pattern)}", f"    {difference(request, route.pattern)}"]
    if len(routes) > _SHOWN:
        lines.append(f"  (and {len(routes) - _SHOWN} more)")
    return "\n".join(lines)


def difference(request: httpx.Request, pattern: Pattern) -> str:
    """Return the first thing in which the request differs from what the route asks for."""
    for part in _ordered(pattern):
        if not part.match(request):
            return _difference(request, part)
    if pattern and not pattern.match(request):
        return f"does not match {pattern!r}"
    return "matches, but its side effect declined the request"


def _ordered(pattern: Pattern) -> list[Pattern]:
    return sorted(
        conjunction(pattern),
        key=lambda part: _ORDER.index(part.key) if part.key in _ORDER else len(_ORDER),
    )


def _closeness(request: httpx.Request, pattern: Pattern) -> float:
    total = 0.0
    for part in _ordered(pattern):
        weight = _WEIGHT.get(part.key, 1)
        if part.match(request):
            total += weight
        elif part.key == "path" and isinstance(part.value, str):
            wanted = _base(part) + part.value
            matcher = difflib.SequenceMatcher(None, request.url.path, wanted)
            total += (weight - 2) * matcher.ratio()
        else:
            total -= weight / 2
    return total


def _difference(request: httpx.Request, part: Pattern) -> str:
    if part.key in ("params", "headers"):
        return _items_difference(request, part)
    if part.key == "json":
        return _json_difference(request, part)
    if part.key == "method":
        came: object = request.method
    elif part.key == "url":
        came = display_url(request.url)
    elif part.key in ("content", "data", "files", "cookies"):
        return f"{part.key} differs: {_wanted(part)}"
    else:
        came = part.parse(request)
    return f"{part.key} is {came}, not {_wanted(part)}"


def _items_difference(request: httpx.Request, part: Pattern) -> str:
    """Say which header or query field differs first."""
    word = "header" if part.key == "headers" else "query field"
    came: Any = request.headers if part.key == "headers" else request.url.params
    for name in sorted(set(part.value.keys())):
        wanted, values = part.value.get_list(name), came.get_list(name)
        if not values:
            return f"{word} {name} is missing"
        if wanted != values:
            shown = ", ".join(_masked(name, values)), ", ".join(_masked(name, wanted))
            return f"{word} {name} is {shown[0]}, not {shown[1]}"
    extra = sorted(set(came.keys()) - set(part.value.keys()))
    return f"{word} {extra[0]} is not expected" if extra else f"{word}s differ"


def _masked(name: str, values: Iterable[str]) -> list[str]:
    return ["<secret>" if looks_secret(name) else repr(value) for value in values]


def _json_difference(request: httpx.Request, part: Pattern) -> str:
    """Say which field of the JSON body differs first."""
    try:
        came = json.loads(request.read())
    except (ValueError, RecursionError):
        return "the body is not JSON"
    wanted = json.loads(part.value)
    path = part.path if isinstance(part, PathPattern) else None
    for bit in path.split("__") if path else ():
        key: Any = int(bit) if bit.isdigit() else bit
        try:
            came = came[key]
        except (KeyError, IndexError, TypeError):
            return f"JSON field {_dotted(path)} is missing"
    return _first_field(came, wanted, _dotted(path)) or "JSON differs"


def _dotted(path: str | None) -> str:
    return (path or "").replace("__", ".")


def _first_field(came: Any, wanted: Any, path: str) -> str | None:
    if isinstance(came, dict) and isinstance(wanted, dict):
        return _first_of(came, wanted, [*wanted, *(key for key in came if key not in wanted)], path)
    if isinstance(came, list) and isinstance(wanted, list) and len(came) == len(wanted):
        numbers = range(len(came))
        return _first_of(dict(enumerate(came)), dict(enumerate(wanted)), numbers, path)
    if json.dumps(came, sort_keys=True) == json.dumps(wanted, sort_keys=True):
        return None
    name = path.rpartition(".")[2]
    shown = ("<secret>",) * 2 if looks_secret(name) else (_shown(came), _shown(wanted))
    return f"JSON {f'field {path}' if path else 'body'} is {shown[0]}, not {shown[1]}"


def _first_of(came: Any, wanted: Any, keys: Iterable[Any], path: str) -> str | None:
    for key in keys:
        inner = f"{path}.{key}" if path else str(key)
        if key not in came:
            return f"JSON field {inner} is missing"
        if key not in wanted:
            return f"JSON field {inner} is not expected"
        found = _first_field(came[key], wanted[key], inner)
        if found:
            return found
    return None


def _shown(value: Any) -> str:
    text = repr(mask_data(value))
    return text if len(text) <= 80 else f"{text[:79]}…"


def _base(part: Pattern) -> str:
    base = part.base
    return base.value.rstrip("/") if base is not None and isinstance(base.value, str) else ""


def _wanted(part: Pattern) -> str:
    value = part.value
    if part.lookup is Lookup.IN:
        return " or ".join(str(one) for one in value)
    if part.lookup is Lookup.REGEX:
        return f"like {value.pattern}"
    if part.lookup is Lookup.STARTS_WITH:
        return f"{value}…"
    return f"{_base(part)}{value}" if isinstance(value, str) else _shown(_value(part))


def _address(parts: dict[str, Pattern]) -> str:
    """Take scheme, host, port, path and URL out of the parts and return them as one address."""
    scheme, host = parts.pop("scheme", None), parts.pop("host", None)
    port, path, url = parts.pop("port", None), parts.pop("path", None), parts.pop("url", None)
    text = f"{_wanted(scheme)}://" if scheme and host else ""
    text += _wanted(host) if host else ""
    text += f":{_wanted(port)}" if port else ""
    text += _wanted(path) if path else ""
    return text + (_wanted(url) if url else "")


def _name(part: Pattern) -> str:
    path = part.path if isinstance(part, PathPattern) and part.path else None
    return f"{part.key}__{path}" if path else part.key


def _value(part: Pattern) -> Any:
    if part.key == "json":
        return json.loads(part.value)
    if part.key in ("params", "headers"):
        return {name: ", ".join(part.value.get_list(name)) for name in part.value}
    return part.value
