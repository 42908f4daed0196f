"""The async client, under anyio's plugin; pytest-asyncio works the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ltp_client import PortfolioError

from pytest_errcodes import raises_code

if TYPE_CHECKING:
    from ltp_client import AsyncClient, Order

    from pytest_errcodes import CodeRouter

pytestmark = pytest.mark.anyio


async def test_error_surfaces(errcodes: CodeRouter, async_client: AsyncClient) -> None:
    """The same routes answer, and the same helpers assert."""
    errcodes.get("/api/v1/portfolios").reply(402006)
    with raises_code(402006, exception=PortfolioError):
        await async_client.list_portfolios()


@pytest.mark.expects_code(100429)
async def test_write_is_never_repeated(
    errcodes: CodeRouter, async_client: AsyncClient, order: Order
) -> None:
    """The exception that leaves a coroutine is judged like any other, and a second request too."""
    errcodes.post("/api/v1/trading/order").reply(100429)
    await async_client.place_order(order)


@pytest.mark.expects_code(100429, surfaced=False)
async def test_read_is_repeated(errcodes: CodeRouter, async_client: AsyncClient) -> None:
    """The retry rule is the one of the sync client: its caller must not see the code."""
    errcodes.get("/api/v1/portfolios").reply(100429).then(200000, data=[])
    assert await async_client.list_portfolios() == []
