"""100429: a read is repeated a few times, a write never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltp_client import Client, Order

    from pytest_errcodes import CodeRouter

    Write = Callable[[Client, Order], object]

PORTFOLIOS = "/api/v1/portfolios"


@pytest.mark.expects_code(100429, times=2, surfaced=False)
def test_read_is_repeated(errcodes: CodeRouter, client: Client, pauses: list[float]) -> None:
    """Twice refused, then answered: the client handles the code, and its caller sees none of it."""
    portfolios = [{"portfolioId": "7", "name": "main"}]
    errcodes.get(PORTFOLIOS).reply(100429, times=2).then(200000, data=portfolios)
    assert client.list_portfolios() == portfolios
    assert pauses == [0.5, 1.0]


@pytest.mark.expects_code(100429, times=3)
def test_read_is_given_up(errcodes: CodeRouter, client: Client) -> None:
    """The last reply repeats: the client asks three times, then raises."""
    errcodes.get(PORTFOLIOS).reply(100429)
    client.list_portfolios()


WRITES = {
    "place": lambda client, order: client.place_order(order),
    "cancel": lambda client, order: client.cancel_order(client_order_id=order.client_order_id),
    "leverage": lambda client, order: client.set_leverage(order.symbol, 5),
}


@pytest.mark.expects_code(100429)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_write_is_never_repeated(
    errcodes: CodeRouter, client: Client, order: Order, write: Write
) -> None:
    """A second try could place the order twice: any request beyond the one that surfaces fails."""
    errcodes.route(method__in=["POST", "DELETE"]).reply(100429)
    write(client, order)


@pytest.mark.parametrize(("header", "pause"), [("2", 2.0), ("3600", 30.0), ("soon", 0.5)], ids=str)
def test_pause_that_the_api_asks_for(
    errcodes: CodeRouter, client: Client, pauses: list[float], header: str, pause: float
) -> None:
    """A header of the reply says how long to wait; there is a bound, and a default."""
    route = errcodes.get(PORTFOLIOS)
    route.reply(100429, http_status=429, headers={"Retry-After": header}).then(200000, data=[])
    assert client.list_portfolios() == []
    assert pauses == [pause]
