"""What the tests share: the client over each library, with a sleep that only notes how long."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

import pytest
from ltp_client import AsyncClient, Client, Order, Signer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from ltp_client.transport import AsyncTransport

BASE_URL = "https://api.example.com"

#: What the client is tested over: each of these that is installed. httpx comes with the plugin.
LIBRARIES = ("httpx", "requests", "aiohttp")
INSTALLED = [name for name in LIBRARIES if find_spec(name)]


def pytest_report_header() -> str:
    """Say in the first lines of a run which libraries it does not cover."""
    missing = ", ".join(name for name in LIBRARIES if name not in INSTALLED) or "none"
    return f"the client over: {', '.join(INSTALLED)}; not installed: {missing}"


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


@pytest.fixture(params=INSTALLED)
def client(
    request: pytest.FixtureRequest, signer: Signer, pauses: list[float]
) -> Iterator[Client | BlockingClient]:
    """The client under test, over one library after the other."""
    if request.param == "aiohttp":
        from ltp_client.over_aiohttp import AiohttpTransport

        with BlockingClient(
            lambda: make_async_client(signer, pauses, AiohttpTransport())
        ) as client:
            yield client
        return
    if request.param == "requests":
        from ltp_client.over_requests import RequestsTransport as Transport
    else:
        from ltp_client.over_httpx import HttpxTransport as Transport
    with Client(BASE_URL, signer, sleep=pauses.append, transport=Transport()) as client:
        yield client


@pytest.fixture
async def async_client(signer: Signer, pauses: list[float]) -> AsyncIterator[AsyncClient]:
    """The async client under test over httpx, for tests that are coroutines themselves."""
    async with make_async_client(signer, pauses) as client:
        yield client


def make_async_client(
    signer: Signer, pauses: list[float], transport: AsyncTransport | None = None
) -> AsyncClient:
    """Return an async client that notes its pauses."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    return AsyncClient(BASE_URL, signer, sleep=sleep, transport=transport)


class BlockingClient:
    """An async client behind the methods of the sync one: each call runs its coroutine to the end.

    Args:
        make: Makes the client; called where the event loop runs.
    """

    def __init__(self, make: Callable[[], AsyncClient]) -> None:
        self._make = make
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        self._client = self._runner.run(self._open())
        return self

    def __exit__(self, *failure: object) -> None:
        with self._runner:
            self._runner.run(self._client.__aexit__(*failure))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)
        return lambda *args, **options: self._runner.run(method(*args, **options))

    async def _open(self) -> AsyncClient:
        return await self._make().__aenter__()
