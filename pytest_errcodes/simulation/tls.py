"""TLS contexts loaded once.

httpx loads the trust store for each client (20 to 30 ms), and a simulated test needs none of
it. While routes are active, clients that ask for the same default context get the same one. It
is a whole context: a client that outlives the test verifies certificates as any other.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import httpx

from pytest_errcodes.simulation.patching import Patch

if TYPE_CHECKING:
    import ssl
    from collections.abc import Hashable

#: What httpx and the ssl module read from the environment when they load a default context.
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


class SharedTLS:
    """Answers httpx's ``create_ssl_context`` from what was loaded before."""

    def __init__(self) -> None:
        self._active = False
        self._loaded: dict[Hashable, ssl.SSLContext] = {}
        # httpx's transports look the function up here; without it, each client loads its own.
        module = getattr(httpx, "_transports", None)
        home = getattr(module, "default", None)
        self._patch = Patch(home, "create_ssl_context", self._wrap) if _has(home) else None

    def start(self) -> None:
        """Share from now on."""
        self._active = True
        if self._patch:
            self._patch.ensure()

    def stop(self) -> None:
        """Load each context anew from now on."""
        self._active = False

    def remove(self) -> None:
        """Give httpx its function back."""
        if self._patch:
            self._patch.remove()

    def _wrap(self, original: Any) -> Any:
        def create_ssl_context(
            verify: Any = True, cert: Any = None, trust_env: bool = True, **more: Any
        ) -> ssl.SSLContext:
            # Anything but the default may be changed by its owner, and is nobody else's.
            if not self._active or verify is not True or cert is not None or more:
                loaded: ssl.SSLContext = original(verify=verify, cert=cert, trust_env=trust_env, **more)
                return loaded
            key = _key(trust_env)
            if key not in self._loaded:
                self._loaded[key] = original(verify=verify, cert=cert, trust_env=trust_env)
            return self._loaded[key]

        return create_ssl_context


def _has(home: Any) -> bool:
    return callable(getattr(home, "create_ssl_context", None))


def _key(trust_env: bool) -> Hashable:
    """Return what decides the content of a default context."""
    import certifi

    values = tuple(os.environ.get(name) for name in _VARIABLES)
    files = (values[0], values[1], certifi.where())
    return trust_env, values, tuple(_state(path) for path in files)


def _state(path: str | None) -> Hashable:
    try:
        found = os.stat(path) if path else None  # noqa: PTH116  # once for each client: ten times faster
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None
