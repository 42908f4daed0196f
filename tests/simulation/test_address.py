"""An address is what httpx makes of it, whether or not httpx is asked."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_errcodes.simulation import address as module
from pytest_errcodes.simulation.address import Address, name_url, split_plain_url

HOSTS = [
    "api.example.com", "a-1.b.example", "127.0.0.1", "1.2", "localhost", "xn--bcher-kva.example",
    "API.example.com", "bücher.example", "a_b.example.com", "[::1]", "a..com", "x.xn--p1ai",
]  # fmt: skip
hosts = st.sampled_from(HOSTS)
pieces = st.sampled_from([*"/aB7-_.~ é:+;=@", "%20", "%2f", "%zz"])
texts = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ws"]),
    hosts,
    st.sampled_from(["", ":80", ":443", ":8443", ":0443"]),
    st.one_of(st.just(""), st.lists(pieces, max_size=6).map("".join).map("/{}".format)),
    st.sampled_from(["", "?", "?a=1", "?a=1&b", "?a=%20", "?a=b c", "?é", "?a=1#b", "#b"]),
)


def told(address):
    """Return all that an address tells."""
    return address.text, address.scheme, address.host, address.path, address.url


@settings(max_examples=400)
@given(texts)
def test_same_as_httpx(text):
    """All that an address tells is what httpx's own URL tells."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        with pytest.raises(httpx.InvalidURL):
            Address.read(text)
    else:
        assert told(Address.read(text)) == told(Address(url))


@pytest.mark.parametrize("query", ["", "?a=1&b=x-y_z.~"])
def test_plain(monkeypatch, query):
    """A plain address is not parsed by httpx until somebody asks for it."""
    parsed = []
    monkeypatch.setattr(module, "URL", lambda text: parsed.append(text) or httpx.URL(text))
    text = f"https://api.example.com/api/v1//order{query}"
    address = Address.read(text)
    assert (address.text, address.scheme, address.host) == (text, "https", "api.example.com")
    assert (address.path, parsed) == ("/api/v1//order", [])
    assert address.url is address.url == httpx.URL(text)
    assert parsed == [text]


@pytest.mark.parametrize(
    "text",
    [
        "https://api.example.com",
        "https://api.example.com/a/../b",
        "https://api.example.com/.",
        "https://api.example.com/a%20b",
        "https://api.example.com:443/a",
        "https://1.2.3.4/a",
        "https://xn--bcher-kva.example/a",
        "https://API.example.com/a",
        "https://user@example.com/a",
        "https://example.com/a#b",
        "https://example.com/a?",
        "/a",
        "ws://example.com/a",
        "https://example.com/a\n",
    ],
)
def test_not_plain(text):
    """What httpx writes otherwise, or reads otherwise than it stands there, is left to httpx."""
    assert split_plain_url(text) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("https://u:p@api.example.com:443/a?b#c", "https://api.example.com/a?b"),
        ("https://api.example.com/a?q=\r\n", "https://api.example.com/a?q=%0D%0A"),
        ("https://api.example.com/" + "a" * 70_000, "https://api.example.com/" + "a" * 59_976),
        ("mock://anything", "mock://anything/"),
        ("https://api.example.com:port/\x00", "https://api.example.com:port/\x00"),
    ],
    ids=["plain", "control", "long", "scheme", "none"],
)
def test_named(text, named):
    """Any library's URL has a name, whatever httpx would say of it."""
    assert name_url(text) == named
