"""TLS contexts loaded once.

httpx loads the trust store for each client (20 to 30 ms), and a simulated test needs none of
it. While routes are active, clients that ask for the same default context get the same one, whose
certificates are parsed with the first handshake. It is a whole context: a client that outlives the
test verifies certificates as any other.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.adapters.trust import LateTrust

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Hashable

#: What httpx and the ssl module read from the environment when they load a default context.
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")
_KNOWN = {"verify", "cert", "trust_env"}


class SharedTLS:
    """Answers httpx's ``create_ssl_context`` from what was loaded before."""

    def __init__(self) -> None:
        self._sharing = 0  # how often it was started and not stopped
        self._loaded: dict[Hashable, ssl.SSLContext] = {}
        self._trust = LateTrust()
        # httpx's transports look the function up here; without it, each client loads its own.
        module = getattr(httpx, "_transports", None)
        home = getattr(module, "default", None)
        self._patch = Patch(home, "create_ssl_context", self._wrap) if _has(home) else None

    def start(self) -> None:
        """Share until ``stop`` was called as often as this."""
        self._sharing += 1
        if self._patch:
            self._patch.ensure()

    def stop(self) -> None:
        """Take one ``start`` back; without any, each context is loaded anew."""
        self._sharing -= 1

    def remove(self) -> None:
        """Give httpx its function back."""
        if self._patch:
            self._patch.remove()

    def _wrap(self, original: Any) -> Any:
        def create_ssl_context(*args: Any, **options: Any) -> Any:
            # Anything but the default may be changed by its owner, and is nobody else's.
            default = options.get("verify", True) is True and options.get("cert") is None
            if not self._sharing or args or not default or not options.keys() <= _KNOWN:
                return original(*args, **options)
            key = _key(options.get("trust_env", True))
            if key not in self._loaded:
                self._loaded[key] = self._load(original, options)
            return self._loaded[key]

        return create_ssl_context

    def _load(self, original: Callable[..., ssl.SSLContext], options: dict[str, Any]) -> Any:
        import certifi

        chosen = os.environ.get("SSL_CERT_FILE") if options.get("trust_env", True) else None
        return self._trust.context(chosen or certifi.where(), partial(original, **options))


def _has(home: Any) -> bool:
    return callable(getattr(home, "create_ssl_context", None))


def _key(trust_env: object) -> Hashable:
    """Return what decides the content of a default context."""
    import ssl

    import certifi

    values = tuple(map(os.environ.get, _VARIABLES))
    # The functions too: truststore, or a test's own patch, may put others in their place.
    functions = (ssl.SSLContext, ssl.create_default_context)
    states = (_state(values[0]), _state(values[1]))
    return (bool(trust_env), values, certifi.where(), functions, states)


def _state(path: str | None) -> Hashable:
    if not path:
        return None
    try:
        found = os.stat(path)  # noqa: PTH116  # once for each client: ten times faster
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
