"""Our routes, as the benchmarks of single requests set them beside other mocks."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ours:
    """Lets the last of our routes, that of a URL, answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.catalog, self.network = load_catalog("ltp"), Network()
        self.network.bind()

    @contextmanager
    def __call__(self, routes: int) -> Iterator[None]:
        """Let it answer."""
        with CodeRouter(
            catalog=self.catalog, network=self.network, assert_all_called=False
        ) as ours:
            for number in range(routes - 1):
                ours.post(f"{self.url}/{number}").reply(401009)
            ours.post(self.url).reply(401009)
            yield
