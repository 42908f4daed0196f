"""TLS contexts loaded once.

httpx loads the trust store for each client (20 to 30 ms), and a simulated test needs none of
it. While routes are active, clients that ask for the same default context get the same one, whose
certificates are parsed with the first handshake. It is a whole context: a client that outlives the
test verifies certificates as any other. One that somebody has changed is handed out no more.
"""

from __future__ import annotations

import os
from functools import partial
from stat import S_ISREG
from types import FunctionType, GetSetDescriptorType, MethodDescriptorType
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.adapters.trust import LateTrust, count_authorities

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

#: What httpx and the ssl module read from the environment when they load a default context.
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")
_KNOWN = {"verify", "cert", "trust_env"}
#: The types of what is read and of what makes a context, unless a test mocks it.
_TEXTS = frozenset([str, type(None)])
_CODE = frozenset([type, FunctionType, MethodDescriptorType])
#: Of the real file system, which OpenSSL reads: pyfakefs replaces functions in modules, and not
#: those inside of a partial.
_stat, _list = partial(os.stat), partial(os.listdir)


class _Source(NamedTuple):
    """What decides the content of a default context."""

    certificates: str
    trust_env: bool
    variables: tuple[str | None, ...]
    #: truststore, or a test's own patch, may put others in their place.
    code: tuple[object, ...]
    states: tuple[object, ...]


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


class SharedTLS:
    """Answers httpx's ``create_ssl_context`` from what was loaded before.

    Args:
        network: Tells whether contexts are shared now.
        httpx: The library.
    """

    def __init__(self, network: Asked, httpx: ModuleType) -> None:
        self._network = network
        self._loaded: dict[_Source, SharedContext] = {}
        self._trust = LateTrust()
        # httpx's transports look the function up here; without it, each client loads its own.
        module = getattr(httpx, "_transports", None)
        home = getattr(module, "default", None)
        self._patch = Patch(home, "create_ssl_context", self._wrap) if _has(home) else None
        self._watched: dict[type, list[Patch]] = {}

    def start(self) -> None:
        """Share from now on, whenever the network does."""
        if self._patch:
            self._patch.ensure()

    def remove(self) -> None:
        """Give httpx its function back."""
        if self._patch:
            self._patch.remove()
        while self._watched:
            for patch in self._watched.popitem()[1]:
                patch.remove()

    def _wrap(self, original: Any) -> Any:
        def create_ssl_context(*args: Any, **options: Any) -> Any:
            # Anything but the default may be changed by its owner, and is nobody else's.
            default = options.get("verify", True) is True and options.get("cert") is None
            usual = default and not args and options.keys() <= _KNOWN
            shares = usual and self._network.shares_tls
            source = self._find_source(original, options) if shares else None
            if source is None:
                return original(*args, **options)
            shared = self._loaded.get(source)
            if shared is None or shared.has_changed():
                return self._load(source, partial(original, **options))
            return shared.context

        return create_ssl_context

    def _find_source(self, original: Any, options: dict[str, Any]) -> _Source | None:
        """Return what a default context is made of; None where a test has mocked a part of it.

        Each is looked up anew, as httpx does: it is the test's own business to replace it.
        """
        import ssl

        import certifi

        certificates, variables = certifi.where(), tuple(map(os.environ.get, _VARIABLES))
        kind = ssl.SSLContext
        code = (kind, original, ssl.create_default_context, self._trust.find_loader(kind))
        texts = (certificates, *variables)
        if not (_TEXTS.issuperset(map(type, texts)) and _CODE.issuperset(map(type, code))):
            return None
        file, folder, _ = variables
        # The folder is read where there is no file, or by truststore; hundreds may stand in it.
        is_read = kind.__module__ != "ssl" or not _is_file(file)
        of_folder = _list_states(folder) if is_read else []
        states = (_state(certificates), _state(file), *of_folder)
        return _Source(certificates, bool(options.get("trust_env", True)), variables, code, states)

    def _load(self, source: _Source, make: Callable[[], ssl.SSLContext]) -> Any:
        chosen = source.variables[0] if source.trust_env else None
        context = self._trust.make_context(chosen or source.certificates, make)
        if type(context) is source.code[0]:
            self._loaded[source] = SharedContext(context, partial(self._trust.count_late, context))
            self._watch(type(context))
        return context

    def _watch(self, kind: type) -> None:
        """Notice what is called by the class of the contexts, past those themselves."""
        if kind not in self._watched:
            self._watched[kind] = [Patch(kind, name, self._note) for name in list_unbound()]
        for patch in self._watched[kind]:
            patch.ensure()

    def _note(self, below: Any) -> Any:
        def method(context: Any, *args: Any, **options: Any) -> Any:
            for shared in list(self._loaded.values()):
                if shared.context is context:
                    shared.note_call()
            return below(context, *args, **options)

        return method


def _has(home: Any) -> bool:
    return callable(getattr(home, "create_ssl_context", None))


def _is_file(path: str | None) -> bool:
    if not path:
        return False
    try:
        return S_ISREG(_stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _state(path: str | None) -> object:
    if not path:
        return None
    try:
        found = _stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def _list_states(folder: str | None) -> list[object]:
    """Return the states of a folder and of the files in it; one of them may be written anew."""
    if not folder:
        return []
    try:
        names = sorted(_list(folder))
    except (OSError, ValueError):
        names = []
    return [_state(folder), *((name, _state(f"{folder}/{name}")) for name in names)]
