"""What asyncio looks up in a thread is judged as what its task does."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pytest_errcodes.simulation.adapters.executor_lookups import ExecutorLookups
from pytest_errcodes.simulation.adapters.permits import Permit, find_asker, may_pass
from pytest_errcodes.simulation.network import Network


class _Guarded(Network):
    """A network that guards without a router."""

    def attend(self):
        self.guarded = True


def _getaddrinfo_debug():
    return may_pass(), find_asker()


@pytest.mark.parametrize("passes", [True, False])
def test_look_up(passes):
    """A worker knows whether the task may pass, and forgets it."""

    async def look_up():
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as pool, Permit(is_open=passes, asker="a_client"):
            found = await loop.run_in_executor(pool, _getaddrinfo_debug)
            return found, await loop.run_in_executor(pool, may_pass)

    network = _Guarded()
    network.unwatch()
    adapter = ExecutorLookups(network, sys.modules["asyncio.base_events"])
    adapter.bind()
    try:
        found = asyncio.run(look_up())
    finally:
        adapter.unbind()
        network.close()
    assert found == ((passes, "a_client"), False)
