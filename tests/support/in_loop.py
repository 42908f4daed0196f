"""Asynchronous tests in a loop of their own, and a server of aiohttp's for them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.test_utils import TestServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine


def in_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Let a coroutine function be a test that pytest runs by itself."""

    @wraps(test)
    def run(*args: Any, **options: Any) -> None:
        asyncio.run(test(*args, **options))

    return run


@asynccontextmanager
async def serving(handler: Any) -> AsyncIterator[str]:
    """Run a server on 127.0.0.1 while the block runs, and return its URL.

    Not aiohttp's own one for tests, which our routes leave its requests to.
    """
    server = web.ServerRunner(web.Server(handler))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{server.addresses[0][1]}"
    finally:
        await server.cleanup()


@asynccontextmanager
async def run_server(handler: Any) -> AsyncIterator[TestServer]:
    """Run a server of ``aiohttp.test_utils`` while the block runs."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    server = TestServer(app)
    await server.start_server()
    try:
        yield server
    finally:
        await server.close()
