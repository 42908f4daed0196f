"""Each documented code surfaces: a few lines for the whole catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ltp_client
import pytest
from ltp_client.answers import SUCCESS
from ltp_client.errors import ApiError, error_class

from pytest_errcodes import raises_code

if TYPE_CHECKING:
    from ltp_client import AsyncClient, Client, Order

    from pytest_errcodes import Catalog, CodeRouter, ErrorCode

CLASSES: dict[str, type[ApiError]] = {
    "common": ltp_client.CommonError,
    "authentication": ltp_client.AuthenticationError,
    "trading": ltp_client.TradingError,
    "algo": ltp_client.AlgoError,
    "portfolio": ltp_client.PortfolioError,
    "transfers": ltp_client.TransferError,
    "fees": ltp_client.FeeError,
    "websocket": ltp_client.WebSocketError,
}


@pytest.mark.every_code
def test_every_code_surfaces(
    errcodes: CodeRouter, client: Client, order: Order, error_code: ErrorCode
) -> None:
    """Each of the codes comes out as the exception of its section."""
    params = error_code.template.sample
    errcodes.reply(error_code, *params)
    with raises_code(error_code, *params, exception=CLASSES[error_code.section.id]):
        client.place_order(order)


@pytest.mark.anyio
@pytest.mark.every_code("trading", "!401444", exception=ltp_client.TradingError)
async def test_every_trading_code_surfaces_async(
    errcodes: CodeRouter, async_client: AsyncClient, order: Order, error_code: ErrorCode
) -> None:
    """The async client raises them as well; selectors pick a section, and leave codes out."""
    errcodes.reply(error_code, *error_code.template.sample)
    await async_client.place_order(order)


@pytest.mark.every_code("fees", "transfers")
def test_unrelated_codes_arrive_whole(
    errcodes: CodeRouter, client: Client, error_code: ErrorCode
) -> None:
    """What `pytest.raises` catches is judged as well, and is at hand for what else matters."""
    errcodes.reply(error_code, http_status=400)
    with pytest.raises(ApiError) as caught:
        client.list_portfolios()
    assert caught.value.http_status == 400


def test_classes_follow_the_catalog(errcode_catalog: Catalog) -> None:
    """The ranges in the client agree with the catalog, and so do the success codes."""
    wrong = [
        str(code)
        for code in errcode_catalog.values()
        if isinstance(code.code, int)
        and not issubclass(error_class(code.code), CLASSES[code.section.id])
    ]
    assert wrong == []
    assert set(errcode_catalog.shape.success) == SUCCESS
