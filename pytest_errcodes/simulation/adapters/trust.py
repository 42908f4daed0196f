"""A trust store that is put together when somebody first needs it.

To parse the authorities' certificates is nearly all of what a TLS context costs, and a simulated
request needs no handshake. So a context is made as ever, by whoever makes it, but for one file: its
text is read at once and parsed late, before the first look at the context's certificates. A
handshake by another way than the context's own methods finds an empty store, and trusts nobody.
"""

from __future__ import annotations

from functools import partial
from threading import Lock, local
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pytest_errcodes.disk.file_reading import UnreadableFileError, read_real_file

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_LOAD = "load_verify_locations"
#: The methods of a context that need its certificates, or add some.
_METHODS = (
    "wrap_socket",
    "wrap_bio",
    "get_ca_certs",
    "cert_store_stats",
    "load_default_certs",
    _LOAD,
)


class LateTrust:
    """Makes contexts that parse one file of certificates late; in several threads at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._makers = 0  # how many threads are making a context now
        self._below: Any = None  # ssl's own method, while ours stands in its place
        self._installed: Any = None
        self._added: WeakKeyDictionary[ssl.SSLContext, list[int]] = WeakKeyDictionary()
        self._thread = local()  # its ``making``: path, text, and the contexts made so far

    def make_context(self, path: str, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        """Return the context that ``make`` makes; if that loads ``path``, it is parsed late.

        A certificate that cannot be parsed is told with the first handshake, what else is wrong
        with the file at once. Where somebody else is between httpx and the ssl module (truststore,
        a test's patch), the context is made as ever.

        Args:
            path: A file of certificates, as ``make`` names it.
            make: Makes the context.
        """
        import ssl

        text, kind = _read_certificates(path), ssl.SSLContext
        if text is None or not self._enter(kind):
            return make()
        before, made = getattr(self._thread, "making", None), list[_Late]()
        self._thread.making = (path, text, made)
        try:
            context = make()
        finally:
            self._thread.making = before
            self._leave(kind)
        for late in made:
            if late.context is not context:
                late.parse()
            else:
                self._added[context] = late.added
        return context

    def count_late(self, context: ssl.SSLContext) -> int:
        """Return how many authorities of a context have been parsed late by now."""
        return sum(self._added.get(context, ()))

    def find_loader(self, kind: type) -> object:
        """Return the function through which contexts of this type load certificates."""
        present = getattr(kind, _LOAD, None)
        return self._below if present is self._installed else present

    def _enter(self, kind: Any) -> bool:
        """Let contexts of this type load through us; return whether that can be."""
        with self._lock:
            if not self._makers:
                if _LOAD in vars(kind):
                    return False
                self._below = getattr(kind, _LOAD)
                self._installed = self._wrap(self._below)
                setattr(kind, _LOAD, self._installed)
            self._makers += 1
            return True

    def _leave(self, kind: Any) -> None:
        with self._lock:
            self._makers -= 1
            if not self._makers and vars(kind).get(_LOAD) is self._installed:
                delattr(kind, _LOAD)

    def _wrap(self, load: Any) -> Any:
        thread = self._thread

        def load_verify_locations(
            self: Any, cafile: Any = None, capath: Any = None, cadata: Any = None
        ) -> None:
            making = getattr(thread, "making", None)
            if making is None or (cafile, capath, cadata) != (making[0], None, None):
                load(self, cafile, capath, cadata)
                return
            _, text, made = making
            # Bound now: by the time it is called, a test may have put a mock in its place.
            made.append(_Late(self, partial(load, self, cadata=text)))

        return load_verify_locations


class _Late:
    """Parses certificates into a context, once, before the first method that needs them.

    Attributes:
        context: The context.
        added: How many certificates it has by that, once they are parsed.
    """

    def __init__(self, context: ssl.SSLContext, parse: Callable[[], None]) -> None:
        self.context = context
        self._parse = parse
        self._lock = Lock()
        self._parsed = False
        self.added: list[int] = []
        self._methods = {name: self._parse_first(name) for name in _METHODS}
        vars(context).update(self._methods)

    def _parse_first(self, name: str) -> Callable[..., Any]:
        def method(*args: Any, **options: Any) -> Any:
            self.parse()
            return getattr(type(self.context), name)(self.context, *args, **options)

        return method

    def parse(self) -> None:
        """Parse them, unless that is done; then the context is one like any other."""
        with self._lock:
            if self._parsed:
                return
            before = count_authorities(self.context)
            self._parse()
            self.added.append(count_authorities(self.context) - before)
            self._parsed = True
            own = vars(self.context)
            for name, method in self._methods.items():
                if own.get(name) is method:  # else somebody has wrapped it
                    del own[name]


def count_authorities(context: ssl.SSLContext) -> int:
    """Return how many certificates and lists of revoked ones a context's store holds now.

    The method of C is asked, which is not that of a context whose store is put together late.
    """
    from _ssl import _SSLContext

    told = _SSLContext.cert_store_stats(context)
    return told["x509"] + told["crl"]


def _read_certificates(path: str) -> str | None:
    """Return the text of a file that holds certificates and nothing else; None for any other."""
    try:
        # The real file, which is what OpenSSL reads, whatever a test has done to open().
        data = read_real_file(path)
    except UnreadableFileError:
        return None
    blocks = data.count(b"-----BEGIN ")
    if not blocks or blocks != data.count(b"-----BEGIN CERTIFICATE-----"):
        return None
    return data.decode("ascii", "ignore")  # certificates are ASCII; names beside them may not be
