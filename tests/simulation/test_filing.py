"""Where a route is filed, and that its pattern is respx's, whoever made it."""

from __future__ import annotations

import httpx
import pytest
from respx.patterns import M, merge_patterns, parse_url_patterns

from pytest_errcodes.simulation.filing import file_address, file_pattern

API = "https://api.example.com"
URLS = [
    "/a", "/", "/a/", "//a", "/a//b", "/a/../b", "/a b", "/é", "/a%20b", "/a?b=1", "/A/b-c_d.e~f",
    "a", "a/b", "", None, "all", "all://*.example.com/a", "//api.example.com/a", "*",
    API, f"{API}/", f"{API}/a", f"{API}//a", f"{API}/a/b.json", f"{API}/a?b=1", f"{API}:8443/a",
    f"{API}:443/a", "http://api.example.com/a", "https://API.example.com/a",
    "https://bücher.example/a", "https://localhost/a", "https://127.0.0.1/a", "https://[::1]/a",
]  # fmt: skip


def parts(pattern):
    """Return all that is in a pattern, its bases too."""
    return [(type(one), one.lookup, one.value, repr(one.base)) for one in pattern]


@pytest.mark.parametrize("base_url", [None, API, f"{API}/v1"])
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("method", ["GET", "post"])
def test_same_pattern_as_respx(method, url, base_url):
    """The pattern of a method and a URL is that of respx, and filed where that is."""
    bases = parse_url_patterns(base_url, exact=False)
    theirs = merge_patterns(M(method=method, url=url), **bases)
    ours, filing = file_address(method, url, base_url)
    assert (parts(ours), repr(ours), hash(ours)) == (parts(theirs), repr(theirs), hash(theirs))
    assert filing == file_pattern(theirs)


def test_no_url_is_parsed_for_a_plain_address(monkeypatch):
    """A plain address costs none of httpx's URLs, which take longer than all the rest."""
    parsed = []
    monkeypatch.setattr(httpx, "URL", lambda *parts: parsed.append(parts))
    file_address("PUT", f"{API}/never/parsed", None)
    file_address("PUT", "/never/parsed", None)
    assert parsed == []
