"""Print what one request and one route cost, ours over respx's, as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from importlib import resources
from typing import TYPE_CHECKING

import httpx
import respx

from pytest_errcodes.catalog import load_catalog, parse_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.adapters.httpcore import HttpxSeam

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://api.example.com/api/v1/trading/order"
BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
ROUNDS, REQUESTS = (5, 200) if "--quick" in sys.argv else (15, 500)


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


class Requests:
    """One long-lived client, answered by respx or by our routes."""

    def __init__(self) -> None:
        self.catalog = load_catalog("ltp")
        self.seam = HttpxSeam()
        self.client = httpx.Client()

    def router(self) -> CodeRouter:
        """Return a new router of ours."""
        return CodeRouter(catalog=self.catalog, seam=self.seam)

    def send(self, _: int) -> None:
        """Send one request and read its answer."""
        self.client.post(URL, json={"clientOrderId": "a1"}).json()

    def by_respx(self) -> float:
        """Measure a request that respx answers, with one route."""
        with respx.mock() as mock:
            mock.post(URL).respond(json=BODY)
            return each(self.send, REQUESTS)

    def by_ours(self, routes: int) -> float:
        """Measure a request that the last of our routes answers."""
        with self.router() as ours:
            for number in range(routes - 1):
                ours.post(f"{URL}/{number}").reply(401009)
            ours.post(URL).reply(401009)
            return each(self.send, REQUESTS)

    def by_every_code(self) -> float:
        """Measure a request to one route whose script holds all codes."""
        with self.router() as ours:
            route = ours.post(URL).reply(200000)
            for code in self.catalog.values():
                route.then(code, *code.template.sample)
            return each(self.send, REQUESTS)

    def registering(self, routes: int) -> float:
        """Measure adding a route that no test has added before, to a router with ``routes``."""
        ours = self.router()
        for number in range(routes):
            ours.post(f"{URL}/{number}")
        unseen = time.perf_counter_ns()
        return each(lambda number: ours.post(f"{URL}/{unseen}/{number}").reply(401009), 100)


def loading(_: int) -> None:
    """Read the embedded catalog from its text."""
    text = resources.files("pytest_errcodes.catalog").joinpath("data/ltp.toml").read_text("utf-8")
    parse_catalog(text, "ltp.toml")


def main() -> None:
    """Measure and print."""
    requests = Requests()
    spent = alternating(
        {
            "respx": requests.by_respx,
            "one": lambda: requests.by_ours(1),
            "many": lambda: requests.by_ours(1000),
            "codes": requests.by_every_code,
        }
    )
    routes = alternating(
        {
            "first": lambda: requests.registering(0),
            "thousandth": lambda: requests.registering(1000),
        }
    )
    load = statistics.median(each(loading, 1) for _ in range(ROUNDS))
    one = f"one request, ours {spent['one'] * 1e6:.0f} us, respx {spent['respx'] * 1e6:.0f} us"
    figures = {
        one: (spent["one"] / spent["respx"], "<= 1.0"),
        "a request among 1,000 routes over one among one": (spent["many"] / spent["one"], "<= 1.3"),
        "a request of 252 codes from one route over one": (spent["codes"] / spent["one"], "<= 1.3"),
        "registering a route among none, ms": (routes["first"] * 1000, "<= 0.1"),
        "registering a route among 1,000, ms": (routes["thousandth"] * 1000, "<= 0.1"),
        "loading ltp, ms": (load * 1000, "<= 10"),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
