"""The client over requests."""

from __future__ import annotations

import requests

from ltp_client.transport import Answer, Request


class RequestsTransport:
    """Sends with ``requests.Session``."""

    def __init__(self) -> None:
        self._http = requests.Session()

    def send(self, request: Request) -> Answer:
        """Send one request, once."""
        # requests waits for ever unless it is told how long; httpx and aiohttp have a default.
        response = self._http.request(**request, timeout=5)
        return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
