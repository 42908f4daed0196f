"""A request that was caught: what a look-up asks for is at hand, the rest is made when asked for.

respx's patterns look at an ``httpx.Request``. To make one of httpcore's costs more than to find
the route of most requests, and nobody looks at most of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

import httpx

if TYPE_CHECKING:
    import httpcore


class Address(NamedTuple):
    """Where a request goes: the parts of its URL by which routes are filed.

    Attributes:
        url: All of it.
        path: The path, without percent signs.
        host: The host name, in Unicode.
        scheme: ``https`` or another.
    """

    url: httpx.URL
    path: str
    host: str
    scheme: str


class Incoming:
    """One request on its way to the routes.

    Attributes:
        method: The HTTP method, such as ``POST``.
        address: Where it goes.
    """

    __slots__ = ("_caught", "_request", "address", "method")

    def __init__(
        self,
        method: str,
        address: Address,
        *,
        caught: httpcore.Request | None = None,
        request: httpx.Request | None = None,
    ) -> None:
        self.method = method
        self.address = address
        self._caught = caught
        self._request = request

    @classmethod
    def caught(cls, request: httpcore.Request) -> Incoming:
        """Return a request that came to httpcore's pool; its body is yet to be read."""
        url = request.url
        address = _address(url.scheme, url.host, url.port, url.target)
        return cls(request.method.decode("ascii"), address, caught=request)

    @classmethod
    def known(cls, request: httpx.Request) -> Incoming:
        """Return a request that is httpx's already."""
        return cls(request.method, _parts(request.url), request=request)

    @property
    def request(self) -> httpx.Request:
        """The request as respx's patterns and calls look at it; always the same one."""
        if self._request is None:
            caught = cast("httpcore.Request", self._caught)
            self._request = httpx.Request(
                self.method,
                self.address.url,
                headers=caught.headers,
                stream=cast("httpx.ByteStream", caught.stream),  # whatever it is, httpx can read it
                extensions=caught.extensions,
            )
            if isinstance(caught.stream, httpx.ByteStream):
                self._request.read()
        return self._request

    def read(self) -> None:
        """Read the body; whoever looks at the request of httpcore later finds it read."""
        if self._caught is not None and not isinstance(self._caught.stream, httpx.ByteStream):
            self.request.read()
            self._caught.stream = self.request.stream

    async def aread(self) -> None:
        """Read the body as ``read`` does."""
        if self._caught is not None and not isinstance(self._caught.stream, httpx.ByteStream):
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
    return Address(url, url.path, url.host, url.scheme)
