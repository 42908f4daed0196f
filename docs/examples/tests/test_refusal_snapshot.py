"""A snapshot of error handling: what the caller gets to see, in one readable block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ltp_client import TradingError

if TYPE_CHECKING:
    from ltp_client import Client
    from syrupy.assertion import SnapshotAssertion

    from pytest_errcodes import CodeRouter


# One library stands for all: what an exception carries holds nothing of it.
@pytest.mark.parametrize("client", ["httpx"], indirect=True)
def test_refused_leverage_in_full(
    errcodes: CodeRouter, client: Client, envelope_snapshot: SnapshotAssertion
) -> None:
    """Code, template, parameters and data are kept; times, ids and secrets are masked."""
    data = {
        "sym": "BINANCE_PERP_BTC_USDT",
        "leverage": {"requested": "50", "maximum": "20"},
        "requestId": "0f5c9e0a-5d5c-4d8e-9a2b-6a1f6d0c7b11",
        "createTime": 1700000000000,
        "apiKey": "my-key",
    }
    errcodes.post("/api/v1/trading/leverage").reply(401112, "20", data=data)
    with pytest.raises(TradingError) as caught:
        client.set_leverage("BINANCE_PERP_BTC_USDT", 50)
    assert caught.value == envelope_snapshot
