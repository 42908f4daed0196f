"""The errors of a request that no route matches: ours, and httpx's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from httpx import ConnectError  # bound here: a test may have put something else in its place
from respx.models import AllMockedAssertionError

from pytest_errcodes.simulation.answers import Unmatched

if TYPE_CHECKING:
    from types import TracebackType

    import httpx


class UnmatchedRequestError(AllMockedAssertionError):
    """A request came that no route answers; its text names the nearest, or what forbids it."""

    __module__ = "pytest_errcodes.simulation"  # where users import it from


class Unconnected:
    """Raises httpx's own error for a request that no route matches."""

    def __init__(self, request: httpx.Request) -> None:
        self._request = request

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, UnmatchedRequestError):
            summary = Unmatched(error).summary
            raise ConnectError(summary, request=self._request) from error.with_traceback(None)
