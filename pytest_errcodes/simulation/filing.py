"""Where a route is filed: the keys under which alone a request can match it.

The same few addresses come back in test after test, and respx takes longer to parse one than to
answer a request to it. So what a method and a URL stand for is worked out once.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import ANY

from respx.patterns import (
    Host,
    Lookup,
    Method,
    Params,
    Path,
    Scheme,
    merge_patterns,
    parse_url_patterns,
)

from pytest_errcodes.simulation.adapters.respx_privates import And, Invert, Or
from pytest_errcodes.simulation.address import split_plain_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from respx.patterns import Pattern

Query = tuple[tuple[str, tuple[str, ...]], ...]
#: Path, method, host, query and scheme; None for a part that the pattern leaves open.
Key = tuple[str, str | None, str | None, Query | None, str | None]


#: Which of method, host, query and scheme are fixed.
Form = tuple[bool, bool, bool, bool]

_ROOT = Path("/")


class Filing(NamedTuple):
    """How a pattern is found again.

    Attributes:
        identity: What equal patterns share in respx; None where a value has no hash, as a list.
        keys: The keys under which alone a request can match; none if it must be searched.
        form: Which of method, host, query and scheme the keys fix.
        decides: Whether every request under one of the keys does match.
    """

    identity: int | None
    keys: frozenset[Key]
    form: Form
    decides: bool


def file_pattern(pattern: Pattern) -> Filing:
    """Work out where a pattern is filed."""
    parts = list(list_parts(pattern))
    fixed: dict[type[Pattern], str] = {}
    query: Query | None = None
    paths: set[str] = set()
    for part in parts:
        kind = type(part)
        if part.lookup is not Lookup.EQUAL:
            continue
        if kind is Path:
            if isinstance(part.value, str):
                paths = _list_paths(part)
        elif part.base is not None:
            continue
        elif kind in (Method, Host, Scheme):
            if isinstance(part.value, str):
                fixed[kind] = part.value
        elif kind is Params:
            query = _find_query(part.value)
    method, host, scheme = fixed.get(Method), fixed.get(Host), fixed.get(Scheme)
    keys = frozenset([(path, method, host, query, scheme) for path in paths])
    form = (method is not None, host is not None, query is not None, scheme is not None)
    # The keys say all if each part of the pattern is fixed once; a query is always left to respx.
    decides = len(parts) == len(fixed) + 1
    return Filing(identify_pattern(pattern), keys, form, decides)


@lru_cache(maxsize=4096)
def file_address(method: str, url: str | None, base_url: str | None) -> tuple[Pattern, Filing]:
    """Return respx's pattern for a method and a URL, and where it is filed."""
    pattern = merge_patterns(_make_method_pattern(method), **_make_url_patterns(url))
    if base_url is not None:
        pattern = merge_patterns(pattern, **list_base_patterns(base_url))
    return pattern, file_pattern(pattern)


@lru_cache(maxsize=64)
def _make_method_pattern(method: str) -> Pattern:
    return Method(method)  # can be shared: a base URL changes no pattern of methods


def _make_url_patterns(url: str | None) -> dict[str, Pattern]:
    """Return respx's patterns for a URL; for most, without its detour by two URLs of httpx's."""
    plain = _split_plain(url) if url else None
    if plain is None:
        return parse_url_patterns(url)
    scheme, host, path = plain
    path_pattern = Path.__new__(Path)
    vars(path_pattern).update(vars(_ROOT), value=path)
    patterns: dict[str, Pattern] = {Path.key: path_pattern}
    if scheme is not None:
        patterns = {Scheme.key: Scheme(scheme), Host.key: Host(host), **patterns}
    return patterns


def _split_plain(url: str) -> tuple[str | None, str | None, str] | None:
    """Return scheme, host and path of a URL, or of a path alone, that needs no parsing."""
    whole = url[0] != "/"
    plain = split_plain_url(url if whole else f"https://example.com{url}")
    if plain is None or plain[3] is not None or "//" in plain[2]:
        return None
    scheme, host, path, _ = plain
    return (scheme, host, path) if whole else (None, None, path)


@lru_cache(maxsize=256)
def list_base_patterns(base_url: str | None) -> dict[str, Pattern]:
    """Return respx's patterns for a base URL; not to be changed by the caller."""
    return parse_url_patterns(base_url, exact=False)


def list_parts(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the parts that must all match; alternatives and negations are one part each."""
    waiting = [pattern]
    while waiting:
        part = waiting.pop()
        if type(part) is And:
            waiting += part.value[::-1]
        elif part:
            yield part


def copy_pattern(pattern: Pattern) -> Pattern:
    """Return a copy whose parts can get a base: respx writes it into the parts themselves.

    Without it, a pattern that is used twice keeps the base of the first router it came to.
    """
    twin = copy(pattern)
    if isinstance(pattern, (And, Or)):
        twin.value = tuple(copy_pattern(part) for part in pattern.value)
    elif isinstance(pattern, Invert):
        twin.value = copy_pattern(pattern.value)
    return twin


def list_query(params: httpx.QueryParams) -> Query:
    """Return a query in the form in which respx compares it."""
    return tuple((name, tuple(params.get_list(name))) for name in sorted(params.keys()))


def identify_pattern(pattern: Pattern) -> int | None:
    """Return what equal patterns share in respx; None where a value has no hash, as a list."""
    try:
        return hash(pattern)
    except TypeError:
        return None


def _list_paths(part: Pattern) -> set[str]:
    """Return the paths that fit; respx strips a base with or without its last slash."""
    path = str(part.value)
    if part.base is None:
        return {path}
    base = str(part.base.value)
    return {base + path} if path.startswith("//") else {base + path, base + path[1:]}


def _find_query(params: httpx.QueryParams) -> Query | None:
    """Return the query to look up, or None where a value stands for any other."""
    query = list_query(params)
    anything = any(value == str(ANY) for _, values in query for value in values)
    return None if anything else query
