"""The client over aiohttp."""

from __future__ import annotations

import aiohttp

from ltp_client.transport import Answer, Request


class AiohttpTransport:
    """Sends with ``aiohttp.ClientSession``; made where an event loop runs."""

    def __init__(self) -> None:
        self._http = aiohttp.ClientSession()

    async def send(self, request: Request) -> Answer:
        """Send one request, once."""
        async with self._http.request(**request) as response:
            return Answer(response.status, response.headers, await response.read())

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()
