"""Who called an HTTP client: where it is the test itself, the answer surfaces to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current

if TYPE_CHECKING:
    from types import FrameType

#: Packages whose frames stand between a client and who called it.
_BETWEEN = frozenset({
    "aiohttp", "contextlib", "functools", "http", "httpx", "httpx2", "pytest_errcodes", "requests",
    "requests_mock", "responses", "urllib", "urllib3", "vcr",
})  # fmt: skip


def hand_over(response: object, frame: FrameType, request: object = None) -> None:
    """Tell that a client returned a response to the test's own function, if it did.

    A function that the test calls is a client of its own: what it makes of the response is judged.

    Args:
        response: The response.
        frame: The frame that called into the client's library, or a frame of that library.
        request: The request that it answers: has ``method`` and ``url``; the response's own
            ``request`` if None.
    """
    context = current()
    if not context.test_codes:
        return
    caller: FrameType | None = frame
    inner: object = None
    while caller is not None:
        if caller.f_globals is inner:  # the function above is of the same module
            caller = caller.f_back
            continue
        inner = caller.f_globals
        package = str(caller.f_globals.get("__name__", "")).partition(".")[0]
        if package not in _BETWEEN:
            if caller.f_code in context.test_codes:
                context.hand_over(response, request)
            return
        caller = caller.f_back
