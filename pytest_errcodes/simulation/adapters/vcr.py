"""Cassettes of VCR.py beside our routes: what they know is theirs, and observed where it is played.

What they do not know is ours, whatever library asks, and no cassette records it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.patching import Patch, find_caller, find_classes
from pytest_errcodes.simulation.adapters.received_answer import (
    Call,
    ReceivedAnswer,
    Sent,
    find_call,
)
from pytest_errcodes.simulation.adapters.written_request import read_body
from pytest_errcodes.simulation.address import name_url
from pytest_errcodes.simulation.incoming import Incoming

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked


class VcrAdapter(PatchingAdapter):
    """Observes the answers that cassettes play."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        cassette = find_classes(library, "Cassette")[0]
        self.patches = [
            Patch(cassette, "play_response", self._wrap),
            Patch(cassette, "filter_request", self._wrap_refusal),
            Patch(cassette, "append", self._wrap_record),
        ]

    def _wrap(self, original: Any) -> Any:
        adapter = self

        def play_response(self: Any, request: Any) -> Any:
            played = original(self, request)
            if adapter.network.watched and _is_record(request, played):
                _observe(request, played)
            if hasattr(request, "uri"):
                adapter.note(request)
            return played

        return play_response

    def _wrap_refusal(self, original: Any) -> Any:
        adapter = self

        def filter_request(self: Any, request: Any) -> Any:
            # A cassette that may not record refuses what it does not know, but for what it is not
            # there for: so it comes to us.
            return None if adapter.network.routers else original(self, request)

        return filter_request

    def _wrap_record(self, original: Any) -> Any:
        adapter = self

        def append(self: Any, request: Any, response: Any) -> Any:
            # What our routes answer is no recording of the API; one that is loaded is.
            if adapter.network.routers and not _is_loading():
                return None
            return original(self, request, response)

        return append

    def note(self, request: Any) -> None:
        """Tell the network that a cassette has answered a request."""
        if self.network.routers:
            body = request.body if isinstance(request.body, bytes | str) else None
            incoming = Incoming.make(
                request.method, request.uri, request.headers.items(), read_body(body, "utf-8")
            )
            self.network.note_elsewhere(incoming, lambda: "VCR.py")


def _is_loading() -> bool:
    """Return whether a cassette takes in what is on its tape; nothing else tells."""
    frame = find_caller(__name__)
    return frame is not None and frame.f_code.co_name == "_load"


def _is_record(request: Any, played: Any) -> bool:
    """Return whether it has the usual form; of any other, what the client makes of it is seen."""
    if not hasattr(request, "uri") or not isinstance(played, dict):
        return False
    body, status = played.get("body"), played.get("status")
    if not (isinstance(body, dict) and isinstance(status, dict)):
        return False
    return "headers" in played and "string" in body and "code" in status


def _observe(request: Any, played: Any) -> None:
    above = find_call()
    sent = Sent(request.method.upper(), name_url(request.uri))
    call = Call(sent, is_stream=above is not None and above.is_stream)
    answer = ReceivedAnswer(played, call)
    body = played["body"]["string"]
    content = body.encode() if isinstance(body, str) else bytes(body or b"")
    answer.look_at(content, played["status"]["code"], _list_headers(played["headers"]))
    if above is not None:
        above.answers.append(answer)


def _list_headers(headers: Any) -> list[tuple[str, str]]:
    """Return the headers of a recorded answer, where a name has one value or a list of them."""
    pairs = headers.items() if hasattr(headers, "items") else headers
    listed = [(name, [value] if isinstance(value, str) else value) for name, value in pairs]
    return [(name, str(one)) for name, values in listed for one in values]
