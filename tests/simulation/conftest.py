"""What the tests of the simulation share: a router of its own, and clients that call it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from callers import CALLERS
from loopback import Loopback

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.adapters.httpcore import HttpxSeam

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contexts import ObservedContext

    from pytest_errcodes.active.observation import Observation


@pytest.fixture(scope="session")
def seam() -> Iterator[HttpxSeam]:
    """Install a seam once, as a run of pytest does."""
    seam = HttpxSeam()
    yield seam
    seam.remove()


@pytest.fixture
def observed(context: ObservedContext) -> list[tuple[int | str, str | None]]:
    """Return what the routers observe: code and URL."""
    observed: list[tuple[int | str, str | None]] = []

    def keep(one: Observation) -> None:
        if one.source == "route":
            observed.append((one.code, one.url))

    context.subscribe(keep)
    return observed


@pytest.fixture
def make_router(seam: HttpxSeam, context: ObservedContext) -> Iterator[Callable[..., CodeRouter]]:
    """Return a function that makes and starts routers; nothing judges what they find."""
    started: list[CodeRouter] = []

    def make(**settings: Any) -> CodeRouter:
        settings = {"catalog": load_catalog("ltp"), "seam": seam, **settings}
        router = CodeRouter(**settings)
        router.start()
        started.append(router)
        return router

    yield make
    for router in started:
        router.stop()


@pytest.fixture
def router(make_router: Callable[..., CodeRouter]) -> CodeRouter:
    """Return a started router."""
    return make_router()


@pytest.fixture(params=CALLERS)
def call(request: pytest.FixtureRequest) -> Any:
    """Return a caller, synchronous and asynchronous by turns."""
    return CALLERS[request.param]


@pytest.fixture(scope="session")
def loopback() -> Iterator[Loopback]:
    """Run an HTTP server on 127.0.0.1 that answers ``loopback`` and counts its requests."""
    with Loopback() as server:
        yield server
