"""A catalog of one's own, for an API whose codes are strings; the marker names its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

from pytest_errcodes import assert_success, raises_code

if TYPE_CHECKING:
    from pytest_errcodes import CodeRouter, ErrorCode

pytestmark = pytest.mark.errcodes(base_url="https://broker.example.com", catalog="broker.toml")


@dataclass
class BrokerError(Exception):
    """The broker answered with an error code."""

    code: str
    msg: str


def withdraw(amount: str) -> httpx.Response:
    """Withdraw an amount: the whole client under test."""
    response = httpx.post("https://broker.example.com/withdrawals", json={"amt": amount})
    body = response.json()
    if body["code"] != "0":
        raise BrokerError(body["code"], body["msg"])
    return response


def test_withdrawal(errcodes: CodeRouter) -> None:
    """The catalog says which code means success."""
    errcodes.post("/withdrawals", json={"amt": "5"}).reply("0", data=[{"wdId": "67485"}])
    assert_success(withdraw("5"), data=[{"wdId": "67485"}])


def test_missing_balance(errcodes: CodeRouter) -> None:
    """Parameters fill the placeholders that this catalog writes its own way."""
    errcodes.post("/withdrawals").reply("58350", "3.50")
    with raises_code("58350", "3.50", exception=BrokerError):
        withdraw("5")


@pytest.mark.every_code("account", "final")
def test_every_code_surfaces(errcodes: CodeRouter, error_code: ErrorCode) -> None:
    """Sections, tags and patterns select from this catalog too."""
    errcodes.reply(error_code, *error_code.template.sample)
    withdraw("5")
