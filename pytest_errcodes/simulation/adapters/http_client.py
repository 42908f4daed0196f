"""Requests of http.client, and so of urllib.request: caught in its connection, which is not opened.

A connection writes its request to a socket and reads the response from it. While routes are active
that socket is one in memory, which asks the network once the request is complete. What urllib3
sends is caught above; it comes by here where a mock of others stands between, as VCR.py's.
"""

from __future__ import annotations

import socket
import ssl
from http.client import (
    HTTPS_PORT,
    HTTPConnection,
    HTTPResponse,
    HTTPSConnection,
    RemoteDisconnected,
)
from io import BufferedReader
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from pytest_errcodes.active.context import current
from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.answer_file import FailingFile, open_message
from pytest_errcodes.simulation.adapters.drivers import run
from pytest_errcodes.simulation.adapters.http_client_answer import watch_response
from pytest_errcodes.simulation.adapters.layered_answer import tell_known
from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.adapters.permits import Permit, was_let_pass
from pytest_errcodes.simulation.adapters.received_answer import Sent
from pytest_errcodes.simulation.adapters.transports import Transports
from pytest_errcodes.simulation.adapters.written_request import WrittenRequest
from pytest_errcodes.simulation.address import find_address, name_joined_url
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import find_fault, write_answer

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.wire_answer import WireAnswer

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
        self.patches = [
            Patch(HTTPConnection, "putrequest", self._wrap_begin),
            Patch(HTTPConnection, "getresponse", self._wrap_end),
            Patch(HTTPConnection, "connect", self._wrap_connect),
            Transports(library, "HTTPConnection", "connect", self._wrap_connect_of),
        ]

    def _catches(self, conn: Any) -> bool:
        return bool(self.network.routers) and not was_let_pass(conn)

    def _wrap_begin(self, original: Any) -> Any:
        adapter = self

        def putrequest(self: Any, method: str, url: str, *arguments: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            adapter.sent[self] = (method, url, current().received)
            if isinstance(self.sock, MemorySocket):
                self.sock = self.sock.below
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, self)
            begun = original(self, method, url, *arguments, **options)
            if adapter._catches(self):
                # Where a run is inside of a run, each puts its socket above the other's.
                self.sock = MemorySocket(adapter, self)
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
            memory = self.sock if isinstance(self.sock, MemorySocket) else None
            below = None if memory is None else memory.give_below()
            response = original(self, *arguments, **options)
            if memory is not None and memory.answer is not None:
                self.sock = below  # give it back: the response has a file of its own by now
                tell_known(response, memory.answer.seen)
                if memory.answer.seen is not None:
                    return response
            if adapter.network.watched and isinstance(response, HTTPResponse):
                method, target, begun = adapter.sent.get(self, ("GET", "/", current().received))
                watch_response(response, Sent(method.upper(), find_url(self, target)), begun)
            return response

        return getresponse

    def refuse(self, owner: Owner, conn: Any) -> Exception:
        """Return the error for a request of a thread or task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        method, target, _ = self.sent[conn]
        text = note_stray_request(owner, method, find_url(conn, target))
        return ConnectionRefusedError(111, text)


def find_url(conn: Any, target: str) -> str:
    """Return where a connection sends a request, through a tunnel if it has one."""
    # urllib3's classes for HTTPS are made from the plain one.
    is_secure = isinstance(conn, HTTPSConnection) or conn.default_port == HTTPS_PORT
    scheme = "https" if is_secure else "http"
    tunnel = getattr(conn, "_tunnel_host", None)
    host, port = (tunnel, conn._tunnel_port) if tunnel else (conn.host, conn.port)  # noqa: SLF001  # nothing else tells
    return name_joined_url(scheme, host, port, target)


class MemorySocket:
    """A socket in memory: what a connection sends goes to the network, what it answers comes back.

    Args:
        adapter: The adapter, which knows the network.
        conn: The connection.

    Attributes:
        below: The connection's own socket, if it is open.
        answer: What the network has answered; None before, and where the request is let pass.
    """

    def __init__(self, adapter: HttpClientAdapter, conn: Any) -> None:
        self._adapter, self._conn = adapter, conn
        self.below = conn.sock
        self.answer: WireAnswer | None = None
        self._written = WrittenRequest()
        self._late: Exception | None = None
        self._has_asked = False

    def sendall(self, data: Any) -> None:
        """Take what is sent; ask the network when the request is complete."""
        __tracebackhide__ = True
        self._written.add(bytes(data))
        if not self._has_asked and self._written.is_complete:
            self._has_asked = True
            self._ask()

    def _ask(self) -> None:
        __tracebackhide__ = True
        written, network = self._written, self._adapter.network
        url = find_url(self._conn, written.target)
        incoming = Incoming(
            written.method.upper(), find_address(url), written.list_headers, written.body
        )
        try:
            answer = network.reply(incoming) or run(network.answer(incoming))
        except Exception as error:  # noqa: BLE001  # a side effect may raise anything
            self._fail(error)
            return
        if answer is PASS:
            self._pass_on()
        elif isinstance(answer, Unmatched):
            self._close_unconnected()
            raise ConnectionRefusedError(111, answer.summary) from answer.explanation
        else:
            self.answer = write_answer(answer)

    def _fail(self, error: Exception) -> None:
        """Raise what a side effect raised, now or when the response is read."""
        __tracebackhide__ = True
        kind = find_fault(error)
        if kind is None:
            raise error
        if kind in ("connect", "connect-timeout"):
            self._close_unconnected()
        if kind == "connect":
            raise ConnectionRefusedError(111, str(error) or "Connection refused") from error
        if kind == "connect-timeout":
            raise TimeoutError("timed out") from error
        if kind == "read-timeout":
            self._late = TimeoutError("The read operation timed out")
        elif kind == "closed":
            self._late = RemoteDisconnected("Remote end closed connection without response")
        else:
            self._late = ConnectionResetError(104, "Connection reset by peer")
        self._late.__cause__ = error

    def _close_unconnected(self) -> None:
        """Let a connection that was told to connect be as if that had failed: it may try again."""
        if self._conn in self._adapter.put_off:
            self._conn.close()

    def _pass_on(self) -> None:
        """Send the request where it would have gone."""
        conn = self._conn
        conn.sock = self.below
        if conn.sock is None:
            with Permit(conn):
                conn.connect()
        conn.sock.sendall(self._written.data)

    def makefile(self, *_: Any, **__: Any) -> Any:
        """Return what the response is read from."""
        if self._late is not None:
            return BufferedReader(FailingFile(self._late))
        if self.answer is None:
            return BufferedReader(FailingFile(RemoteDisconnected("the request was never complete")))
        return open_message(self.answer, self._written.method)

    def give_below(self) -> Any:
        """Give the connection its own socket back, which is not to be closed with this one."""
        below, self.below = self.below, None
        return below

    def close(self) -> None:
        """Close what is below."""
        if self.below is not None:
            self.below.close()

    def settimeout(self, timeout: float | None) -> None:
        """Do nothing: nothing is waited for."""

    def setsockopt(self, *_: Any) -> None:
        """Do nothing: nothing is sent."""

    def shutdown(self, how: int = socket.SHUT_RDWR) -> None:
        """Do nothing: nothing is open."""

    def __getattr__(self, name: str) -> Any:
        if self.below is None:
            raise AttributeError(f"a request that a route answers has no socket with {name!r}")
        return getattr(self.below, name)
