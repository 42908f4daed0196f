"""The mock responses beside our routes: what it answers is its own, what it does not know is ours.

It replaces the method of requests' adapter, and retries what it answers itself. So each answer is
observed where it records it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.layered_answer import RequestsCall, make_sent
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.received_answer import find_call
from pytest_errcodes.simulation.adapters.written_request import read_body
from pytest_errcodes.simulation.incoming import Incoming

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked


class _UnknownError(Exception):
    """A request that no mock of responses matches."""


class ResponsesAdapter(PatchingAdapter):
    """Lets the mock ask the network for what it does not know, and observes what it answers."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        mock, calls = find_classes(library, "RequestsMock", "CallList")
        record = "add_call" if hasattr(calls, "add_call") else "add"
        self.patches = [
            Patch(mock, "_find_match", self._wrap_find),
            Patch(mock, "_on_request", self._wrap_answer),
            Patch(calls, record, self._wrap_record),
        ]

    def _wrap_find(self, original: Any) -> Any:
        adapter = self

        def _find_match(self: Any, request: Any) -> Any:
            __tracebackhide__ = True
            found = original(self, request)
            if found[0] is None and adapter.network.routers:
                raise _UnknownError
            return found

        return _find_match

    def _wrap_answer(self, original: Any) -> Any:
        def _on_request(self: Any, adapter: Any, request: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            try:
                return original(self, adapter, request, **options)
            except _UnknownError:
                pass
            options.pop("retries", None)
            return self._real_send(adapter, request, **options)

        return _on_request

    def _wrap_record(self, original: Any) -> Any:
        adapter = self

        def add_call(self: Any, *arguments: Any) -> Any:
            if len(arguments) == 1:
                request, response = arguments[0].request, arguments[0].response
            else:
                request, response = arguments
            if hasattr(response, "raw"):
                adapter.note(request, response)
            return original(self, *arguments)

        return add_call

    def note(self, request: Any, response: Any) -> None:
        """Observe an answer once, and tell the network whose it is."""
        note_answered(self.network, request, "responses")
        above = find_call() if self.network.watched else None
        if above is not None and not any(one.is_of(response) for one in above.answers):
            call = RequestsCall(make_sent(request), is_stream=above.is_stream)
            above.answers.append(call.make_answer(response))


def note_answered(network: Asked, request: Any, name: str) -> None:
    """Tell the network that a mock has answered a request of requests'."""
    if network.routers:
        body = request.body if isinstance(request.body, bytes | str) else None
        incoming = Incoming.make(
            request.method, request.url, request.headers.items(), read_body(body, "utf-8")
        )
        network.note_elsewhere(incoming, lambda: name)
