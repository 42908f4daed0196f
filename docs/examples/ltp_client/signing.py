"""Signing: API key, nonce, and an HMAC over both the parameters and the nonce."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping


def _seconds() -> str:
    return str(int(time.time()))


class Signer(httpx.Auth):
    """Signs each request that is sent, a repeated one again; httpx asks it, sync and async.

    Args:
        api_key: Sent with each request.
        secret: Never sent.
        nonce: Returns the nonce of the next request; the time in seconds unless given.
    """

    requires_request_body = True

    def __init__(self, api_key: str, secret: str, *, nonce: Callable[[], str] = _seconds) -> None:
        self._api_key = api_key
        self._secret = secret.encode()
        self._nonce = nonce

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the three headers that the API asks for."""
        params = dict(request.url.params) | json.loads(request.content or b"{}")
        nonce = self._nonce()
        request.headers["X-MBX-APIKEY"] = self._api_key
        request.headers["nonce"] = nonce
        request.headers["signature"] = self.signature(params, nonce)
        yield request

    def signature(self, params: Mapping[str, str], nonce: str) -> str:
        """Return HMAC-SHA256 in hex over the sorted parameters and the nonce."""
        fields = [f"{name}={params[name]}" for name in sorted(params)]
        payload = "&".join([*fields, nonce])
        return hmac.new(self._secret, payload.encode(), hashlib.sha256).hexdigest()
