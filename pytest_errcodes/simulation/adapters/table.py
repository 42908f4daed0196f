"""The adapters there are: one more is one file and one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes._lazy import load_module
from pytest_errcodes.catalog.facts import Facts

if TYPE_CHECKING:
    from pytest_errcodes.simulation.adapters.adapter import Adapter


class Row(Facts):
    """One adapter.

    Attributes:
        library: The library, as it is imported.
        module: The full name of the module that has the adapter.
        name: The adapter's class in it.
        for_routes: Whether our own installation brings the library, and the first test with routes
            imports it before its fixtures do: an import inside of them may find a fake file system.
            Else it is left to the test, which may import it as late as with its first request.
        for_watching: The same for the first test with expectations.
    """

    library: str
    module: str
    name: str
    for_routes: bool = False
    for_watching: bool = False

    def load(self) -> type[Adapter]:
        """Import the adapter, and its library with it."""
        adapter: type[Adapter] = getattr(load_module(self.module), self.name)
        return adapter


TABLE = (
    Row(
        "httpcore",
        "pytest_errcodes.simulation.adapters.httpcore",
        "HttpcoreAdapter",
        for_routes=True,
    ),
    Row(
        "httpx",
        "pytest_errcodes.simulation.adapters.httpx",
        "HttpxAdapter",
        for_routes=True,
        for_watching=True,
    ),
    Row("httpcore2", "pytest_errcodes.simulation.adapters.httpcore", "HttpcoreAdapter"),
    Row("httpx2", "pytest_errcodes.simulation.adapters.httpx", "HttpxAdapter"),
    Row("aiohttp", "pytest_errcodes.simulation.adapters.aiohttp", "AiohttpAdapter"),
    Row("socket", "pytest_errcodes.simulation.adapters.sockets", "SocketGuard", for_routes=True),
    Row(
        "asyncio.base_events",
        "pytest_errcodes.simulation.adapters.executor_lookups",
        "ExecutorLookups",
    ),
    Row("http.client", "pytest_errcodes.simulation.adapters.http_client", "HttpClientAdapter"),
    Row("urllib3", "pytest_errcodes.simulation.adapters.urllib3", "Urllib3Adapter"),
    Row("requests", "pytest_errcodes.simulation.adapters.requests", "RequestsAdapter"),
    Row("responses", "pytest_errcodes.simulation.adapters.responses", "ResponsesAdapter"),
    Row(
        "requests_mock", "pytest_errcodes.simulation.adapters.requests_mock", "RequestsMockAdapter"
    ),
    Row("vcr", "pytest_errcodes.simulation.adapters.vcr", "VcrAdapter"),
)
