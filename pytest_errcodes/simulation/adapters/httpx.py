"""Envelopes seen by httpx itself, whatever answered: respx, pytest-httpx, a sandbox.

``httpx.Client.send`` is what every request passes, above any mock. A response of our own
routes was observed by them, and is left out here.
"""

from __future__ import annotations

from typing import Any

import httpx

from pytest_errcodes.active.context import observe
from pytest_errcodes.envelope.envelope import Envelope, NotAnEnvelopeError
from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.findings.describe import describe_request
from pytest_errcodes.simulation.reply import EXTENSION, Reply


class HttpxWatch:
    """Observes the envelope of each response that an httpx client returns."""

    def __init__(self) -> None:
        self.active = False
        self._patches = [
            Patch(httpx.Client, "send", self._wrap_sync),
            Patch(httpx.AsyncClient, "send", self._wrap_async),
        ]

    def start(self) -> None:
        """Watch from now on."""
        for patch in self._patches:
            patch.ensure()
        self.active = True

    def stop(self) -> None:
        """Watch no longer."""
        self.active = False

    def remove(self) -> None:
        """Give httpx its methods back; a wrapper that somebody else covers stays, and is idle."""
        self.stop()
        for patch in self._patches:
            patch.remove()

    def _wrap_sync(self, original: Any) -> Any:
        watch = self

        def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            if not watch.active:
                return original(self, request, **options)
            try:
                response = original(self, request, **options)
            except Exception as error:
                watch.failed(error)
                raise
            return watch.saw(response)

        return send

    def _wrap_async(self, original: Any) -> Any:
        watch = self

        async def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            if not watch.active:
                return await original(self, request, **options)
            try:
                response = await original(self, request, **options)
            except Exception as error:
                watch.failed(error)
                raise
            return watch.saw(response)

        return send

    def failed(self, error: Exception) -> None:
        """Look at the response that an event hook refused."""
        response = vars(error).get("response")
        if isinstance(response, httpx.Response):
            self.saw(response)

    def saw(self, response: Any) -> Any:
        """Report a response and those before it (redirects, authentication); return it."""
        if isinstance(response, httpx.Response):
            for one in (*response.history, response):
                self._look(one)
        return response

    def _look(self, response: httpx.Response) -> None:
        seen = response.extensions.get(EXTENSION)
        if isinstance(seen, Reply) or seen is response.request:
            return
        if not response.is_closed:  # streamed: look when its reader has read it
            self._look_later(response)
            return
        response.extensions = {**response.extensions, EXTENSION: response.request}
        try:
            envelope = Envelope.of(response)
        except NotAnEnvelopeError:
            return
        request = response.request
        place = describe_request(request)
        observe(envelope.observation("client", place, request.method, str(request.url)))

    def _look_later(self, response: httpx.Response) -> None:
        read, aread, own = response.read, response.aread, vars(response)

        def look(content: bytes) -> bytes:
            for name in ("read", "aread"):  # a closure would keep the response from being pickled
                own.pop(name, None)
            self._look(response)
            return content

        def read_and_look() -> bytes:
            return look(read())

        async def aread_and_look() -> bytes:
            return look(await aread())

        own.update(read=read_and_look, aread=aread_and_look)
