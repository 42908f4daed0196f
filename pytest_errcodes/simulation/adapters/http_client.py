"""Requests of http.client, and so of urllib.request: caught in its connection, which is not opened.

A connection writes its request to a socket and reads the response from it. While routes are active
that socket is one in memory, which asks the network once the request is complete. What urllib3
sends is caught above; it comes by here where a mock of others stands between, as VCR.py's.
"""

from __future__ import annotations

import ssl
from functools import partial
from http.client import HTTPS_PORT
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from pytest_errcodes.active.context import current
from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.permits import was_let_pass
from pytest_errcodes.simulation.adapters.received_answer import Sent
from pytest_errcodes.simulation.adapters.transports import Transports
from pytest_errcodes.simulation.address import name_joined_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse
    from types import ModuleType

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.memory_socket import MemorySocket

#: How a copy of urllib3 is told to verify no certificate.
_UNVERIFIED = (None, ssl.CERT_NONE, "NONE", "CERT_NONE")


class HttpClientAdapter(PatchingAdapter):
    """Catches what http.client's connections send, and observes what they receive."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        #: Method and target of each connection's request, and how much had been received before it.
        self.sent: WeakKeyDictionary[Any, tuple[str, str, int]] = WeakKeyDictionary()
        #: The connections that were told to connect, which was put off.
        self.put_off: WeakSet[Any] = WeakSet()
        # Imported with the first request or response, and kept, as an import costs each one. httpx
        # imports http.client and never sends by it, so that few runs need them.
        self._make_memory: Callable[..., MemorySocket] | None = None
        self._watch_response: Callable[[HTTPResponse, Sent, int], None] | None = None
        # Found, not imported: a cassette of VCR.py's that plays by now has put its own there.
        connection, self._secure, self._response = find_classes(
            library, "HTTPConnection", "HTTPSConnection", "HTTPResponse"
        )
        self.patches = [
            Patch(connection, "putrequest", self._wrap_begin),
            Patch(connection, "getresponse", self._wrap_end),
            Patch(connection, "connect", self._wrap_connect),
            Transports(library, "HTTPConnection", "connect", self._wrap_connect_of),
        ]

    def _catches(self, conn: Any) -> bool:
        return bool(self.network.routers) and not was_let_pass(conn)

    def _wrap_begin(self, original: Any) -> Any:
        adapter = self

        def putrequest(self: Any, method: str, url: str, *arguments: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            adapter.sent[self] = (method, url, current().received)
            memory = find_memory(self.sock)
            if memory is not None:
                self.sock = memory.below
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, self)
            begun = original(self, method, url, *arguments, **options)
            if adapter._catches(self):
                # Where a run is inside of a run, each puts its socket above the other's.
                self.sock = adapter.make_socket(self)
            return begun

        return putrequest

    def _wrap_connect_of(self, owner: type, original: Any) -> Any:
        """Wrap the method of a class of others, such as a copy of urllib3 inside of an SDK."""
        if owner.__module__.partition(".")[0] == "urllib3":
            return None  # urllib3 itself has an adapter of its own
        return self._wrap_connect(original)

    def _wrap_connect(self, original: Any) -> Any:
        adapter = self

        def connect(self: Any) -> Any:
            if not adapter._catches(self):
                return original(self)
            adapter.put_off.add(self)  # it connects for real if a request is let pass
            # A copy of urllib3 asks for this attribute, which connecting would have set.
            if getattr(self, "is_verified", None) is False:
                self.is_verified = getattr(self, "cert_reqs", None) not in _UNVERIFIED
            return None

        return connect

    def _wrap_end(self, original: Any) -> Any:
        adapter = self

        def getresponse(self: Any, *arguments: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            memory = find_memory(self.sock)
            below = None if memory is None else memory.give_below()
            response = original(self, *arguments, **options)
            if memory is not None and memory.answer is not None:
                self.sock = below  # give it back: the response has a file of its own by now
                memory.tell_answer(response)
                if memory.answer.seen is not None:
                    return response
            if adapter.network.watched and isinstance(response, adapter._response):
                adapter.watch_response(self, response)
            return response

        return getresponse

    def make_socket(self, conn: Any) -> MemorySocket:
        """Return a socket in memory for the request that a connection begins."""
        if self._make_memory is None:
            from pytest_errcodes.simulation.adapters.memory_socket import MemorySocket

            self._make_memory = MemorySocket
        return self._make_memory(self.network, conn, partial(self.find_url, conn), self.put_off)

    def watch_response(self, conn: Any, response: Any) -> None:
        """Observe what a connection received, when its client has read it."""
        if self._watch_response is None:
            from pytest_errcodes.simulation.adapters.layered_answer import watch_response

            self._watch_response = watch_response
        method, target, begun = self.sent.get(conn, ("GET", "/", current().received))
        self._watch_response(response, Sent(method.upper(), self.find_url(conn, target)), begun)

    def refuse(self, owner: Owner, conn: Any) -> Exception:
        """Return the error for a request of a thread or task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        method, target, _ = self.sent[conn]
        text = note_stray_request(owner, method, self.find_url(conn, target))
        return ConnectionRefusedError(111, text)

    def find_url(self, conn: Any, target: str) -> str:
        """Return where a connection sends a request, through a tunnel if it has one."""
        # urllib3's classes for HTTPS are made from the plain one.
        is_secure = isinstance(conn, self._secure) or conn.default_port == HTTPS_PORT
        scheme = "https" if is_secure else "http"
        tunnel = getattr(conn, "_tunnel_host", None)
        host, port = (tunnel, conn._tunnel_port) if tunnel else (conn.host, conn.port)  # noqa: SLF001  # nothing else tells
        return name_joined_url(scheme, host, port, target)


def find_memory(sock: object) -> MemorySocket | None:
    """Return a connection's socket if it is one in memory, of whatever run; None for any other."""
    # Not by its class: a fake file system may forget what was imported while it was up, and have it
    # imported once more.
    found: Any = sock
    return found if getattr(type(sock), "is_in_memory", False) is True else None
