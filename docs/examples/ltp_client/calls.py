"""What the API can be asked: each call is a value, so sync and async send the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """An order to be placed.

    Attributes:
        symbol: Such as ``BINANCE_PERP_BTC_USDT``.
        side: ``BUY`` or ``SELL``.
        quantity: A decimal number as text.
        price: The limit price as text; None places a market order.
        client_order_id: Your own id, letters and digits, fewer than 64; the API gives one if None.
    """

    symbol: str
    side: Literal["BUY", "SELL"]
    quantity: str
    price: str | None = None
    client_order_id: str | None = None


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One question to the API.

    Attributes:
        method: The HTTP method.
        path: The path below the base URL.
        result: The type of the data in a successful answer.
        params: Text values, sent in the query, or as JSON with ``POST``.
    """

    method: Literal["GET", "POST", "DELETE"]
    path: str
    result: type[T]
    params: dict[str, str] = field(default_factory=dict)

    @property
    def reads(self) -> bool:
        """Whether the call changes nothing, so that it may be repeated."""
        return self.method == "GET"

    @property
    def query(self) -> dict[str, str] | None:
        """What goes into the URL."""
        return None if self.method == "POST" else self.params

    @property
    def body(self) -> dict[str, str] | None:
        """What goes into the body."""
        return self.params if self.method == "POST" else None


def place_order(order: Order) -> Call[Fields]:
    """Place an order; the data holds ``orderId`` and ``clientOrderId``."""
    params = _given(
        sym=order.symbol,
        side=order.side,
        orderType="MARKET" if order.price is None else "LIMIT",
        orderQty=order.quantity,
        limitPrice=order.price,
        clientOrderId=order.client_order_id,
    )
    return Call("POST", "/api/v1/trading/order", dict, params)


def query_order(order_id: str | None, client_order_id: str | None) -> Call[Fields]:
    """Query one order by either id."""
    params = _given(orderId=order_id, clientOrderId=client_order_id)
    return Call("GET", "/api/v1/trading/order", dict, params)


def cancel_order(order_id: str | None, client_order_id: str | None) -> Call[Fields]:
    """Cancel one order by either id."""
    params = _given(orderId=order_id, clientOrderId=client_order_id)
    return Call("DELETE", "/api/v1/trading/order", dict, params)


def set_leverage(symbol: str, leverage: int) -> Call[Fields]:
    """Set the leverage of a symbol."""
    params = {"sym": symbol, "leverage": str(leverage)}
    return Call("POST", "/api/v1/trading/leverage", dict, params)


def list_portfolios() -> Call[list[Fields]]:
    """List the portfolios of the account."""
    return Call("GET", "/api/v1/portfolios", list)


def _given(**params: str | None) -> dict[str, str]:
    return {name: value for name, value in params.items() if value is not None}
