"""The marker on tests that mock in another way: nothing else in them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from ltp_client import Client
from ltp_client.over_httpx import HttpxTransport

if TYPE_CHECKING:
    import respx
    from ltp_client import Signer

NOT_FOUND = {"code": 401018, "message": "Order not found", "data": None}


@pytest.mark.expects_code(401018)
@pytest.mark.parametrize("client", ["httpx"], indirect=True)  # respx knows no other library
def test_plain_respx(respx_mock: respx.MockRouter, client: Client) -> None:
    """Plain respx answers."""
    respx_mock.get("/api/v1/trading/order").respond(json=NOT_FOUND)
    client.query_order("1234567890123456")


@pytest.mark.expects_code(401018)
def test_mock_transport(signer: Signer) -> None:
    """A transport of one's own answers."""
    mock = httpx.MockTransport(lambda _: httpx.Response(200, json=NOT_FOUND))
    transport = HttpxTransport(transport=mock)
    with Client("https://api.example.com", signer, transport=transport) as client:
        client.query_order("1234567890123456")
