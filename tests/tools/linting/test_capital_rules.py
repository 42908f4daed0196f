"""Capitals: names of fields, and the first letter of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import codes

if TYPE_CHECKING:
    from .conftest import Told


@pytest.mark.parametrize(
    ("messages", "text", "usual"),
    [
        (
            ["clientOrderId a", "clientOrderId b", "ClientOrderID c"],
            '4: "ClientOrderID" (3) is "clientOrderId" in 2 other messages',
            "clientOrderId",
        ),
        (
            ["orderId is wrong", "order_id is wrong"],
            '3: "order_id" (2) is "orderId" in another message',
            "orderId",
        ),
        (
            ["timeStamp is wrong", "Timestamp is wrong", "No timestamp"],
            '2: "timeStamp" (1) is "timestamp" in 2 other messages',
            "timestamp",
        ),
        (
            ["API key a", "API key b", "The apiKey c"],
            '4: "apiKey" (3) is "API key" in 2 other messages',
            "API key",
        ),
        (
            ["AlgoOrder a", "Algo order b", "No algo order c"],
            '2: "AlgoOrder" (1) is "algo order" in 2 other messages',
            "algo order",
        ),
        (
            ["orderId a", "orderId b", "orderId of the order ID"],
            '4: "order ID" (3) is "orderId" in 3 other messages',
            "orderId",
        ),
    ],
)
def test_inconsistent_name(told: Told, messages: list[str], text: str, usual: str) -> None:
    """A name that differs in capitals, underscores or spaces, beside the spelling of most."""
    told_of = told(codes(*messages), "inconsistent-name")
    assert told_of == [f"{text}; write {usual} throughout"]


@pytest.mark.parametrize(
    "messages",
    [
        ["Invalid orderType", "Wrong order type"],
        ["reduceOnly is set", "REDUCE_ONLY is set"],
        ["Order is late", "No order"],
        ["API key", "api key", "API keys"],
        ["orderId", "orderIds"],
        ["See /v1/orderId", "orderid.toml"],
        ["{orderId} is wrong", "ORDERID"],
        ["AlgoOrder is late", "algo, order"],
    ],
)
def test_consistent_names(told: Told, messages: list[str]) -> None:
    """Plain words beside a field, constants, and paths are no spellings of its name."""
    assert told(codes(*messages), "inconsistent-name") == []


def test_lower_case_start(told: Told) -> None:
    """A message that begins with a plain word in lower case, not with the name of a field."""
    messages = ["Wrong symbol"] * 9
    odd = ["invalid symbol", "symbol is required", "orderId wrong", "price", "%s wrong"]
    assert told(codes(*messages, *odd), "lower-case-start") == [
        '11: 10 begins in lower case, unlike 9 others: "invalid symbol"; begin with a capital'
    ]


def test_no_custom_of_capitals(told: Told) -> None:
    """Where as many messages begin in lower case, none is odd."""
    assert told(codes(*["wrong symbol", "Wrong symbol"] * 9), "lower-case-start") == []
