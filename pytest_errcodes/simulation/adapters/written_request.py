"""A request as http.client's family writes it: what it is made of, and what its bytes say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.incoming import write_headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.simulation.address import Address

#: The headers that tell where a body ends.
_FRAMING = re.compile(rb"\r\n(content-length|transfer-encoding):[ \t]*([^\r]*)")
#: What ends a body in chunks.
_LAST = b"0\r\n\r\n"


class WrittenRequest:
    """Takes a request in bytes, and tells when it is complete.

    Attributes:
        head: Its first line and its headers; empty before they are complete.
        expects_word: Whether its client may wait for ``100 Continue`` before it sends the body.
    """

    def __init__(self) -> None:
        self.head = b""
        self.expects_word = False
        self._parts: list[bytes] = []
        self._last = b""  # its last bytes
        self._begin = 0  # where the body begins
        self._length: int | None = 0  # of the body; None for one in chunks

    def add(self, part: bytes) -> None:
        """Take what comes next."""
        self._parts.append(part)
        self._last = (self._last + part)[-len(_LAST) :]
        if not self._begin:
            self._read_head()

    @property
    def data(self) -> bytes:
        """All of it."""
        if len(self._parts) > 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0] if self._parts else b""

    @property
    def is_complete(self) -> bool:
        """Whether all has come."""
        if not self._begin:
            return False
        if self._length is None:
            return self._last == _LAST and self._split_chunks() is not None
        return sum(map(len, self._parts)) >= self._begin + self._length

    @property
    def body(self) -> bytes:
        """The body, without what frames it."""
        if self._length is None:
            return b"".join(self._split_chunks() or [])
        return self.data[self._begin :]

    @property
    def method(self) -> str:
        """The HTTP method; empty before the headers are complete."""
        return self.head.partition(b" ")[0].decode("ascii")

    @property
    def target(self) -> str:
        """What stands in the first line: path and query, or the whole URL."""
        _, _, rest = self.head.partition(b"\r\n")[0].partition(b" ")
        return rest.partition(b" ")[0].decode("latin-1")

    def list_headers(self) -> list[tuple[bytes, bytes]]:
        """Return name and value of each header, in order."""
        pairs = (line.partition(b":") for line in self.head.split(b"\r\n")[1:])
        return [(name, value.strip()) for name, _, value in pairs]

    def _read_head(self) -> None:
        head, end, _ = self.data.partition(b"\r\n\r\n")
        if not end:
            return
        self.head = head
        self._begin = len(head) + len(end)
        low = head.lower()
        self.expects_word = b"\r\nexpect:" in low
        for name, value in _FRAMING.findall(low):
            self._length = int(value) if name == b"content-length" else None

    def _split_chunks(self) -> list[bytes] | None:
        """Return the chunks of the body; None before the last one is there."""
        data, place, chunks = self.data, self._begin, list[bytes]()
        while True:
            line, end, _ = data[place : place + 32].partition(b"\r\n")
            if not end:
                return None
            size = int(line.partition(b";")[0], 16)
            place += len(line) + 2
            if not size:
                return chunks
            chunks.append(data[place : place + size])
            place += size + 2


#: What urllib3 gives for a header that is not to be sent.
_SKIP = "@@@SKIP_HEADER@@@"


def read_body(body: Any, charset: str) -> bytes:
    """Return a body in bytes.

    Args:
        body: None, bytes, text, what has ``read``, or what gives one part after the other; what
            can be read once alone is read up.
        charset: What text is encoded in.
    """
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode(charset)
    read = getattr(body, "read", None)
    if callable(read):
        parts = iter(lambda: read(65_536), None)
        return b"".join(_read_parts(parts, charset))
    try:
        return memoryview(body).tobytes()
    except TypeError:
        return b"".join(_join_parts(body, charset))


def _read_parts(parts: Iterable[Any], charset: str) -> Iterable[bytes]:
    for part in parts:
        if not part:
            return
        yield _to_bytes(part, charset)


def _join_parts(parts: Iterable[Any], charset: str) -> Iterable[bytes]:
    for part in parts:
        yield _to_bytes(part, charset)


def _to_bytes(part: Any, charset: str) -> bytes:
    return part.encode(charset) if isinstance(part, str) else bytes(part)


def list_headers(
    given: list[tuple[Any, Any]], address: Address, body: bytes | None, *, chunked: bool
) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request with those that its connection would add.

    Args:
        given: Those that its client gives.
        address: Where it goes.
        body: Its body.
        chunked: Whether it would be sent in chunks.
    """
    names = {str(name).lower() for name, _ in given}
    added = {"host": address.url.netloc.decode("ascii"), "accept-encoding": "identity"}
    if "content-length" not in names and "transfer-encoding" not in names:
        if chunked:
            added["transfer-encoding"] = "chunked"
        elif body is not None:
            added["content-length"] = str(len(body))
    first = [(name, value) for name, value in added.items() if name not in names]
    return write_headers((name, value) for name, value in first + given if value != _SKIP)
