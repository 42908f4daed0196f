"""Where a request goes, parsed as far as the look-up of its route needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from httpx import URL  # bound here: a test may have put something else in its place by then

if TYPE_CHECKING:
    import httpx

#: A URL that httpx takes as it is: nothing to decode, no port, a host that is no number.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+)(/[\w/.~-]*)(\?[\w.~=&-]+)?", re.ASCII
)


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
