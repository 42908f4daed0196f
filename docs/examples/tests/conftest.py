"""What the tests share: the two clients, with a sleep that only notes how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ltp_client import AsyncClient, Client, Order, Signer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

BASE_URL = "https://api.example.com"


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the async tests; anyio's plugin, which httpx brings, asks for it."""
    return "asyncio"


@pytest.fixture
def signer() -> Signer:
    """A signer whose nonce stands still."""
    return Signer("my-key", "my-secret", nonce=lambda: "1700000000")


@pytest.fixture
def order() -> Order:
    """An order that the client can place."""
    return Order("BINANCE_PERP_BTC_USDT", "BUY", "0.01", "60000", client_order_id="first1")


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that the client made, in seconds."""
    return []


@pytest.fixture
def client(signer: Signer, pauses: list[float]) -> Iterator[Client]:
    """The client under test."""
    with Client(BASE_URL, signer, sleep=pauses.append) as client:
        yield client


@pytest.fixture
async def async_client(signer: Signer, pauses: list[float]) -> AsyncIterator[AsyncClient]:
    """The async client under test."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with AsyncClient(BASE_URL, signer, sleep=sleep) as client:
        yield client
