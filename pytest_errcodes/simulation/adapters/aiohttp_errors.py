"""What aiohttp raises where no answer comes: its own errors for what a route raises."""

from __future__ import annotations

from asyncio import current_task
from errno import ECONNREFUSED, ECONNRESET
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pytest_errcodes.simulation.wire_answer import find_fault

if TYPE_CHECKING:
    from asyncio import Task
    from types import ModuleType


class AiohttpErrors:
    """Makes aiohttp's errors.

    Args:
        library: aiohttp.
    """

    def __init__(self, library: ModuleType) -> None:
        self._library: Any = library
        #: By task, the last request that could not connect: its timer, which tells the request, and
        #: its error.
        self._refused: WeakKeyDictionary[Task[Any], tuple[Any, Exception]] = WeakKeyDictionary()

    def make_unconnected(self, req: Any, text: str) -> Exception:
        """Return the error for a host that cannot be reached."""
        refused = ConnectionRefusedError(ECONNREFUSED, text)
        error: Exception = self._library.ClientConnectorError(req.connection_key, refused)
        return error

    def translate(self, error: BaseException, req: Any) -> BaseException:
        """Return what aiohttp raises where a route's side effect raised an error.

        respx's users write httpx's errors; aiohttp's own, and those of nobody, stay as they are.
        """
        library = self._library
        fault = None if isinstance(error, library.ClientError) else find_fault(error)
        if fault is None:
            return error
        text = str(error) or type(error).__name__
        # Both are ServerTimeoutError before 3.10.
        usual = library.ServerTimeoutError
        made: Exception
        if fault == "connect":
            made = self.make_unconnected(req, text)
        elif fault == "connect-timeout":
            made = getattr(library, "ConnectionTimeoutError", usual)(text)
        elif fault == "read-timeout":
            made = getattr(library, "SocketTimeoutError", usual)(text)
        elif fault == "closed":
            made = library.ServerDisconnectedError(text)
        else:
            made = library.ClientOSError(ECONNRESET, text)
        made.__cause__ = error
        return made

    # aiohttp 3.10 and 3.11 take our error for a broken connection, since it comes where an answer
    # would, and try once more. All attempts of one request share a timer: so we know it again.

    def keep_refused(self, error: BaseException, req: Any, task: Task[Any] | None) -> None:
        """Keep what a task is told, if it could not connect."""
        if isinstance(error, self._library.ClientConnectorError) and task is not None:
            self._refused[task] = (req._timer, error)  # noqa: SLF001  # aiohttp says no other way

    def raise_again(self, req: Any) -> None:
        """Raise what could not connect, if aiohttp sends the same request once more."""
        __tracebackhide__ = True
        if not self._refused:
            return
        task = current_task()
        timer, error = self._refused.pop(task, (None, None)) if task else (None, None)
        if error is not None and timer is req._timer:  # noqa: SLF001  # as above
            raise error
