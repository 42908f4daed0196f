"""A TLS context that several clients have, until one of them changes it."""

from __future__ import annotations

from types import GetSetDescriptorType
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
)


class SharedContext:
    """Knows whether a context is still as it was made.

    What the context shows is compared: its settings, and its attributes. What it does not show
    (authorities, chains, ciphers, protocols) is changed by methods, which note that they were
    called; then the context is one like any other again.

    Args:
        context: The context, as it was made.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        self._was_called = False
        own = vars(context)
        self._methods = {
            name: self._noting(name, own.get(name) or getattr(type(context), name))
            for name in _CHANGING
            if hasattr(context, name)
        }
        own.update(self._methods)
        self._own = dict(own)
        self._getters = _find_getters(type(context))
        self._settings = self._read_settings()

    def has_changed(self) -> bool:
        """Return whether somebody has changed it, as far as that is known."""
        if self._was_called or self._read_settings() != self._settings:
            return True
        before = self._own
        return any(before.get(name) is not one for name, one in vars(self.context).items())

    def _read_settings(self) -> list[object]:
        return [read(self.context) for read in self._getters]

    def _noting(self, name: str, below: Any) -> Callable[..., Any]:
        is_own = name in vars(self.context)

        def method(*args: Any, **options: Any) -> Any:
            self._was_called = True
            own = vars(self.context)
            for each, noting in self._methods.items():
                if own.get(each) is noting:  # else somebody has wrapped it
                    del own[each]
            return below(*args, **options) if is_own else below(self.context, *args, **options)

        return method


def _find_getters(kind: type) -> list[Callable[[object], object]]:
    """Return what reads each setting of a context, below the properties made of them."""
    return [
        one.__get__
        for base in kind.__mro__
        for one in vars(base).values()
        if isinstance(one, GetSetDescriptorType) and base.__module__ == "_ssl"
    ]
