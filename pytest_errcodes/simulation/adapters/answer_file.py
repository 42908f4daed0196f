"""An answer as the file that http.client reads from its socket: first line, headers and body."""

from __future__ import annotations

from io import BufferedReader, BytesIO, RawIOBase
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.sent_bytes import open_answer

if TYPE_CHECKING:
    from pytest_errcodes.simulation.wire_answer import WireAnswer


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
