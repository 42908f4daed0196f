"""A request on its way to the routes: what a look-up asks for is at hand, the rest made on demand.

respx's patterns look at an ``httpx.Request``. To make one costs more than to find the route of
most requests, and nobody looks at most of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

# Each is bound here: a test may have put something else in its place by the time of a request.
from httpx import URL, ByteStream, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

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


_NOTHING = ByteStream(b"")


class Incoming:
    """A request on its way to the routes, whatever library sent it.

    Args:
        method: The HTTP method, in capitals.
        address: Where the request goes.
        headers: Name and value of each header, in order.
        body: The body, whose bytes are at hand.
        extensions: What else httpx's patterns and users may look at, such as timeouts.

    Attributes:
        method: The HTTP method, in capitals.
        address: Where the request goes.
    """

    __slots__ = ("_extensions", "_headers", "_request", "_stream", "address", "method")

    def __init__(
        self,
        method: str,
        address: Address,
        headers: Sequence[tuple[bytes, bytes]],
        body: httpx.ByteStream,
        extensions: dict[str, Any],
    ) -> None:
        self.method = method
        self.address = address
        self._headers = headers
        self._stream = body
        self._extensions = extensions
        self._request: httpx.Request | None = None

    @classmethod
    def of(cls, request: httpx.Request) -> Self:
        """Return a request that is httpx's already."""
        incoming = cls(request.method, Address(request.url), (), _NOTHING, {})
        incoming._request = request
        return incoming

    @property
    def request(self) -> httpx.Request:
        """The request as respx's patterns and calls look at it; always the same one."""
        if self._request is None:
            self._request = Request(
                self.method,
                self.address.url,
                headers=self._headers,
                stream=self._stream,
                extensions=self._extensions,
            )
            self._request.read()
        return self._request

    @property
    def headers(self) -> Sequence[tuple[bytes, bytes]]:
        """Name and value of each header, in order."""
        return self._headers if self._request is None else self._request.headers.raw

    @property
    def body(self) -> bytes:
        """The body, all of it."""
        return b"".join(self._stream) if self._request is None else self._request.content
