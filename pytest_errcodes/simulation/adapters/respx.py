"""respx's own mocks beside our routes: both answer what they know, and respx comes first.

respx patches the same methods as the seam while one of its mocks is active, above our wrapper or
below it, whichever came first. In either order its mocks ask one function for a response; there
we answer what they do not know.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from respx.mocks import HTTPCoreMocker
from respx.models import AllMockedAssertionError, PassThrough, Route

from pytest_errcodes.simulation.adapters.patching import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpcore
    import httpx

    from pytest_errcodes.simulation.adapters.httpcore import HttpxSeam


class RespxNeighbour:
    """Lets respx's mocks ask the seam for what they do not know."""

    def __init__(self, seam: HttpxSeam) -> None:
        self._seam = seam
        #: Bodies of requests that respx lets pass; it hands the same body down.
        self._passed: WeakSet[Any] = WeakSet()
        self._patches = [
            Patch(HTTPCoreMocker, "handler", self._wrap_handler),
            Patch(HTTPCoreMocker, "async_handler", self._wrap_async_handler),
            Patch(HTTPCoreMocker, "stop", self._wrap_stop),
        ]

    def ensure(self) -> None:
        """Be asked from now on."""
        for patch in self._patches:
            patch.ensure()

    def remove(self) -> None:
        """Give respx its functions back."""
        for patch in self._patches:
            patch.remove()

    def lets_pass(self, request: httpcore.Request) -> bool:
        """Return whether respx, from above, lets this request pass."""
        return bool(self._passed) and request.stream in self._passed

    def _wrap_handler(self, original: Any) -> Any:
        def handler(incoming: httpx.Request) -> httpx.Response:
            __tracebackhide__ = True
            with self._noting_what_passes(incoming):
                try:
                    response: httpx.Response = original(incoming)
                except AllMockedAssertionError:
                    if not self._is_ours(incoming):
                        raise
                    response = self._seam.respond(incoming)
                return response

        return handler

    def _wrap_async_handler(self, original: Any) -> Any:
        async def async_handler(incoming: httpx.Request) -> httpx.Response:
            __tracebackhide__ = True
            with self._noting_what_passes(incoming):
                try:
                    response: httpx.Response = await original(incoming)
                except AllMockedAssertionError:
                    if not self._is_ours(incoming):
                        raise
                    response = await self._seam.arespond(incoming)
                return response

        return async_handler

    def _wrap_stop(self, original: Any) -> Any:
        def stop(force: bool = False) -> None:  # noqa: FBT001, FBT002  # respx's own signature
            original(force)
            # respx puts back what it had found, which may be without our wrapper.
            if self._seam.routers and not HTTPCoreMocker.routers:
                self._seam.ensure()

        return stop

    @contextmanager
    def _noting_what_passes(self, incoming: httpx.Request) -> Iterator[None]:
        try:
            yield
        except PassThrough:
            self._passed.add(incoming.stream)
            raise

    def _is_ours(self, incoming: httpx.Request) -> bool:
        """Return whether a router of ours is to be asked.

        Raises:
            PassThrough: It was asked already, and let the request pass: respx patches several
                layers of httpcore, and asks again in each.
        """
        if incoming.stream in self._passed:
            raise PassThrough("let pass by a layer above", request=incoming, origin=Route())
        return bool(self._seam.routers)
