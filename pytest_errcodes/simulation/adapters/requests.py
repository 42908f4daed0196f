"""What requests' sessions receive, whatever answers: responses, requests-mock, a sandbox.

Requests are caught further down, in urllib3. Where requests would have nothing to do but to look
up a pool, which would have nothing to do either, the way there is cut short.
"""

from __future__ import annotations

import sys
from functools import partial
from os.path import exists
from typing import TYPE_CHECKING, Any

from pytest_errcodes._lazy import load_module
from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.layered_answer import RequestsCall, make_sent, tell_known
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.urllib3 import leads_to_network
from pytest_errcodes.simulation.adapters.urllib3_responses import Responses
from pytest_errcodes.simulation.adapters.written_request import list_headers
from pytest_errcodes.simulation.address import find_address
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import write_answer

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

_OURS = "pytest_errcodes.simulation.adapters.urllib3"
#: What of requests' adapter a class may have of its own, and then has to be asked.
_OWN = (
    "add_headers", "build_connection_pool_key_attributes", "build_response", "cert_verify",
    "get_connection", "get_connection_with_tls_context", "init_poolmanager", "request_url",
)  # fmt: skip


class RequestsAdapter(PatchingAdapter):
    """Observes the envelope of each response that a session gets."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self._session, self._adapter = find_classes(library, "Session", "HTTPAdapter")
        urllib3 = load_module("urllib3")
        self._responses = Responses(urllib3)
        self._pools: list[Any] = [
            urllib3.connectionpool.HTTPConnectionPool,
            urllib3.connectionpool.HTTPSConnectionPool,
        ]
        self._own_headers = library.structures.CaseInsensitiveDict
        self._retry = urllib3.util.retry.Retry
        self._stock = [getattr(self._adapter, name, None) for name in _OWN]
        self.response: Any = find_classes(library, "Response")[0]
        self._watching = Patch(self._session, "send", self._wrap_session)
        self.patches = [self._watching, Patch(self._adapter, "send", self._wrap_adapter)]

    def stand_back(self) -> None:
        """Give sessions their own method back: tests of mocks compare it with what they found."""
        self._watching.stand_back()

    # -- sessions ------------------------------------------------------------------------------

    def _wrap_session(self, original: Any) -> Any:
        adapter = self

        def send(self: Any, request: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.network.watched:
                return original(self, request, **options)
            sent = make_sent(request)
            call = RequestsCall(sent, is_stream=_is_stream(self, options))
            with call:
                response = original(self, request, **options)
            if isinstance(response, adapter.response):
                for one in (*response.history, response):
                    call.receive(one)
                if not isinstance(call.above, RequestsCall):  # not a redirect inside of a call
                    last = make_sent(response.request or request)
                    hand_over(response, sys._getframe(1), last)  # noqa: SLF001  # the only cheap way to a caller
            return response

        return send

    # -- the short way -------------------------------------------------------------------------

    def _wrap_adapter(self, original: Any) -> Any:
        adapter = self
        is_own = str(original.__module__).partition(".")[0] in ("pytest_errcodes", "requests")

        def send(  # noqa: PLR0917  # requests' own signature
            self: Any,
            request: Any,
            stream: Any = False,  # noqa: FBT002  # requests' own signature
            timeout: Any = None,
            verify: Any = True,  # noqa: FBT002  # requests' own signature
            cert: Any = None,
            proxies: Any = None,
        ) -> Any:
            __tracebackhide__ = True
            usual = is_own and adapter.network.routers and not (cert or proxies)
            if usual and (verify is True or (isinstance(verify, str) and exists(verify))):  # noqa: PTH110  # each request asks
                response = adapter.answer_at_once(self, request, timeout)
                if response is not None:
                    return response
            return original(self, request, stream, timeout, verify, cert, proxies)

        return send

    def answer_at_once(self, sender: Any, request: Any, timeout: Any) -> Any:
        """Return the response to a request; None where it takes the usual way.

        Args:
            sender: The adapter of requests' that is to send it.
            request: The request, prepared.
            timeout: Seconds, or what else stands for them.
        """
        body, retries = request.body, sender.max_retries
        if (
            not request.url.startswith(("http://", "https://"))
            or not (body is None or isinstance(body, str | bytes))
            or type(retries) is not self._retry
            or retries.total
            or retries.status_forcelist
            or not (timeout is None or (type(timeout) in (int, float) and timeout > 0))
            or not self._is_stock(type(sender))
            or find_ended_owner() is not None
        ):
            return None
        content = body.encode() if isinstance(body, str) else body
        address = find_address(request.url)
        pairs = self._list_pairs(request.headers)
        headers = partial(list_headers, pairs, address, content, chunked=False)
        reply = self.network.reply(Incoming(request.method, address, headers, content or b""))
        if reply is None:
            return None
        options = {"preload_content": False, "decode_content": False}
        answer = write_answer(reply)
        made = self._responses.make(answer, request.method, request.path_url, options)
        made.retries = retries
        tell_known(made, answer.seen)
        return sender.build_response(request, made)

    def _list_pairs(self, headers: Any) -> list[tuple[Any, Any]]:
        """Return the headers of a request as they are now; their owner may change them.

        requests' own class looks each of them up when it lists them, which takes longer than to
        find the route.
        """
        pairs = getattr(headers, "_store", None) if type(headers) is self._own_headers else None
        return list(headers.items() if pairs is None else pairs.values())

    def _is_stock(self, kind: type) -> bool:
        """Return whether nobody has put anything between an adapter and urllib3's connections."""
        if (
            kind is not self._adapter
            and [getattr(kind, name, None) for name in _OWN] != self._stock
        ):
            return False
        plain, secure = self._pools
        return (
            getattr(plain.urlopen, "__module__", None) == _OURS
            and leads_to_network(plain.ConnectionCls)
            and leads_to_network(secure.ConnectionCls)
        )


def _is_stream(session: Any, options: dict[str, Any]) -> bool:
    return bool(options.get("stream", session.stream))
