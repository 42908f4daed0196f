"""The mock requests-mock beside our routes: what it does not know is ours.

It replaces the method of requests' session, and calls the one that it found when it was imported.
So its answers are observed where its own adapter gives them.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.layered_answer import RequestsCall, make_sent
from pytest_errcodes.simulation.adapters.patching import Patch, find_caller, find_classes
from pytest_errcodes.simulation.adapters.responses import note_answered

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

#: So many frames stand between a mocker and its adapter at most.
_NEAR = 4


class RequestsMockAdapter(PatchingAdapter):
    """Lets the mock pass on what it does not know, and observes what it answers."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self.unknown: Any = library.exceptions.NoMockAddress
        #: What the mock's own mocker takes for "not mine".
        self.pass_on: Any = find_classes(library, "_RunRealHTTP")[0]
        self.patches = [Patch(find_classes(library, "Adapter")[0], "send", self._wrap_send)]

    def _wrap_send(self, original: Any) -> Any:
        adapter = self

        def send(self: Any, request: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            call = RequestsCall(make_sent(request), is_stream=options.get("stream") is True)
            try:
                with call if adapter.network.watched else nullcontext():
                    response = original(self, request, **options)
            except adapter.unknown:
                if adapter.network.routers and _is_asked_by_mocker():
                    raise adapter.pass_on() from None
                raise
            note_answered(adapter.network, request, "requests-mock")
            if adapter.network.watched:
                call.receive(response)
                if call.above is None and not response.is_redirect:
                    hand_over(response, sys._getframe(1), call.request)  # noqa: SLF001  # the only cheap way to a caller
            return response

        return send


def _is_asked_by_mocker() -> bool:
    """Return whether a mocker asks, which knows where else a request may go; a session does not."""
    frame = find_caller(__name__)
    for _ in range(_NEAR):
        if frame is None:
            return False
        if frame.f_globals.get("__name__") == "requests_mock.mocker":
            return True
        frame = frame.f_back
    return False
