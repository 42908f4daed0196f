"""A request or a route in one line, without its secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY
from urllib.parse import unquote_plus

import httpx
from respx.patterns import Lookup, PathPattern

from pytest_errcodes.simulation.adapters.respx_privates import And, Invert, Or
from pytest_errcodes.simulation.filing import list_parts
from pytest_errcodes.text.secrets import MASK, is_secret, looks_secret, mask_text
from pytest_errcodes.text.wording import escape, shorten, show_name, show_text, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from respx.models import Route
    from respx.patterns import Pattern

ANY_REQUEST = "any request"
"""What a route without a pattern asks for."""

LONGEST_URL = 2_000
"""How many characters of an address are shown."""

_WIDTH = 80
_LONGEST_PATTERN = 200
#: The lookup a pattern has if its user names none, where that is not equality.
_DEFAULTS = dict.fromkeys(("params", "headers", "cookies", "files"), Lookup.CONTAINS)
_IN_ADDRESS = (Lookup.EQUAL, Lookup.STARTS_WITH)


def describe_request(request: httpx.Request) -> str:
    """Return method and URL in one line, secrets masked."""
    return f"{show_name(request.method)} {display_url(request.url)}"


def describe_sent(method: str, url: str) -> str:
    """Return method and URL of any library's request in one line, secrets masked."""
    try:
        address = display_url(httpx.URL(url))
    except Exception:  # noqa: BLE001  # a library may take what httpx calls no URL
        address = show_text(url, LONGEST_URL)
    return f"{show_name(method)} {address}"


def display_url(url: httpx.URL) -> str:
    """Return the URL as it goes over the wire, without user and password, secrets masked."""
    text = mask_text(str(url.copy_with(query=None, fragment=None, userinfo=b"")))
    whole = f"{text}?{_mask_query(url.query.decode('ascii'))}" if url.query else text
    return shorten(escape(whole), LONGEST_URL)


def _mask_query(query: str) -> str:
    fields = []
    for field in query[: LONGEST_URL * 2].split("&"):
        name, sign, value = field.partition("=")
        masked = sign and is_secret(unquote_plus(name), value)
        fields.append(f"{name}={MASK}" if masked else mask_text(field))
    return mask_text("&".join(fields))


def describe_route(route: Route) -> str:
    """Return a route in one line, the way its user wrote it: ``POST /api/v1/order json=...``."""
    text = describe_pattern(route.pattern)
    return f"{text} (named {route.name!r})" if route.name else text


def describe_pattern(pattern: Pattern) -> str:
    """Return what a route asks for in one line, the way its user wrote it."""
    parts = list(list_parts(pattern))
    if not parts:
        return ANY_REQUEST
    method = _take(parts, "method", (Lookup.EQUAL, Lookup.IN))
    verb = "any method" if method is None else describe_part(method)
    address = _take_address(parts)
    words = [verb, *([address] if address else []), *(describe_lookup(part) for part in parts)]
    return " ".join(words)


def _take(
    parts: list[Pattern], key: str, lookups: Iterable[Lookup] = _IN_ADDRESS
) -> Pattern | None:
    """Take the first part of this kind out of the parts and return it."""
    for part in parts:
        if find_key(part) == key and part.lookup in lookups:
            parts.remove(part)
            return part
    return None


def find_key(part: Pattern) -> str:
    """Return which part of a request a pattern looks at; empty for one made of others."""
    return str(getattr(part, "key", ""))


def _take_address(parts: list[Pattern]) -> str:
    """Take what makes an address out of the parts, and return it as one text."""
    scheme, host = _take(parts, "scheme"), _take(parts, "host")
    port, path = _take(parts, "port"), _take(parts, "path")
    query, url = _take(parts, "params", (Lookup.EQUAL,)), _take(parts, "url")
    text = ""
    if scheme or host or port:
        text = f"{describe_part(scheme)}://" if scheme else "//"
        text += (describe_part(host) if host else "*") + (f":{describe_part(port)}" if port else "")
    text += describe_part(path) if path else ""
    if query:
        text += "?" + _mask_query(str(query.value).replace("%3CANY%3E", "ANY"))
    return f"{text} {describe_part(url)}".strip() if url else text


def describe_lookup(pattern: Pattern) -> str:
    """Return a pattern as respx's lookups: ``json__side='BUY'``, ``(host='a' or host='b')``."""
    if isinstance(pattern, Or):
        return f"({' or '.join(describe_lookup(one) for one in pattern.value)})"
    if isinstance(pattern, And):
        return f"({' and '.join(describe_lookup(one) for one in pattern.value)})"
    if isinstance(pattern, Invert):
        return f"not {describe_lookup(pattern.value)}"
    words = [pattern.key]
    if isinstance(pattern, PathPattern) and pattern.path:
        words.append(pattern.path)
    if pattern.lookup is not _DEFAULTS.get(pattern.key, Lookup.EQUAL):
        words.append(pattern.lookup.value)
    return f"{'__'.join(words)}={_describe_asked(pattern)}"


def _describe_asked(part: Pattern) -> str:
    """Return the value of one lookup as its user wrote it."""
    if part.key in ("params", "headers", "data", "files", "cookies"):
        pairs = ", ".join(
            f"{show_name(name)!r}: {_join_values(spell_name(part.key, name), values)}"
            for name, values in list_fields(part)
        )
        return shorten(escape(f"{{{pairs}}}"), _WIDTH)
    if part.key == "json":
        return describe_value(
            json.loads(part.value), secret=names_secret(getattr(part, "path", "") or "")
        )
    if part.key == "content":
        return describe_value(bytes(part.value).decode("utf-8", "backslashreplace"))
    if part.lookup is Lookup.REGEX:
        return describe_value(part.value.pattern)
    return describe_value(list(part.value) if part.lookup is Lookup.IN else part.value)


def spell_name(kind: str, name: str) -> str:
    """Return a name as it tells whether it is secret: ``KEY`` is an exchange's header, no field."""
    return name.upper() if kind in ("headers", "header") else name


def _join_values(name: str, values: list[Any]) -> str:
    texts = describe_values(name, values)
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def list_fields(part: Pattern) -> list[tuple[str, list[Any]]]:
    """Return the names a pattern asks for, each with its values."""
    if part.key == "cookies":
        return [(name, [MASK]) for name, _ in sorted(part.value)]
    if part.key == "files":
        return [
            (name, [ANY if one[0] is ANY else one[0] for one in part.value.get_list(name)])
            for name in part.value
        ]
    return [(name, part.value.get_list(name)) for name in dict.fromkeys(part.value.keys())]


def describe_values(name: str, values: Iterable[Any]) -> list[str]:
    """Return the values of one field as they are shown; those of a secret one are masked."""
    if looks_secret(name):
        return [MASK]
    return [
        "ANY" if is_any(value) else MASK if value == MASK else describe_value(value)
        for value in values
    ]


def is_any(value: object) -> bool:
    """Return whether a pattern's value stands for any other; some of respx's keep it as text."""
    return value is ANY or (isinstance(value, str) and value == str(ANY))


def names_secret(path: str) -> bool:
    """Return whether a path of JSON fields (``auth__token``) passes one that is secret."""
    return any(looks_secret(bit) for bit in path.split("__"))


def describe_value(value: Any, *, secret: bool = False) -> str:
    """Return a value in one short line, secrets masked."""
    return MASK if secret else shorten(show_value(value), _WIDTH)


def describe_part(part: Pattern) -> str:
    """Return the value of a part of the address as it is read: ``GET or POST``, ``/api/…``."""
    value, base = part.value, _show_base(part)
    if part.lookup is Lookup.IN:
        return " or ".join(show_text(f"{base}{one}", _WIDTH) for one in value)
    if part.lookup is Lookup.REGEX:
        text = f"like {show_text(str(value.pattern), _LONGEST_PATTERN)}"
        return f"{text} after {base}" if base else text
    if part.key == "url" and part.lookup is Lookup.EQUAL:
        return display_url(httpx.URL(value))
    return show_text(f"{base}{value}", LONGEST_URL) + (
        "…" if part.lookup is Lookup.STARTS_WITH else ""
    )


def _show_base(part: Pattern) -> str:
    base = part.base
    return base.value.rstrip("/") if base is not None and isinstance(base.value, str) else ""
