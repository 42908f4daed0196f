"""respx's own mocks beside our routes: both answer what they know, and respx comes first.

respx patches httpcore as we do while one of its mocks is active, above our wrapper or below it,
whichever came first. In either order its mocks ask one function for a response; there we answer
what they do not know.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from httpx import Response
from respx.models import AllMockedAssertionError, CallList, PassThrough, Route

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.drivers import run, run_async
from pytest_errcodes.simulation.adapters.patching import Patch, Patching
from pytest_errcodes.simulation.adapters.permits import open_permit
from pytest_errcodes.simulation.adapters.respx_privates import HTTPCoreMocker
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.calls import RecordedResponse
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.reply import Reply, carry_body

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

    import httpx

    from pytest_errcodes.simulation.adapters.adapter import Asked


class RespxMocks(Patching):
    """Lets respx's mocks of httpcore ask the network for what they do not know.

    Args:
        network: What is asked.
        mocker: The class that puts respx's mocks into the library.
        unmatched: The error of the client's library for a request that nobody knows.
    """

    def __init__(self, network: Asked, mocker: Any, unmatched: type[Exception]) -> None:
        self.network = network
        self._mocker = mocker
        self._unmatched = unmatched
        #: Bodies of requests that were let pass; respx hands the same body down.
        self._passed: WeakSet[Any] | None = None
        self.patches = [
            Patch(mocker, "handler", partial(self._wrap_own, "handler", self._wrap_handler)),
            Patch(
                mocker,
                "async_handler",
                partial(self._wrap_own, "async_handler", self._wrap_async_handler),
            ),
            Patch(mocker, "stop", partial(self._wrap_own, "stop", self._wrap_stop)),
        ]
        if mocker is HTTPCoreMocker:  # one for all libraries: two would wrap each other endlessly
            self.patches.append(Patch(CallList, "record", self._wrap_record))

    @classmethod
    def find(cls, network: Asked, library: str, unmatched: type[Exception]) -> RespxMocks | None:
        """Return the mocks of one library; None where respx, and its plugins, know none of it."""
        found = HTTPCoreMocker if library == HTTPCoreMocker.name else None
        mocker = found or HTTPCoreMocker.registry.get(library)
        return None if mocker is None else cls(network, mocker, unmatched)

    def _wrap_own(self, name: str, wrap: Callable[[Any], Any], original: Any) -> Any:
        return _OfOneClass(wrap(original), self._mocker, name)

    @property
    def is_active(self) -> bool:
        """Whether a mock of respx is active."""
        return bool(self._mocker.routers)

    def lets_pass(self, body: object) -> bool:
        """Return whether the request with this body was let pass by a mock of respx above."""
        return self._passed is not None and body in self._passed

    def let_pass(self, body: object) -> None:
        """Note that the request with this body was let pass."""
        if self._passed is None:
            self._passed = WeakSet()
        self._passed.add(body)
        open_permit()

    def _wrap_handler(self, original: Any) -> Any:
        def handler(request: httpx.Request) -> httpx.Response:
            __tracebackhide__ = True
            self.refuse_stray(request)
            with _Unknown(self, request):
                return self.pass_on(request, original(request))
            return run(self.respond(request))

        return handler

    def _wrap_async_handler(self, original: Any) -> Any:
        async def async_handler(request: httpx.Request) -> httpx.Response:
            __tracebackhide__ = True
            self.refuse_stray(request)
            with _Unknown(self, request):
                return self.pass_on(request, await original(request))
            return await run_async(self.respond(request))

        return async_handler

    def _wrap_stop(self, original: Any) -> Any:
        def stop(force: bool = False) -> None:  # noqa: FBT001, FBT002  # respx's own signature
            original(force)
            # respx puts back what it found when it started, perhaps from before our wrapper.
            if self.network.routers and not self.is_active:
                self.network.bind()

        return stop

    def refuse_stray(self, request: httpx.Request) -> None:
        """Refuse a request of a thread or task that has outlived its test."""
        __tracebackhide__ = True
        ended = find_ended_owner()
        if ended is not None:
            from pytest_errcodes.simulation.strays import note_stray_request

            text = note_stray_request(ended, request.method, str(request.url))
            raise self._unmatched(text)

    def pass_on(self, request: httpx.Request, response: Any) -> httpx.Response:
        """Pass on what a mock of respx has answered, and note it."""
        self.network.note_elsewhere(request, lambda: "respx")
        carry_body(response)
        answer: httpx.Response = response
        return answer

    def _wrap_record(self, original: Any) -> Any:
        network = self.network

        def record(self: Any, request: httpx.Request, response: httpx.Response | None) -> Any:
            if network.watched and isinstance(response, Response):
                # A copy: respx would record the very response that the client returns, and nobody
                # could tell which of the two a test asserts.
                response = RecordedResponse.of(response)
            return original(self, request, response)

        return record

    def respond(self, request: httpx.Request) -> Generator[Any, Any, httpx.Response]:
        """Answer a request that respx does not know; a body for ``run`` or ``run_async``.

        Raises:
            PassThrough: The request is to pass. It is raised again in each layer of httpcore that
                respx has patched, which all ask.
        """
        __tracebackhide__ = True
        if self.lets_pass(request.stream):
            raise PassThrough("let pass by a layer above", request=request, origin=Route())
        answer = yield from self.network.answer(Incoming.of(request))
        if isinstance(answer, Reply):
            return answer.response(request)
        if answer is PASS:
            self.let_pass(request.stream)
            raise PassThrough("let pass by a route", request=request, origin=Route())
        if isinstance(answer, Unmatched):
            raise self._unmatched(answer.summary) from answer.explanation
        return answer


class _OfOneClass:
    """Takes the place of a class method in one class; a class made from it has its own."""

    def __init__(self, function: Callable[..., Any], owner: type, name: str) -> None:
        methods = (vars(kind).get(name) for kind in owner.__mro__)
        self._below: Any = next(one for one in methods if isinstance(one, classmethod))
        self._function = function
        self._owner = owner

    def __get__(self, instance: object, kind: type) -> Any:
        return self if kind is self._owner else self._below.__get__(instance, kind)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        return self._function(*arguments, **options)


class _Unknown:
    """Ends quietly where respx does not know a request, and the network is to be asked."""

    def __init__(self, mocks: RespxMocks, request: httpx.Request) -> None:
        self._mocks = mocks
        self._request = request

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        body = self._request.stream
        if isinstance(error, PassThrough):
            self._mocks.let_pass(body)
        asked = bool(self._mocks.network.routers) or self._mocks.lets_pass(body)
        return isinstance(error, AllMockedAssertionError) and asked
