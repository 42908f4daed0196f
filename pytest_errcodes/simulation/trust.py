"""A trust store that is read when somebody first asks for it.

Reading the authorities' certificates is nearly all of what a TLS context costs, and a simulated
request shakes no hands. So a context can be made as ever, but for that one file: whatever needs
the certificates reads them first. What gets round that finds an empty store, and trusts nobody.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock, get_ident
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

#: What looks at the certificates of a context, or adds to them.
_ASKING = (
    "wrap_socket",
    "wrap_bio",
    "get_ca_certs",
    "cert_store_stats",
    "load_verify_locations",
    "load_default_certs",
)
_ADDING = "load_verify_locations"
_one_at_a_time = RLock()  # a run inside a run makes its contexts through the outer one


def read_late(path: str, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """Return the context that ``make`` makes; if it reads ``path``, that is left for later.

    Args:
        path: A file of certificates.
        make: Makes the context, by whatever way. Where the ssl module's contexts are not its own
            (truststore, a test's patch), it is made as ever.
    """
    import ssl

    with _noting(ssl.SSLContext, path) as noted:
        context = make()
    for other in noted:
        if other is context:
            _Late(context, path).install()
        else:
            other.load_verify_locations(path)
    return context


@contextmanager
def _noting(kind: Any, path: str) -> Iterator[list[ssl.SSLContext]]:
    """Note the contexts that are to read ``path`` in this thread, instead of reading it."""
    noted: list[ssl.SSLContext] = []
    with _one_at_a_time:
        # Somebody else is in between, or there is nothing to read, which is told at once.
        if _ADDING in vars(kind) or not Path(path).is_file():
            yield noted
            return
        thread, read = get_ident(), getattr(kind, _ADDING)

        def load_verify_locations(
            self: Any, cafile: Any = None, capath: Any = None, cadata: Any = None
        ) -> None:
            if get_ident() == thread and (cafile, capath, cadata) == (path, None, None):
                noted.append(self)
            else:
                read(self, cafile, capath, cadata)

        setattr(kind, _ADDING, load_verify_locations)
        try:
            yield noted
        finally:
            delattr(kind, _ADDING)


class _Late:
    """Reads a file into a context once, before the first look at its certificates."""

    def __init__(self, context: ssl.SSLContext, path: str) -> None:
        self._context = context
        self._path = path
        self._lock = Lock()

    def install(self) -> None:
        for name in _ASKING:
            setattr(self._context, name, self._reading_first(name))

    def _reading_first(self, name: str) -> Callable[..., Any]:
        def method(*args: Any, **options: Any) -> Any:
            self._read()
            return getattr(self._context, name)(*args, **options)

        return method

    def _read(self) -> None:
        with self._lock:
            if _ADDING not in vars(self._context):
                return
            type(self._context).load_verify_locations(self._context, self._path)
            for name in _ASKING:  # from now on it is a context like any other
                delattr(self._context, name)
