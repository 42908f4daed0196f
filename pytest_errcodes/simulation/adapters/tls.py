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
from types import FunctionType, MethodDescriptorType
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.adapters.shared_context import SharedContext, list_unbound
from pytest_errcodes.simulation.adapters.trust import LateTrust

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import ModuleType

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


class SharedTLS:
    """Answers httpx's ``create_ssl_context`` from what was loaded before.

    Args:
        httpx: The library.
    """

    def __init__(self, httpx: ModuleType) -> None:
        self._sharing = False
        self._loaded: dict[_Source, SharedContext] = {}
        self._trust = LateTrust()
        # httpx's transports look the function up here; without it, each client loads its own.
        module = getattr(httpx, "_transports", None)
        home = getattr(module, "default", None)
        self._patch = Patch(home, "create_ssl_context", self._wrap) if _has(home) else None
        self._watched: dict[type, list[Patch]] = {}

    def start(self) -> None:
        """Share from now on."""
        self._sharing = True
        if self._patch:
            self._patch.ensure()

    def stop(self) -> None:
        """Load each context anew."""
        self._sharing = False

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
            source = self._find_source(original, options) if self._sharing and usual else None
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
