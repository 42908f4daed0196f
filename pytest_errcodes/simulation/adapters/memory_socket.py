"""The socket in memory that a connection of http.client's gets while routes are active.

It takes the request that is written to it, and asks the network once the request is complete.
"""

from __future__ import annotations

import socket
from http.client import RemoteDisconnected
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.answer_file import FailingFile, open_message
from pytest_errcodes.simulation.adapters.drivers import run
from pytest_errcodes.simulation.adapters.layered_answer import tell_known
from pytest_errcodes.simulation.adapters.permits import Permit
from pytest_errcodes.simulation.adapters.written_request import WrittenRequest
from pytest_errcodes.simulation.address import find_address
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import find_fault, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from weakref import WeakSet

    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.wire_answer import WireAnswer


class MemorySocket:
    """A socket in memory: what a connection sends goes to the network, what it answers comes back.

    Args:
        network: What answers.
        conn: The connection.
        find_url: Returns where the connection sends a request with a target.
        put_off: The connections that were told to connect, which was put off.

    Attributes:
        below: The connection's own socket, if it is open.
        answer: What the network has answered; None before, and where the request is let pass.
        is_in_memory: By this the adapter knows it among other sockets.
    """

    is_in_memory = True

    def __init__(
        self, network: Asked, conn: Any, find_url: Callable[[str], str], put_off: WeakSet[Any]
    ) -> None:
        self._network, self._conn = network, conn
        self._find_url, self._put_off = find_url, put_off
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
        written, network = self._written, self._network
        url = self._find_url(written.target)
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
        if self._conn in self._put_off:
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

    def tell_answer(self, response: Any) -> None:
        """Tell what reads the response, and those above, that it is known what was answered."""
        if self.answer is not None:
            tell_known(response, self.answer.seen)

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
