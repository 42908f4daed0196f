"""A request on its way to the routes: what a look-up asks for is at hand, the rest made on demand.

respx's patterns look at an ``httpx.Request``. To make one of httpcore's costs more than to find
the route of most requests, and nobody looks at most of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import httpx

if TYPE_CHECKING:
    import httpcore


class Address(NamedTuple):
    """Where a request goes: the parts of its URL by which routes are filed.

    Attributes:
        url: All of it.
        text: All of it, as text.
        path: The path, percent-decoded.
        host: The host name, in Unicode.
        scheme: Such as ``https``.
    """

    url: httpx.URL
    text: str
    path: str
    host: str
    scheme: str


class Incoming:
    """A request that is httpx's already.

    Attributes:
        method: The HTTP method, in capitals.
        address: Where it goes.
    """

    __slots__ = ("_known", "address", "method")

    def __init__(self, request: httpx.Request) -> None:
        self.method = request.method
        self.address = _parts(request.url)
        self._known = request

    @property
    def request(self) -> httpx.Request:
        """The request as respx's patterns and calls look at it."""
        return self._known

    def describe(self) -> str:
        """Return method and URL in one line, secrets masked."""
        from pytest_errcodes.simulation.findings.describe import describe_request

        return describe_request(self.request)


class Caught(Incoming):
    """A request that came to a pool of httpcore's; httpx's is made when it is looked at, once."""

    __slots__ = ("_caught", "_extensions", "_request")

    def __init__(self, request: httpcore.Request) -> None:  # no call of super: nothing is known yet
        url = request.url
        self.method = request.method.decode("ascii").upper()
        self.address = _address(url.scheme, url.host, url.port, url.target)
        self._request: httpx.Request | None = None
        self._caught = request
        self._extensions = dict(request.extensions)  # httpx's, who may send them again, changed

    @property
    def request(self) -> httpx.Request:
        """The request as respx's patterns and calls look at it."""
        if self._request is None:
            stream: httpx.ByteStream = self._caught.stream  # type: ignore[assignment]  # or another
            self._request = httpx.Request(
                self.method,
                self.address.url,
                headers=self._caught.headers,
                stream=stream,
                extensions=self._extensions,
            )
            if not self._streams:
                self._request.read()
        return self._request

    @property
    def _streams(self) -> bool:
        """Whether the body must be asked for: all but the bytes that httpx holds itself."""
        return type(self._caught.stream) is not httpx.ByteStream

    def read(self) -> None:
        """Read the body; whoever looks at the request of httpcore later finds it read."""
        if self._streams:
            self.request.read()
            self._caught.stream = self.request.stream

    async def aread(self) -> None:
        """Read the body as ``read`` does."""
        if self._streams:
            await self.request.aread()
            self._caught.stream = self.request.stream


@lru_cache(maxsize=1024)
def _address(scheme: bytes, host: bytes, port: int | None, target: bytes) -> Address:
    """Read an address of httpcore's; tests send to the same few again and again."""
    name = host.decode("ascii")
    bracketed = f"[{name}]" if ":" in name and not name.startswith("[") else name
    number = "" if port is None else f":{port}"
    text = f"{scheme.decode('ascii')}://{bracketed}{number}{target.decode('ascii')}"
    return _parts(httpx.URL(text))


def _parts(url: httpx.URL) -> Address:
    return Address(url, str(url), url.path, url.host, url.scheme)
