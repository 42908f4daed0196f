"""100429: a read is repeated a few times, a write never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes import IsCode, assert_success, raises_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltp_client import Client, Order

    from pytest_errcodes import CodeRouter

    Write = Callable[[Client, Order], object]

PORTFOLIOS = "/api/v1/portfolios"


def test_read_is_repeated(errcodes: CodeRouter, client: Client, pauses: list[float]) -> None:
    """A script proves the rule: twice refused, then answered, with a longer pause each time."""
    portfolios = [{"portfolioId": "7", "name": "main"}]
    route = errcodes.get(PORTFOLIOS).reply(100429, times=2).then(200000, data=portfolios)
    assert client.list_portfolios() == portfolios
    assert [call.response for call in route.calls] == [
        IsCode(100429),
        IsCode(100429),
        IsCode(200000, data=portfolios),
    ]
    assert pauses == [0.5, 1.0]


@pytest.mark.expects_code(100429, times=3)
def test_read_is_given_up(errcodes: CodeRouter, client: Client) -> None:
    """The last reply of a script repeats: the client asks three times, then raises."""
    errcodes.get(PORTFOLIOS).reply(100429)
    with raises_code(100429):
        client.list_portfolios()


WRITES = {
    "place": lambda client, order: client.place_order(order),
    "cancel": lambda client, order: client.cancel_order(client_order_id=order.client_order_id),
    "leverage": lambda client, order: client.set_leverage(order.symbol, 5),
}


@pytest.mark.expects_code(100429, times=1)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_write_is_never_repeated(
    errcodes: CodeRouter, client: Client, order: Order, write: Write
) -> None:
    """The order may have gone through: a second try could place it twice."""
    route = errcodes.route(method__in=["POST", "DELETE"])
    route.reply(100429).then(200000, data={})
    with raises_code(100429):
        write(client, order)


@pytest.mark.parametrize(("header", "pause"), [("2", 2.0), ("3600", 30.0), ("soon", 0.5)], ids=str)
def test_pause_that_the_api_asks_for(
    errcodes: CodeRouter, client: Client, pauses: list[float], header: str, pause: float
) -> None:
    """A header of the reply says how long to wait; there is a bound, and a default."""
    route = errcodes.get(PORTFOLIOS)
    route.reply(100429, http_status=429, headers={"Retry-After": header}).then(200000, data=[])
    client.list_portfolios()
    assert_success(route.calls.last.response)
    assert pauses == [pause]
