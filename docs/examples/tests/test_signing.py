"""What the client sends: routes match on it, and a request that no route matches fails the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ltp_client import Client, Order, Signer

    from pytest_errcodes import CodeRouter

pytestmark = pytest.mark.errcodes(base_url="https://api.example.com/api/v1")


def test_read_is_signed(errcodes: CodeRouter, client: Client) -> None:
    """Key, nonce and signature stand in the headers, and the secret nowhere."""
    headers = {
        "X-MBX-APIKEY": "my-key",
        "nonce": "1700000000",
        "signature": "05ef9e516603d1218d8a43eecfc3d2760b394d1d304b82aa028f00cd1e0d4814",
    }
    route = errcodes.get("/trading/order", headers=headers, params={"orderId": "16"})
    route.reply(200000, data={})
    client.query_order("16")
    assert "my-secret" not in repr(route.calls.last.request.headers.raw)


def test_write_is_signed(errcodes: CodeRouter, client: Client, order: Order) -> None:
    """A write signs its body: one changed field is another signature."""
    signature = "dce6cc3289ca7113fdc5be3d1a53d02a5f399d6f2e6e5e764069df1ce2195a5e"
    errcodes.post("/trading/order", headers={"signature": signature}).reply(200000, data={})
    client.place_order(order)


def test_signature_does_not_depend_on_order(signer: Signer) -> None:
    """Parameters are sorted before they are signed."""
    one = signer.signature({"a": "1", "b": "2"}, "7")
    assert one == signer.signature({"b": "2", "a": "1"}, "7")
    assert one != signer.signature({"a": "1", "b": "2"}, "8")
