"""Where a request goes, parsed as far as the look-up of its route needs it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from httpx import URL  # bound here: a test may have put something else in its place by then

if TYPE_CHECKING:
    import httpx

#: A URL that httpx takes as it is: nothing to decode, no port, a host that is no number.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+)(/[\w/.~-]*)(\?[\w.~=&-]+)?", re.ASCII
)

#: What httpx's URLs may not hold, and how long they may be.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 60_000
#: The ports that no URL has to name.
_PORTS = {"http": 80, "https": 443}


def split_plain_url(text: str) -> tuple[str, str, str, str | None] | None:
    """Return scheme, host, path and query of a URL; None where that takes httpx's parser.

    httpx takes 20 microseconds for each, and most that a test names are plain.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is None or "/." in text or "xn--" in text:
        return None
    scheme, host, path, query = plain.groups()
    return scheme, host, path, query


class Address:
    """Where a request goes: the parts of its URL by which routes are filed.

    Attributes:
        text: All of it, as text.
        scheme: Such as ``https``.
        host: The host name, in Unicode.
        path: The path, percent-decoded.
    """

    __slots__ = ("_url", "host", "path", "scheme", "text")

    def __init__(self, url: httpx.URL) -> None:
        self.text = str(url)
        self.scheme = url.scheme
        self.host = url.host
        self.path = url.path
        self._url: httpx.URL | None = url

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an address; httpx parses it on demand, if that is not needed before."""
        plain = split_plain_url(text)
        if plain is None:
            return cls(URL(text))
        address = cls.__new__(cls)
        address.text = text
        address.scheme, address.host, address.path, _ = plain
        address._url = None  # noqa: SLF001  # its own
        return address

    @property
    def url(self) -> httpx.URL:
        """The address as httpx's own."""
        if self._url is None:
            self._url = URL(self.text)
        return self._url


@lru_cache(maxsize=1024)
def find_address(text: str) -> Address:
    """Return the address of a URL as its client wrote it, as it goes over the wire.

    Tests send to the same few again and again. What does not go over the wire is left out: user
    and password, a fragment, the scheme's own port.

    Raises:
        httpx.InvalidURL: It is none.
    """
    if split_plain_url(text) is not None:
        return Address.read(text)
    url = URL(text)
    return Address(url.copy_with(userinfo=b"", fragment=None, raw_path=url.raw_path))


@lru_cache(maxsize=1024)
def join_address(scheme: str, host: str, port: int | None, target: str) -> Address:
    """Return the address of a request by what its library's connection knows.

    Args:
        scheme: Such as ``https``.
        host: The host's name or number; an IPv6 address with or without its brackets.
        port: The port; None for the scheme's own.
        target: What stands in the request's first line: path and query, or the whole URL where
            the request goes to a proxy.
    """
    return find_address(_join_url(scheme, host, port, target))


def name_url(text: str) -> str:
    """Return a URL as what answers it is told by; what cannot be one is escaped and cut."""
    for one in (text[:_LONGEST], _CONTROL.sub(_escape, text)[:_LONGEST]):
        try:
            return find_address(one).text
        except Exception:  # noqa: BLE001, S112  # a library may take what httpx calls no URL
            continue
    return text


def name_joined_url(scheme: str, host: str, port: int | None, target: str) -> str:
    """Return the same by what its library's connection knows; see ``join_address``."""
    return name_url(_join_url(scheme, host, port, target))


def _join_url(scheme: str, host: str, port: int | None, target: str) -> str:
    if target[:1] not in ("/", "?", "*", "") and "://" in target:
        return target
    bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
    number = "" if port is None or port == _PORTS.get(scheme) else f":{port}"
    path = target if target[:1] == "/" else f"/{target.removeprefix('*')}"
    return f"{scheme}://{bracketed}{number}{path}"


def _escape(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
