"""Print what one request and one route cost, ours over those of others, as JSON."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from importlib import resources
from typing import TYPE_CHECKING, Any

import httpx
import respx

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://api.example.com/api/v1/trading/order"
BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
ORDER = {"clientOrderId": "a1"}
ROUNDS, REQUESTS = (7, 100) if "--quick" in sys.argv else (25, 200)


def each(work: Callable[[int], object], count: int) -> float:
    """Return the processor time in seconds that one piece of work takes."""
    begun = time.process_time()
    for number in range(count):
        work(number)
    return (time.process_time() - begun) / count


def alternating(works: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Measure several things by turns, so that a slow moment hits them all; return medians."""
    for work in works.values():
        work()
    rounds = [{name: work() for name, work in works.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in rounds) for name in works}


def answer(_: httpx.Request) -> httpx.Response:
    """Answer as a hand-made transport does."""
    return httpx.Response(200, json=BODY)


class Requests:
    """One long-lived client, answered by respx, by a hand-made transport, or by our routes."""

    def __init__(self) -> None:
        self.catalog = load_catalog("ltp")
        self.network = Network()
        self.client = httpx.Client()
        self.mocked = httpx.Client(transport=httpx.MockTransport(answer))

    def router(self) -> CodeRouter:
        """Return a new router of ours."""
        return CodeRouter(catalog=self.catalog, network=self.network)

    def send(self, client: Any) -> float:
        """Measure a request that a client sends, its answer read."""
        return each(lambda _: client.post(URL, json=ORDER).json(), REQUESTS)

    def by_transport(self) -> float:
        """Measure a request that a hand-made transport answers."""
        return self.send(self.mocked)

    def by_respx(self) -> float:
        """Measure a request that respx answers, with one route."""
        with respx.mock() as mock:
            mock.post(URL).respond(json=BODY)
            return self.send(self.client)

    def by_ours(self, routes: int) -> float:
        """Measure a request that the last of our routes answers."""
        with self.router() as ours:
            for number in range(routes - 1):
                ours.post(f"{URL}/{number}").reply(401009)
            ours.post(URL).reply(401009)
            return self.send(self.client)

    def by_every_code(self) -> float:
        """Measure a request to one route whose script holds all codes."""
        with self.router() as ours:
            route = ours.post(URL).reply(200000)
            for code in self.catalog.values():
                route.then(code, *code.template.sample)
            return self.send(self.client)

    def registering(self, routes: int) -> float:
        """Measure adding a route that no test has added before, to a router with ``routes``."""
        ours = self.router()
        for number in range(routes):
            ours.post(f"{URL}/{number}")
        unseen = time.perf_counter_ns()
        return each(lambda number: ours.post(f"{URL}/{unseen}/{number}").reply(401009), 100)


class AsyncRequests(Requests):
    """The same with asynchronous clients, in one event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.client: Any = httpx.AsyncClient()
        self.mocked: Any = httpx.AsyncClient(transport=httpx.MockTransport(answer))

    def send(self, client: Any) -> float:
        """Measure a request that a client sends, its answer read."""

        async def send_all() -> float:
            begun = time.process_time()
            for _ in range(REQUESTS):
                (await client.post(URL, json=ORDER)).json()
            return (time.process_time() - begun) / REQUESTS

        return self.loop.run_until_complete(send_all())


def loading(_: int) -> None:
    """Read the embedded catalog from its text."""
    text = resources.files("pytest_errcodes.catalog").joinpath("data/ltp.toml").read_text("utf-8")
    parse_catalog(text, "ltp.toml")


def main() -> None:
    """Measure and print."""
    requests, others = Requests(), AsyncRequests()
    spent = alternating(
        {
            "respx": requests.by_respx,
            "transport": requests.by_transport,
            "one": lambda: requests.by_ours(1),
            "many": lambda: requests.by_ours(1000),
            "codes": requests.by_every_code,
            "async transport": others.by_transport,
            "async one": lambda: others.by_ours(1),
            "async many": lambda: others.by_ours(1000),
        }
    )
    routes = alternating(
        {
            "first": lambda: requests.registering(0),
            "thousandth": lambda: requests.registering(1000),
        }
    )
    load = statistics.median(each(loading, 1) for _ in range(ROUNDS))
    floor, async_floor = spent["transport"], spent["async transport"]
    one = f"one request, ours {spent['one'] * 1e6:.0f} us, over MockTransport"
    figures = {
        one: (spent["one"] / floor, "<= 1.15"),
        "the same among 1,000 routes": (spent["many"] / floor, "<= 1.15"),
        "the same from one route with 252 codes": (spent["codes"] / floor, "<= 1.15"),
        "one asynchronous request, over MockTransport": (
            spent["async one"] / async_floor,
            "<= 1.2",
        ),
        "the same among 1,000 routes ": (spent["async many"] / async_floor, "<= 1.2"),
        "one request, over respx": (spent["one"] / spent["respx"], ""),
        "registering a route among none, ms": (routes["first"] * 1000, "<= 0.05"),
        "registering a route among 1,000, ms": (routes["thousandth"] * 1000, "<= 0.05"),
        "loading ltp, ms": (load * 1000, "<= 10"),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
