"""What a connection of http.client's received: observed once, when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.layered_answer import FileAnswer
from pytest_errcodes.simulation.adapters.received_answer import Call, Sent, find_call

if TYPE_CHECKING:
    from http.client import HTTPResponse


def watch_response(response: HTTPResponse, sent: Sent, begun: int) -> None:
    """Observe a response when its client has read it.

    Args:
        response: The response, of which nothing but the headers was read.
        sent: The request that it answers.
        begun: How many envelopes had been received when the request was sent.
    """
    above = find_call()
    call = Call(sent, is_stream=above is not None and above.is_stream)
    call.begun = begun
    answer = HttpClientAnswer(response, call)
    if above is not None:
        above.answers.append(answer)


class HttpClientAnswer(FileAnswer):
    """One response of http.client's."""

    __slots__ = ("_is_chunked",)

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call, response.status, response.headers)
        self._is_chunked = bool(response.chunked)
        if response.fp is None:  # it has no body
            self.look_at(b"", response.status, response.getheaders())
        else:
            response.fp = self.watch(response.fp)

    def look_at_read(self, body: bytes, was_read: bool) -> None:  # noqa: FBT001  # a fact of the file
        """Look at what was read of the file, without what frames its chunks."""
        headers = list(self.headers.items())
        if self._is_chunked:
            headers = [pair for pair in headers if pair[0].lower() != "transfer-encoding"]
            body = _join_chunks(body)
        self.look_at(body if was_read else None, self.http_status, headers)


def _join_chunks(data: bytes) -> bytes:
    """Return a body without the lines that frame its chunks, as far as it was read."""
    place, chunks = 0, list[bytes]()
    while place < len(data):
        line = data[place:].partition(b"\r\n")[0]
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            break
        if not size:
            break
        place += len(line) + 2
        chunks.append(data[place : place + size])
        place += size + 2
    return b"".join(chunks)
