"""Print what one request of aiohttp costs, ours over those of other mocks, as JSON.

The others are measured where they are installed and work with this aiohttp: aioresponses up to
3.13, aiointercept from 3.13.3 on. aiointercept's server runs in a thread of this process, so its
processor time is counted too.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from requests_in_process import BODY, ORDER, URL, alternating

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.network import Network

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REQUESTS = 30 if "--quick" in sys.argv else 100
LOOP = asyncio.new_event_loop()


async def send(session: Any, requests: int) -> None:
    """Send requests, and read what is answered."""
    for _ in range(requests):
        async with session.post(URL, json=ORDER) as response:
            assert (await response.json())["code"] == 401009


class Canned(asyncio.Transport):
    """Answers each request by the same bytes, and reads none: the rest is aiohttp's own work."""

    ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"

    def __init__(self, protocol: Any) -> None:
        super().__init__()
        self.protocol = protocol
        body = json.dumps(BODY).encode()
        self.answer = self.ANSWER % (len(body), body)

    def write(self, _: object) -> None:
        """Answer; aiohttp writes a short request at once."""
        LOOP.call_soon(self.protocol.data_received, self.answer)

    def is_closing(self) -> bool:
        """Return that it is open."""
        return False

    def close(self) -> None:
        """End the connection."""
        LOOP.call_soon(self.protocol.connection_lost, None)


async def make_canned_session() -> Any:
    """Return a session that is answered by nothing but bytes."""
    import aiohttp

    class Connector(aiohttp.TCPConnector):
        async def _create_connection(self, *_: object) -> Any:
            protocol = self._factory()
            protocol.connection_made(Canned(protocol))
            return protocol

    return aiohttp.ClientSession(connector=Connector())


async def by_canned_bytes(session: Any, requests: int) -> float:
    """Answer by bytes alone: the floor."""
    begun = time.process_time()
    await send(session, requests)
    return time.process_time() - begun


class Mocks:
    """Ours and those of others, each answering the same request."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.catalog = load_catalog("ltp")
        self.network = Network(share_tls=False)

    async def ours(self, requests: int, routes: int = 1) -> float:
        """Answer by the last of our routes; return the time without their registration."""
        with CodeRouter(catalog=self.catalog, network=self.network) as router:
            for number in range(routes - 1):
                router.post(f"{URL}/{number}").reply(401009)
            router.post(URL).reply(401009)
            begun = time.process_time()
            await send(self.session, requests)
            return time.process_time() - begun

    async def aioresponses(self, requests: int) -> float:
        """Answer by aioresponses."""
        from aioresponses import aioresponses

        with aioresponses() as mock:
            mock.post(URL, payload=BODY, repeat=True)
            begun = time.process_time()
            await send(self.session, requests)
            return time.process_time() - begun

    async def aiointercept(self, requests: int) -> float:
        """Answer by the server of aiointercept."""
        from aiointercept import aiointercept

        async with aiointercept(mock_external_urls=True) as mock:
            mock.post(URL, payload=BODY, repeat=True)
            begun = time.process_time()
            await send(self.session, requests)
            return time.process_time() - begun

    def works(self, name: str) -> bool:
        """Return whether another mock is there, and works with this aiohttp."""
        if find_spec(name) is None:
            return False
        try:
            LOOP.run_until_complete(getattr(self, name)(1))
        except TypeError:  # aioresponses makes responses by hand
            return False
        return True


def one_of_many(work: Callable[[int], Awaitable[float]]) -> Callable[[], float]:
    """Return what measures one request among many to one mock."""
    return lambda: LOOP.run_until_complete(work(REQUESTS)) / REQUESTS


def whole_test(work: Callable[[int], Awaitable[float]]) -> Callable[[], float]:
    """Return what measures a mock that is made for one request, as a test does it."""

    def measure() -> float:
        begun = time.process_time()
        for _ in range(REQUESTS // 10):
            LOOP.run_until_complete(work(1))
        return (time.process_time() - begun) / (REQUESTS // 10)

    return measure


async def make_session() -> Any:
    """Return a session, in the loop that it belongs to."""
    import aiohttp

    return aiohttp.ClientSession()


def main() -> None:
    """Measure and print."""
    if find_spec("aiohttp") is None:
        print("{}")
        return
    session = LOOP.run_until_complete(make_session())
    mocks = Mocks(session)
    canned = LOOP.run_until_complete(make_canned_session())
    works: dict[str, Any] = {
        "canned": one_of_many(lambda count: by_canned_bytes(canned, count)),
        "one": one_of_many(mocks.ours),
        "many": one_of_many(lambda count: mocks.ours(count, 1_000)),
        "test": whole_test(mocks.ours),
    }
    others = [name for name in ("aioresponses", "aiointercept") if mocks.works(name)]
    for name in others:
        works[name] = one_of_many(getattr(mocks, name))
        works[f"test {name}"] = whole_test(getattr(mocks, name))
    spent = alternating(works)
    LOOP.run_until_complete(session.close())
    LOOP.run_until_complete(canned.close())
    figures = {
        f"aiohttp, one request, ours {spent['one'] * 1e6:.0f} us, 1,000 routes over 1": (
            spent["many"] / spent["one"],
            "<= 1.1",
        )
    }
    bars = {"aioresponses": "<= 1.0", "aiointercept": "<= 0.3"}
    for name in others:
        figures[f"aiohttp, a test with one reply, over {name}"] = (
            spent["test"] / spent[f"test {name}"],
            bars[name],
        )
        figures[f"aiohttp, one reply more, over {name}"] = (spent["one"] / spent[name], "")
        figures[f"aiohttp over canned bytes, one reply more, over {name}"] = (
            spent["canned"] / spent[name],
            "",
        )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
