"""The two clients; all they do not share is the await."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ltp_client import calls
from ltp_client.answers import read_answer
from ltp_client.errors import RateLimitedError
from ltp_client.over_httpx import AsyncHttpxTransport, HttpxTransport
from ltp_client.retry import STANDARD, Retry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ltp_client.calls import Call, Fields, Order
    from ltp_client.signing import Signer
    from ltp_client.transport import AsyncTransport, Request, Transport

T = TypeVar("T")


class Client:
    """The API, sync; a context manager that closes its connections.

    Args:
        base_url: Scheme and host, such as ``https://api.example.com``.
        signer: Signs each request.
        retry: How a rate limit is met.
        sleep: Waits so many seconds.
        transport: Sends the requests; over httpx unless given.
    """

    def __init__(
        self,
        base_url: str,
        signer: Signer,
        *,
        retry: Retry = STANDARD,
        sleep: Callable[[float], object] = time.sleep,
        transport: Transport | None = None,
    ) -> None:
        self._base_url = base_url
        self._signer = signer
        self._transport = transport or HttpxTransport()
        self._retry = retry
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    def place_order(self, order: Order) -> Fields:
        """Place an order; return its ``orderId`` and ``clientOrderId``."""
        return self._send(calls.place_order(order))

    def query_order(
        self, order_id: str | None = None, *, client_order_id: str | None = None
    ) -> Fields:
        """Return the order with this id."""
        return self._send(calls.query_order(order_id, client_order_id))

    def cancel_order(
        self, order_id: str | None = None, *, client_order_id: str | None = None
    ) -> Fields:
        """Cancel the order with this id; return its ids."""
        return self._send(calls.cancel_order(order_id, client_order_id))

    def set_leverage(self, symbol: str, leverage: int) -> Fields:
        """Set the leverage of a symbol; return what is in force now."""
        return self._send(calls.set_leverage(symbol, leverage))

    def list_portfolios(self) -> list[Fields]:
        """Return the portfolios of the account."""
        return self._send(calls.list_portfolios())

    def _send(self, call: Call[T]) -> T:
        for pause in self._retry.planned(call):
            try:
                return self._send_once(call)
            except RateLimitedError as error:
                self._sleep(self._retry.seconds(error, pause))
        return self._send_once(call)

    def _send_once(self, call: Call[T]) -> T:
        request = make_request(call, self._base_url, self._signer)
        return read_answer(self._transport.send(request), call.result)


class AsyncClient:
    """The API, async; an async context manager that closes its connections.

    Args:
        base_url: Scheme and host, such as ``https://api.example.com``.
        signer: Signs each request.
        retry: How a rate limit is met.
        sleep: Waits so many seconds.
        transport: Sends the requests; over httpx unless given.
    """

    def __init__(
        self,
        base_url: str,
        signer: Signer,
        *,
        retry: Retry = STANDARD,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        transport: AsyncTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._signer = signer
        self._transport = transport or AsyncHttpxTransport()
        self._retry = retry
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.close()

    async def place_order(self, order: Order) -> Fields:
        """Place an order; return its ``orderId`` and ``clientOrderId``."""
        return await self._send(calls.place_order(order))

    async def query_order(
        self, order_id: str | None = None, *, client_order_id: str | None = None
    ) -> Fields:
        """Return the order with this id."""
        return await self._send(calls.query_order(order_id, client_order_id))

    async def cancel_order(
        self, order_id: str | None = None, *, client_order_id: str | None = None
    ) -> Fields:
        """Cancel the order with this id; return its ids."""
        return await self._send(calls.cancel_order(order_id, client_order_id))

    async def set_leverage(self, symbol: str, leverage: int) -> Fields:
        """Set the leverage of a symbol; return what is in force now."""
        return await self._send(calls.set_leverage(symbol, leverage))

    async def list_portfolios(self) -> list[Fields]:
        """Return the portfolios of the account."""
        return await self._send(calls.list_portfolios())

    async def _send(self, call: Call[T]) -> T:
        for pause in self._retry.planned(call):
            try:
                return await self._send_once(call)
            except RateLimitedError as error:
                await self._sleep(self._retry.seconds(error, pause))
        return await self._send_once(call)

    async def _send_once(self, call: Call[T]) -> T:
        request = make_request(call, self._base_url, self._signer)
        return read_answer(await self._transport.send(request), call.result)


def make_request(call: Call[Any], base_url: str, signer: Signer) -> Request:
    """Return the signed request of a call; a repeated call needs another one."""
    return {
        "method": call.method,
        "url": base_url + call.path,
        "headers": signer.headers(call.params),
        "params": call.query,
        "json": call.body,
    }
