"""What a transport is: one library sends a request, and says what came back, unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping


class Request(TypedDict):
    """What is to be sent, under the names that httpx, requests and aiohttp have for it."""

    method: str
    url: str
    headers: dict[str, str]
    params: dict[str, str] | None
    json: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        http_status: The HTTP status.
        headers: The headers; their names are looked up in any case.
        body: The bytes of the body.
    """

    http_status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Sends with a synchronous library, whose errors it lets through."""

    def send(self, request: Request) -> Answer:
        """Send one request, once."""

    def close(self) -> None:
        """Close the connections."""


class AsyncTransport(Protocol):
    """Sends with an asynchronous library, whose errors it lets through."""

    async def send(self, request: Request) -> Answer:
        """Send one request, once."""

    async def close(self) -> None:
        """Close the connections."""
