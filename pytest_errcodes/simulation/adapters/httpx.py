"""What httpx's clients receive, whatever answers: respx, pytest-httpx, a sandbox.

``httpx.Client.send`` is what every request passes, above any mock. A response of our own routes
was observed by them, and is left out here. Requests are caught further down, in httpcore.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import observe
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.refusal import NotAnEnvelopeError
from pytest_errcodes.simulation.adapters.adapter import Adapter
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.tls import SharedTLS
from pytest_errcodes.simulation.reply import EXTENSION, Reply

if TYPE_CHECKING:
    from types import ModuleType, TracebackType

    import httpx

    from pytest_errcodes.simulation.adapters.adapter import Asked


class HttpxAdapter(Adapter):
    """Observes the envelope of each response that a client returns; shares TLS contexts."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self.watching = False
        self._response: Any = find_classes(library, "Response")[0]
        self._tls = SharedTLS(library)
        client, async_client = find_classes(library, "Client", "AsyncClient")
        self._patches = [
            Patch(client, "send", self._wrap),
            Patch(async_client, "send", self._wrap_async),
        ]

    def unbind(self) -> None:
        """Give httpx its functions back; a wrapper that somebody else covers stays, and is idle."""
        self.unwatch()
        for patch in self._patches:
            patch.remove()
        self._tls.remove()

    def watch(self) -> None:
        """Observe from now on."""
        for patch in self._patches:
            patch.ensure()
        self.watching = True

    def unwatch(self) -> None:
        """Observe no longer."""
        self.watching = False

    def prepare(self) -> None:
        """Load equal TLS contexts once."""
        self._tls.start()

    def release(self) -> None:
        """Load each TLS context anew."""
        self._tls.stop()

    def _wrap(self, original: Any) -> Any:
        adapter, refused = self, _Refused(self)

        def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.watching:
                return original(self, request, **options)
            with refused:
                response = original(self, request, **options)
            return adapter.see(response)

        return send

    def _wrap_async(self, original: Any) -> Any:
        adapter, refused = self, _Refused(self)

        async def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.watching:
                return await original(self, request, **options)
            with refused:
                response = await original(self, request, **options)
            return adapter.see(response)

        return send

    def see(self, response: Any) -> Any:
        """Observe a response and those before it (redirects, authentication); return it."""
        if self.watching and isinstance(response, self._response):
            for one in (*response.history, response):
                _look(one)
        return response


class _Refused:
    """Sees the response that an event hook refused."""

    def __init__(self, adapter: HttpxAdapter) -> None:
        self._adapter = adapter

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            self._adapter.see(vars(error).get("response"))


def _look(response: httpx.Response) -> None:
    seen = response.extensions.get(EXTENSION)
    if isinstance(seen, Reply) or seen is response.request:
        return
    if not response.is_closed:  # streamed: look when its reader has read it
        _look_later(response)
        return
    response.extensions = {**response.extensions, EXTENSION: response.request}
    try:
        envelope = Envelope.of(response)
    except NotAnEnvelopeError:
        return
    request = response.request
    place = partial(_describe, request)
    observe(envelope.observation("client", place, request.method, str(request.url)))


def _describe(request: httpx.Request) -> str:
    from pytest_errcodes.simulation.findings.describe import describe_request

    return describe_request(request)


def _look_later(response: httpx.Response) -> None:
    read, aread, own = response.read, response.aread, vars(response)

    def look(content: bytes) -> bytes:
        for name in ("read", "aread"):  # a closure would keep the response from being pickled
            own.pop(name, None)
        _look(response)
        return content

    def read_and_look() -> bytes:
        return look(read())

    async def aread_and_look() -> bytes:
        return look(await aread())

    own.update(read=read_and_look, aread=aread_and_look)
