"""A TLS context that several clients have, until one of them changes it."""

from __future__ import annotations

from types import GetSetDescriptorType, MethodDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

#: The methods that change a context in a way which nothing about it shows.
_CHANGING = (
    "load_cert_chain",
    "load_default_certs",
    "load_dh_params",
    "load_verify_locations",
    "set_alpn_protocols",
    "set_ciphers",
    "set_default_verify_paths",
    "set_ecdh_curve",
    "set_npn_protocols",
    "set_psk_client_callback",
    "set_psk_server_callback",
    "set_servername_callback",
    "_set_alpn_protocols",  # what the public one calls, whichever way that is called itself
)
#: Of this one the store itself tells, and it stays what it is for whoever makes a context.
_TOLD_BY_STORE = "load_verify_locations"


class SharedContext:
    """Knows whether a context is still as it was made.

    What the context shows is compared: its class, its settings, its attributes, and how many
    authorities it has. What it does not show (chains, ciphers, protocols) is changed by methods,
    which note that they were called; then the context is one like any other again.

    Args:
        context: The context, as it was made.
        count_late: Returns how many authorities were parsed late, and so are no change.
    """

    def __init__(self, context: ssl.SSLContext, count_late: Callable[[], int]) -> None:
        self.context = context
        self._count_late = count_late
        self._kind = type(context)
        self._was_called = False
        own = vars(context)
        self._methods = {
            name: self._wrap(name, own.get(name) or getattr(type(context), name))
            for name in _CHANGING
            if hasattr(context, name)
        }
        own.update(self._methods)
        self._own = dict(own)
        self._getters = _find_getters(type(context))
        self._settings = self._read_settings()
        self._authorities = count_authorities(context) - count_late()

    def note_call(self) -> None:
        """Note that a method was called which changes it."""
        self._was_called = True

    def has_changed(self) -> bool:
        """Return whether somebody has changed it, as far as that is known."""
        if self._was_called or type(self.context) is not self._kind:
            return True
        if self._read_settings() != self._settings:
            return True
        if count_authorities(self.context) - self._count_late() != self._authorities:
            return True
        before = self._own
        return any(before.get(name) is not one for name, one in vars(self.context).items())

    def _read_settings(self) -> list[object]:
        return [read(self.context) for read in self._getters]

    def _wrap(self, name: str, below: Any) -> Callable[..., Any]:
        is_own = name in vars(self.context)

        def method(*args: Any, **options: Any) -> Any:
            self._was_called = True
            own = vars(self.context)
            for each, noting in self._methods.items():
                if own.get(each) is noting:  # else somebody has wrapped it
                    del own[each]
            return below(*args, **options) if is_own else below(self.context, *args, **options)

        return method


def count_authorities(context: ssl.SSLContext) -> int:
    """Return how many certificates and lists of revoked ones a context's store holds now.

    The method of C is asked, which is not that of a context whose store is put together late.
    """
    from _ssl import _SSLContext

    told = _SSLContext.cert_store_stats(context)
    return told["x509"] + told["crl"]


def list_unbound() -> list[str]:
    """Return which methods of C change a context, past it, when they are called by its class.

    As ``ssl.SSLContext.set_ciphers(context, …)``; one in Python calls them by the context.
    """
    from _ssl import _SSLContext

    return [
        name
        for name in _CHANGING
        if name != _TOLD_BY_STORE and isinstance(vars(_SSLContext).get(name), MethodDescriptorType)
    ]


def _find_getters(kind: type) -> list[Callable[[object], object]]:
    """Return what reads each setting of a context, below the properties made of them."""
    return [
        one.__get__
        for base in kind.__mro__
        for one in vars(base).values()
        if isinstance(one, GetSetDescriptorType) and base.__module__ == "_ssl"
    ]
