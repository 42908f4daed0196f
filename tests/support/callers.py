"""httpx clients that a test calls the same way, whether they are asynchronous or not."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

API = "https://api.example.com"


class SyncCaller:
    """Sends each request with a synchronous client of its own."""

    def client(self, **options: Any) -> httpx.Client:
        """Return a client."""
        return httpx.Client(base_url=API, **options)

    def __call__(self, method: str, url: str = "/", *, client: Any = (), **options: Any) -> Any:
        """Send one request, with options for the client and for the request."""
        with self.client(**dict(client)) as caller:
            return caller.request(method, url, **options)

    def mock_transport(self, router: Any) -> httpx.MockTransport:
        """Return a transport that asks a router."""
        return httpx.MockTransport(router.handler)


class AsyncCaller:
    """Sends each request with an asynchronous client of its own, in a loop of its own."""

    def client(self, **options: Any) -> httpx.AsyncClient:
        """Return a client."""
        return httpx.AsyncClient(base_url=API, **options)

    def __call__(self, method: str, url: str = "/", *, client: Any = (), **options: Any) -> Any:
        """Send one request, with options for the client and for the request."""

        async def send() -> httpx.Response:
            async with self.client(**dict(client)) as caller:
                return await caller.request(method, url, **options)

        return asyncio.run(send())

    def mock_transport(self, router: Any) -> httpx.MockTransport:
        """Return a transport that asks a router."""
        return httpx.MockTransport(router.async_handler)


CALLERS = {"sync": SyncCaller(), "async": AsyncCaller()}
