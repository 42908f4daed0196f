"""Orders and leverage: what the API refuses surfaces, with code, message, parameters and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ltp_client import TradingError

from pytest_errcodes import IsCode, assert_code, raises_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltp_client import Client, Order

    from pytest_errcodes import CodeRouter

    Ask = Callable[[Client], object]

ORDER = "/api/v1/trading/order"
LEVERAGE = "/api/v1/trading/leverage"


def test_placed_order_is_returned(errcodes: CodeRouter, client: Client, order: Order) -> None:
    """A success returns the data of the answer."""
    ids = {"orderId": "1234567890123456", "clientOrderId": "first1"}
    errcodes.post(ORDER, json__clientOrderId="first1").reply(200000, data=ids)
    assert client.place_order(order) == ids


def test_duplicate_order_is_refused(errcodes: CodeRouter, client: Client, order: Order) -> None:
    """The exception is the section's own, and carries the documented code and message."""
    errcodes.post(ORDER).reply(401009)
    with raises_code(401009, exception=TradingError, match="already exists") as caught:
        client.place_order(order)
    assert caught.value.http_status == 200


@pytest.mark.expects_code(401019)
def test_cancelling_a_filled_order_is_refused(errcodes: CodeRouter, client: Client) -> None:
    """The marker alone is enough: the exception must reach the test, after a single request."""
    errcodes.delete(ORDER, params={"orderId": "1234567890123456"}).reply(401019)
    client.cancel_order("1234567890123456")


@pytest.mark.expects_code(401112, params=("20",))
def test_refused_leverage_names_the_maximum(errcodes: CodeRouter, client: Client) -> None:
    """The parameter that stands in the message arrives unchanged."""
    errcodes.post(LEVERAGE).reply(401112, "20")
    client.set_leverage("BINANCE_PERP_BTC_USDT", 50)


def test_error_keeps_its_data(errcodes: CodeRouter, client: Client) -> None:
    """What the API says beside code and message is at hand in the exception."""
    limits = {"maxLeverage": "20"}
    errcodes.post(LEVERAGE).reply(401034, data=limits)
    with pytest.raises(TradingError) as caught:
        client.set_leverage("BINANCE_PERP_BTC_USDT", 50)
    assert_code(caught.value, 401034, data=limits)


@pytest.mark.expects_code(401008)
class TestWithoutAnyId:
    """Orders asked for without an id: the marker on the class stands for each test."""

    def test_query_is_refused(self, errcodes: CodeRouter, client: Client) -> None:
        """The API's own refusal surfaces; the client does not guess."""
        errcodes.get(ORDER).reply(401008)
        client.query_order()

    def test_cancel_is_refused(self, errcodes: CodeRouter, client: Client) -> None:
        """The API's own refusal surfaces; nothing is cancelled."""
        errcodes.delete(ORDER).reply(401008)
        client.cancel_order()


@pytest.mark.expects_code(argument="code")
@pytest.mark.parametrize(
    ("code", "ask"),
    [
        (401007, lambda client: client.query_order("1")),
        (401051, lambda client: client.query_order(client_order_id="?")),
        (401011, lambda client: client.set_leverage("?", 5)),
    ],
)
def test_malformed_value_is_refused(
    errcodes: CodeRouter, client: Client, code: int, ask: Ask
) -> None:
    """Each row of a table says which code it is about."""
    errcodes.reply(code)
    ask(client)


@pytest.mark.expects_code(401117, 401018)
def test_order_gone_meanwhile(errcodes: CodeRouter, client: Client) -> None:
    """Of several codes in one marker each must be seen: here one is caught, one leaves."""
    errcodes.delete(ORDER).reply(401117)
    errcodes.get(ORDER).reply(401018)
    with pytest.raises(TradingError):
        client.cancel_order("1234567890123456")
    client.query_order("1234567890123456")


@pytest.mark.expects_code(401018, 401117, any_of=True)
def test_cancelling_twice(errcodes: CodeRouter, client: Client) -> None:
    """Either answer is right, as in a sandbox, where it depends on how far the order came."""
    errcodes.delete(ORDER).reply(200000, data={}).then(401117)
    client.cancel_order("1234567890123456")
    client.cancel_order("1234567890123456")


def test_outcomes_of_a_basket(errcodes: CodeRouter, client: Client) -> None:
    """A code can be expected inside any structure, beside plain values."""
    gone, filled = "1111111111111111", "2222222222222222"
    errcodes.delete(ORDER, params={"orderId": gone}).reply(401018)
    errcodes.delete(ORDER, params={"orderId": filled}).reply(401019, http_status=400)
    errcodes.delete(ORDER).reply(200000, data={"orderId": "3"})
    outcomes: dict[str, object] = {}
    for order_id in (gone, filled, "3"):
        try:
            outcomes[order_id] = client.cancel_order(order_id)
        except TradingError as error:
            outcomes[order_id] = error
    assert outcomes == {
        gone: IsCode(401018),
        filled: IsCode(401019, http_status=400),
        "3": {"orderId": "3"},
    }
