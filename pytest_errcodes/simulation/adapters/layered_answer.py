"""What a session of requests returned, a pool of urllib3's, a connection of http.client's.

Each layer makes its response of the one below: that of requests holds urllib3's, which holds
http.client's. All read one file. It is looked at once, when its client has read it: the bytes come
through here, and nothing is read that the client does not read.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.simulation.adapters.received_answer import (
    Call,
    KnownAnswer,
    ReceivedAnswer,
    Sent,
    find_call,
)
from pytest_errcodes.simulation.address import name_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.client import HTTPResponse

#: Headers that speak of the body as it came over the wire: wrong of one that is decoded and whole.
_LENGTHS = ("content-encoding", "content-length", "transfer-encoding")

_CONSUMED = "its body was read as a stream before it could be looked at"


def make_sent(request: Any) -> Sent:
    """Return a request of requests' as its answer is told by it."""
    return Sent(str(request.method), name_url(str(request.url)))


def list_layers(response: Any) -> Iterator[object]:
    """Yield a response and those that it is made of: requests', urllib3's, http.client's."""
    yield response
    raw = getattr(response, "raw", response)
    for one in (raw, getattr(raw, "_original_response", None), getattr(raw, "_fp", None)):
        if one is not None:
            yield one


class WatchedFile:
    """Hands on what is read of a file, and looks once: at its end, or when it is closed.

    Args:
        file: The file; all that is not about reading is its own.
        look: Called once with all that was read, and whether anybody read.
    """

    def __init__(self, file: Any, look: Callable[[bytes, bool], object]) -> None:
        self._file = file
        self._look: Callable[[bytes, bool], object] | None = look
        self._parts: list[bytes] = []
        self._was_read = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def read(self, *arguments: Any, **options: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.read(*arguments, **options), arguments)

    def read1(self, *arguments: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.read1(*arguments), arguments)

    def readline(self, *arguments: Any) -> Any:
        """Read as the file does."""
        return self._note(self._file.readline(*arguments), arguments)

    def readinto(self, buffer: Any) -> Any:
        """Read as the file does."""
        count = self._file.readinto(buffer)
        self._note(bytes(memoryview(buffer)[: count or 0]), (len(buffer),))
        return count

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        finally:
            self.end()

    def _note(self, part: Any, arguments: tuple[Any, ...]) -> Any:
        self._was_read = True
        if part:
            self._parts.append(part)
        elif arguments[:1] != (0,):
            self.end()
        return part

    def end(self) -> None:
        """Look at what was read, unless that is done."""
        look, self._look = self._look, None
        if look is not None:
            look(b"".join(self._parts), self._was_read)
        self._parts = []


class LayeredAnswer(ReceivedAnswer):
    """An answer of which the layers above make their own, and keep it inside."""

    __slots__ = ()

    def is_of(self, response: Any) -> bool:
        """Return whether a response is this answer, or is made of it."""
        own = self.find_response()
        return any(one is own for one in list_layers(response))


class FileAnswer(LayeredAnswer):
    """An answer that is read from a file.

    Args:
        response: The response.
        call: The layer that answered.
        http_status: The HTTP status.
        headers: The headers, in the library's own class.
    """

    __slots__ = ("headers", "http_status")

    def __init__(self, response: Any, call: Call, http_status: int, headers: Any) -> None:
        super().__init__(response, call)
        self.http_status = http_status
        self.headers = headers

    def watch(self, file: Any) -> WatchedFile:
        """Return the same file, which looks at what its client has read of it."""
        self.let_go()
        return WatchedFile(file, self.look_at_read)

    def look_at_read(self, body: bytes, was_read: bool) -> None:  # noqa: FBT001  # a fact of the file
        """Look at what was read of the file."""
        self.look_at(body if was_read else None, self.http_status, list(self.headers.items()))


class KnownLayer(KnownAnswer, LayeredAnswer):
    """The same for an answer that was observed where it was sent."""

    __slots__ = ()


class RequestsCall(Call):
    """One call of a session."""

    __slots__ = ()

    def make_answer(self, response: Any) -> ReceivedAnswer:
        """Return the answer that a response of requests' is."""
        return RequestsAnswer(response, self)

    def receive_refused(self, error: Exception) -> None:
        """Take a response that a hook refused, as ``raise_for_status`` does."""
        response = getattr(error, "response", None)
        if response is not None and hasattr(response, "raw"):
            self.receive(response)


class RequestsAnswer(FileAnswer):
    """One response of requests', whose body is read or is still to be."""

    __slots__ = ()

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call, response.status_code, response.headers)
        if response.request is not None:
            self._request = make_sent(response.request)
        raw = response.raw
        file = getattr(raw, "_fp", raw)
        if isinstance(file, BytesIO) and not file.closed:  # a mock's: it keeps all of its bytes
            self.look_at_read(file.getvalue(), was_read=True)
        elif getattr(response, "_content_consumed", True) or not hasattr(file, "read"):
            self._look_at_content()
        elif file is not raw:
            raw._fp = self.watch(file)  # noqa: SLF001  # what each way to read goes through
        elif not _is_played(call):
            response.raw = self.watch(raw)

    def _look_at_content(self) -> None:
        response = self.response
        headers = [pair for pair in response.headers.items() if pair[0].lower() not in _LENGTHS]
        try:
            content = response.content
        except RuntimeError:  # a hook has read it as a stream: the bytes are gone
            self._refuse(Refusal(_CONSUMED, http_status=response.status_code))
            return
        self.look_at(content or b"", response.status_code, headers)


def _is_played(call: Call) -> bool:
    """Return whether a cassette has answered: what it played was observed as a record."""
    return any(isinstance(one.response, dict) for one in call.answers)


class Urllib3Call(Call):
    """One call of a pool, or of what manages pools."""

    __slots__ = ()

    def make_answer(self, response: Any) -> ReceivedAnswer:
        """Return the answer that a response of urllib3's is."""
        return Urllib3Answer(response, self)


class Urllib3Answer(FileAnswer):
    """One response of urllib3's, whose body is read or is still to be."""

    __slots__ = ()

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call, response.status, response.headers)
        file = getattr(response, "_fp", None)
        if file is None and _is_played(call):
            return
        if getattr(response, "_body", None) is None and hasattr(file, "read"):
            response._fp = self.watch(file)  # noqa: SLF001  # what each way to read goes through
            return
        headers = [pair for pair in response.headers.items() if pair[0].lower() not in _LENGTHS]
        self.look_at(response.data or b"", response.status, headers)


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


def tell_known(response: Any, body: bytes | None) -> None:
    """Let the layers above know a response that was observed where it was sent.

    Args:
        response: The response, of any layer.
        body: What was observed; None for one that is still to be.
    """
    if body is not None and find_call() is not None:
        KnownLayer(response, body).tell_above()
