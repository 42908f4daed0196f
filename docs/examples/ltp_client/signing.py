"""Signing: API key, nonce, and an HMAC over both the parameters and the nonce."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _seconds() -> str:
    return str(int(time.time()))


class Signer:
    """Signs each request that is sent, a repeated one again.

    Args:
        api_key: Sent with each request.
        secret: Never sent.
        nonce: Returns the nonce of the next request; the time in seconds unless given.
    """

    def __init__(self, api_key: str, secret: str, *, nonce: Callable[[], str] = _seconds) -> None:
        self._api_key = api_key
        self._secret = secret.encode()
        self._nonce = nonce

    def headers(self, params: Mapping[str, str]) -> dict[str, str]:
        """Return the three headers that the API asks for, with the next nonce."""
        nonce = self._nonce()
        signature = self.signature(params, nonce)
        return {"X-MBX-APIKEY": self._api_key, "nonce": nonce, "signature": signature}

    def signature(self, params: Mapping[str, str], nonce: str) -> str:
        """Return HMAC-SHA256 in hex over the sorted parameters and the nonce."""
        fields = [f"{name}={params[name]}" for name in sorted(params)]
        payload = "&".join([*fields, nonce])
        return hmac.new(self._secret, payload.encode(), hashlib.sha256).hexdigest()
