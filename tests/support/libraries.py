"""HTTP libraries that a test uses the same way: one more is one class and one row."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import aiohttp
import httpx
import httpx2
import requests
import urllib3

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping


class Received(NamedTuple):
    """A response, in the same terms whatever library it is of.

    Attributes:
        status: The HTTP status.
        headers: The headers, with names in lower case.
        body: The body, as the client reads it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class Library:
    """A library.

    Attributes:
        errors: What it raises for each kind of fault, and for a request that no route matches.
    """

    errors: ClassVar[Mapping[str, type[Exception]]]

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request with a client of its own."""
        raise NotImplementedError

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of the body of one answer."""
        raise NotImplementedError


def lower(headers: Any) -> dict[str, str]:
    """Return headers with names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def _list_errors(module: Any) -> dict[str, type[Exception]]:
    return {
        "connect": module.ConnectError,
        "connect-timeout": module.ConnectTimeout,
        "read-timeout": module.ReadTimeout,
        "closed": module.RemoteProtocolError,
        "broken": module.ReadError,
    }


class Httpx(Library):
    """httpx, synchronous."""

    module: ClassVar[Any] = httpx
    errors: ClassVar = _list_errors(httpx)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""
        response = self.module.request(method, url, headers=headers, content=body)
        return Received(response.status_code, lower(response.headers), response.content)

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""
        with self.module.stream("GET", url) as response:
            yield from response.iter_bytes()


class Httpx2(Httpx):
    """httpx2, synchronous."""

    module: ClassVar[Any] = httpx2
    errors: ClassVar = _list_errors(httpx2)


class AsyncHttpx2(Httpx2):
    """httpx2, asynchronous, in a loop of its own for each request."""

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""

        async def send() -> httpx2.Response:
            content = body if body is None or isinstance(body, bytes) else _yield_later(body)
            async with httpx2.AsyncClient() as client:
                return await client.request(method, url, headers=headers, content=content)

        response = asyncio.run(send())
        return Received(response.status_code, lower(response.headers), response.content)

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""

        async def read() -> list[bytes]:
            async with httpx2.AsyncClient() as client, client.stream("GET", url) as response:
                return [part async for part in response.aiter_bytes()]

        yield from asyncio.run(read())


async def _yield_later(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


class Requests(Library):
    """requests."""

    errors: ClassVar = {
        "connect": requests.ConnectionError,
        "connect-timeout": requests.ConnectTimeout,
        "read-timeout": requests.ReadTimeout,
        "closed": requests.ConnectionError,
        "broken": requests.ConnectionError,
    }

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""
        response = requests.request(
            method, url, headers=dict(headers), data=body, allow_redirects=False, timeout=5
        )
        return Received(response.status_code, lower(response.headers), response.content)

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""
        with requests.get(url, stream=True, timeout=5) as response:
            yield from response.iter_content(5)


class Urllib3(Library):
    """urllib3, without retries."""

    errors: ClassVar = {
        "connect": urllib3.exceptions.NewConnectionError,
        "connect-timeout": urllib3.exceptions.ConnectTimeoutError,
        "read-timeout": urllib3.exceptions.ReadTimeoutError,
        "closed": urllib3.exceptions.ProtocolError,
        "broken": urllib3.exceptions.ProtocolError,
    }

    package: Any = urllib3

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""
        with self.package.PoolManager() as pools:
            response = pools.request(method, url, headers=headers, body=body, retries=False)
        return Received(response.status, lower(response.headers), response.data)

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""
        with self.package.PoolManager() as pools:
            response = pools.request("GET", url, preload_content=False, retries=False)
            yield from response.stream(5)


def copy_package(package: Any, name: str) -> Any:
    """Return a package imported once more under another name, as an SDK has one inside of it."""
    folder = str(Path(package.__file__).parent)
    spec: Any = spec_from_file_location(name, package.__file__, submodule_search_locations=[folder])
    sys.modules[name] = copied = module_from_spec(spec)
    spec.loader.exec_module(copied)
    return copied


class CopiedUrllib3(Urllib3):
    """A copy of urllib3 that an SDK has inside of it: caught in http.client, as nobody knows it."""

    package = copy_package(urllib3, "copied_urllib3")
    errors: ClassVar = {
        "connect": package.exceptions.ProtocolError,
        "connect-timeout": package.exceptions.ProtocolError,
        "read-timeout": package.exceptions.ReadTimeoutError,
        "closed": package.exceptions.ProtocolError,
        "broken": package.exceptions.ProtocolError,
    }


class UrllibRequest(Library):
    """urllib.request, and so http.client."""

    errors: ClassVar = {
        "connect": urllib.error.URLError,
        "connect-timeout": urllib.error.URLError,
        "read-timeout": TimeoutError,
        "closed": ConnectionError,
        "broken": ConnectionError,
    }

    def open(self, request: urllib.request.Request) -> Any:
        """Return the response, though it is an error's."""
        try:
            return urllib.request.urlopen(request, timeout=5)  # a route answers
        except urllib.error.HTTPError as error:
            return error

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""
        request = urllib.request.Request(
            url, data=body, headers=dict(headers), method=method
        )  # a route answers
        with self.open(request) as response:
            return Received(response.status, lower(response.headers), response.read())

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""
        with self.open(urllib.request.Request(url)) as response:  # a route answers
            while part := response.read(5):
                yield part


class Aiohttp(Library):
    """aiohttp, each request in a loop of its own."""

    errors: ClassVar = {
        "connect": aiohttp.ClientConnectorError,
        "connect-timeout": aiohttp.ServerTimeoutError,
        "read-timeout": aiohttp.ServerTimeoutError,
        "closed": aiohttp.ServerDisconnectedError,
        "broken": aiohttp.ClientOSError,
    }

    def send(self, method: str, url: str, headers: Mapping[str, str], body: Any) -> Received:
        """Send one request."""

        async def parts() -> AsyncIterator[bytes]:
            for part in body:
                yield part

        async def send() -> Received:
            data = body if body is None or isinstance(body, bytes) else parts()
            async with (
                aiohttp.ClientSession() as session,
                session.request(method, url, headers=headers, data=data) as response,
            ):
                return Received(response.status, lower(response.headers), await response.read())

        return asyncio.run(send())

    def stream(self, url: str) -> Iterator[bytes]:
        """Yield the parts of one body."""

        async def read() -> list[bytes]:
            async with aiohttp.ClientSession() as session, session.get(url) as response:
                return [part async for part in response.content.iter_chunked(5)]

        yield from asyncio.run(read())


LIBRARIES = {
    "httpx": Httpx(),
    "httpx2": Httpx2(),
    "httpx2, asynchronous": AsyncHttpx2(),
    "requests": Requests(),
    "urllib3": Urllib3(),
    "urllib3, a copy": CopiedUrllib3(),
    "urllib.request": UrllibRequest(),
    "aiohttp": Aiohttp(),
}
