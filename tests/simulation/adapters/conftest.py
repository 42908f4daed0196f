"""What the tests of the adapters share: a watch over what clients receive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.simulation.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contexts import ObservedContext

    from pytest_errcodes.active.observation import Observation


@pytest.fixture
def seen(context: ObservedContext) -> list[tuple[int | str, str | None, str]]:
    """Return what the watch sees: code, message and place."""
    seen: list[tuple[int | str, str | None, str]] = []

    def keep(one: Observation) -> None:
        if one.source == "client":
            seen.append((one.code, one.message, one.place))

    context.subscribe(keep)
    return seen


@pytest.fixture
def watch() -> Iterator[Network]:
    """Watch from now on."""
    network = Network()
    network.bind()
    network.watch()
    yield network
    network.close()
