"""A request on its way to the routes: what a look-up asks for is at hand, the rest made on demand.

respx's patterns look at an ``httpx.Request``. To make one costs more than to find the route of
most requests, and nobody looks at most of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

# Each is bound here: a test may have put something else in its place by the time of a request.
from httpx import ByteStream, Request

from pytest_errcodes.simulation.address import Address, find_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import httpx

    Headers = Sequence[tuple[bytes, bytes]]


class Incoming:
    """A request on its way to the routes, whatever library sent it.

    Args:
        method: The HTTP method, in capitals.
        address: Where the request goes.
        headers: Name and value of each header, in order, or what tells them.
        body: The body, or httpx's stream of it whose bytes are at hand.
        extensions: What else httpx's patterns and users may look at, such as timeouts.

    Attributes:
        method: The HTTP method, in capitals.
        address: Where the request goes.
    """

    __slots__ = ("_body", "_extensions", "_headers", "_request", "address", "method")

    def __init__(
        self,
        method: str,
        address: Address,
        headers: Headers | Callable[[], Headers],
        body: bytes | httpx.ByteStream,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.address = address
        self._headers = headers
        self._body = body
        self._extensions = extensions
        self._request: httpx.Request | None = None

    @classmethod
    def of(cls, request: httpx.Request) -> Self:
        """Return a request that is httpx's already."""
        incoming = cls(request.method, Address(request.url), (), b"")
        incoming._request = request
        return incoming

    @classmethod
    def make(
        cls, method: str, url: str, headers: Iterable[tuple[str | bytes, str | bytes]], body: bytes
    ) -> Self:
        """Return a request by what any library knows of it; nothing of httpx's is made.

        Args:
            method: The HTTP method.
            url: The URL.
            headers: Name and value of each header, in order; what is text is Latin-1.
            body: The body.

        Raises:
            httpx.InvalidURL: The URL is none.
        """
        return cls(method.upper(), find_address(url), write_headers(headers), body)

    @property
    def request(self) -> httpx.Request:
        """The request as respx's patterns and calls look at it; always the same one."""
        if self._request is None:
            body = self._body
            self._request = Request(
                self.method,
                self.address.url,
                headers=self.headers,
                stream=ByteStream(body) if isinstance(body, bytes) else body,
                extensions=self._extensions,
            )
            self._request.read()
        return self._request

    @property
    def headers(self) -> Headers:
        """Name and value of each header, in order."""
        if self._request is not None:
            return self._request.headers.raw
        if callable(self._headers):
            self._headers = self._headers()
        return self._headers

    @property
    def body(self) -> bytes:
        """The body, all of it."""
        if self._request is not None:
            return self._request.content
        body = self._body
        return body if isinstance(body, bytes) else b"".join(body)


def write_headers(headers: Iterable[tuple[object, object]]) -> list[tuple[bytes, bytes]]:
    """Return headers as they go over the wire; what is text is Latin-1."""
    return [(_to_bytes(name), _to_bytes(value)) for name, value in headers]


def _to_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("latin-1", "replace")
