"""A request on its way to the routes: what a look-up asks for is at hand, the rest made on demand.

respx's patterns look at an ``httpx.Request``. To make one costs more than to find the route of
most requests, and nobody looks at most of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

# Each is bound here: a test may have put something else in its place by the time of a request.
from httpx import ByteStream, Request

from pytest_errcodes.simulation.address import Address

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx

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
