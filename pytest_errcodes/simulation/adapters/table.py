"""The adapters there are: one more is one file and one row."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pytest_errcodes.simulation.adapters.adapter import Adapter


class Row(NamedTuple):
    """One adapter.

    Attributes:
        library: The library, as it is imported.
        module: The module of this package that has the adapter; imports the library.
        name: The adapter's class in it.
        brought: Whether our own installation brings the library, and a test that needs the network
            imports it at the latest; else it is left to the test. A test may import it as late as
            with its first request.
    """

    library: str
    module: str
    name: str
    brought: bool = False

    def load(self) -> type[Adapter]:
        """Import the adapter, and its library with it."""
        adapter: type[Adapter] = getattr(import_module(f"{__package__}.{self.module}"), self.name)
        return adapter


TABLE = (
    Row("httpcore", "httpcore", "HttpcoreAdapter"),
    Row("httpx", "httpx", "HttpxAdapter", brought=True),
)
