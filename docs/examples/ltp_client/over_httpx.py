"""The client over httpx, sync and async."""

from __future__ import annotations

import httpx

from ltp_client.transport import Answer, Request


class HttpxTransport:
    """Sends with ``httpx.Client``, through the given transport of httpx if there is one."""

    def __init__(self, *, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(transport=transport)

    def send(self, request: Request) -> Answer:
        """Send one request, once."""
        response = self._http.request(**request)
        return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


class AsyncHttpxTransport:
    """Sends with ``httpx.AsyncClient``."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient()

    async def send(self, request: Request) -> Answer:
        """Send one request, once."""
        response = await self._http.request(**request)
        return Answer(response.status_code, response.headers, response.content)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
