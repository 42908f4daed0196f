"""An answer as the file that http.client's family reads it from: its body, or all of it."""

from __future__ import annotations

from collections.abc import Iterable
from io import BufferedReader, BytesIO, RawIOBase
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.wire_answer import find_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.simulation.wire_answer import WireAnswer


class SentBytes(BytesIO):
    """The body of an answer, read to its end as http.client's own response is.

    urllib3 1.26 takes it for one of http.client's, and requests reads its cookies.

    Attributes:
        msg: The headers, in the library's own class.
        status: The HTTP status.
        reason: What stands behind it.
        version: That of HTTP, as http.client has it.
    """

    msg: Any = None
    status: int = 0
    reason: str = ""
    version = 11
    _method = "GET"

    def isclosed(self) -> bool:
        """Return whether all has been read, or it is closed."""
        return self.closed or self.tell() >= len(self.getbuffer())


class SentParts:
    """The same for a body that comes in parts, as they are read.

    Raises:
        TimeoutError, ConnectionResetError: The parts end so, in whatever library's words.
    """

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""
        self._has_ended = False
        self.closed = False
        self.msg: Any = None
        self.status = 0
        self.reason = ""
        self.version = 11
        self._method = "GET"

    def read(self, amount: int | None = None) -> bytes:
        """Return so many bytes, or all; fewer at the end alone."""
        found = [self._rest]
        size = len(self._rest)
        while not self._has_ended and (amount is None or amount < 0 or size < amount):
            part = self._next()
            found.append(part)
            size += len(part)
        data = b"".join(found)
        cut = len(data) if amount is None or amount < 0 else amount
        self._rest = data[cut:]
        return data[:cut]

    def read1(self, amount: int = -1) -> bytes:
        """Return what comes next, up to so many bytes."""
        data = self._rest
        while not data and not self._has_ended:
            data = self._next()
        cut = len(data) if amount < 0 else amount
        self._rest = data[cut:]
        return data[:cut]

    def _next(self) -> bytes:
        try:
            return next(self._parts)
        except StopIteration:
            self._has_ended = True
            return b""
        except Exception as error:
            kind = find_fault(error)
            if kind is None:
                raise
            if kind.endswith("timeout"):
                raise TimeoutError("timed out") from error
            raise ConnectionResetError(104, "Connection reset by peer") from error

    def isclosed(self) -> bool:
        """Return whether all has been read, or it is closed."""
        return self.closed or (self._has_ended and not self._rest)

    def close(self) -> None:
        """Read no further."""
        self.closed = True
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()

    def flush(self) -> None:
        """Do nothing, as files that are read do."""


def open_answer(answer: WireAnswer, method: str) -> SentBytes | SentParts:
    """Return the body of an answer as a file.

    Args:
        answer: The answer.
        method: The method of the request.

    Raises:
        TypeError: Its body comes by an asynchronous stream alone.
    """
    if not answer.has_body(method):
        return SentBytes()
    body = answer.body
    if isinstance(body, bytes):
        return SentBytes(body)
    if not isinstance(body, Iterable):
        raise TypeError(
            "the route answers with an asynchronous stream, which a synchronous client cannot read"
        )
    return SentParts(iter(body))


class FailingFile(RawIOBase):
    """A response that does not come."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, _: Any) -> int:
        """Raise the error that came in place of a response."""
        __tracebackhide__ = True
        raise self._error


class _Message(RawIOBase):
    """A response as it comes over the wire, a body in parts included."""

    def __init__(self, head: bytes, body: Any) -> None:
        self._head, self._body = head, body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        part, self._head = self._head[:size], self._head[size:]
        part = part or self._body.read1(size)
        buffer[: len(part)] = part
        return len(part)


def open_message(answer: WireAnswer, method: str) -> Any:
    """Return an answer as a file: the first line, the headers, and the body."""
    body = open_answer(answer, method)
    headers = answer.headers
    if answer.has_body(method):  # its end is that of the file: we frame no chunks
        headers = [pair for pair in headers if pair[0].lower() != b"transfer-encoding"]
    lines = [
        f"HTTP/1.1 {answer.http_status} {answer.reason}".encode("latin-1"),
        *(name + b": " + value for name, value in headers),
    ]
    head = b"\r\n".join([*lines, b"", b""])
    if isinstance(body, BytesIO):
        return BytesIO(head + body.getvalue())
    return BufferedReader(_Message(head, body))
