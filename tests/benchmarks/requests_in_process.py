"""Print what one request and one route cost, ours over respx's, as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
import respx

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.seam import HttpxSeam

URL = "https://api.example.com/api/v1/trading/order"
BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
ROUNDS, REQUESTS = (5, 200) if "--quick" in sys.argv else (15, 500)


def each(work: Callable[[int], object], count: int) -> float:
    """Return the seconds that one piece of work takes."""
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


def main() -> None:
    """Measure and print."""
    catalog = load_catalog("ltp")
    seam = HttpxSeam()
    client = httpx.Client()

    def router() -> CodeRouter:
        return CodeRouter(catalog=catalog, seam=seam, observe=lambda *_: None)

    def send(number: int) -> None:
        client.post(URL, json={"clientOrderId": "a1"}).json()

    def with_respx() -> float:
        with respx.mock() as mock:
            mock.post(URL).respond(json=BODY)
            return each(send, REQUESTS)

    def with_ours(routes: int) -> Callable[[], float]:
        def run() -> float:
            with router() as ours:
                for number in range(routes - 1):
                    ours.post(f"{URL}/{number}").reply(401009)
                ours.post(URL).reply(401009)
                return each(send, REQUESTS)

        return run

    def all_codes() -> float:
        with router() as ours:
            route = ours.post(URL).reply(200000)
            for code in catalog.values():
                route.then(code, *code.template.sample)
            return each(send, REQUESTS)

    def register(routes: int) -> Callable[[], float]:
        def run() -> float:
            ours: Any = router()
            for number in range(routes):
                ours.post(f"{URL}/{number}")
            return each(lambda number: ours.post(f"{URL}/more/{number}").reply(401009), 100)

        return run

    spent = alternating(
        {"respx": with_respx, "one": with_ours(1), "many": with_ours(1000), "codes": all_codes}
    )
    routes = alternating({"first": register(0), "thousandth": register(1000)})
    loading = statistics.median(each(lambda _: _load_anew(), 1) for _ in range(ROUNDS))
    figures = {
        f"one request, ours {spent['one'] * 1e6:.0f} us, respx {spent['respx'] * 1e6:.0f} us": (
            spent["one"] / spent["respx"],
            "<= 1.0",
        ),
        "a request among 1,000 routes over one among one": (spent["many"] / spent["one"], "<= 1.3"),
        "a request of 252 codes from one route over one": (spent["codes"] / spent["one"], "<= 1.3"),
        "registering a route among none, ms": (routes["first"] * 1000, "<= 0.1"),
        "registering a route among 1,000, ms": (routes["thousandth"] * 1000, "<= 0.1"),
        "loading ltp, ms": (loading * 1000, "<= 10"),
    }
    print(json.dumps(figures))


def _load_anew() -> None:
    from importlib import resources

    from pytest_errcodes.catalog.loading import parse_catalog

    text = resources.files("pytest_errcodes.catalog").joinpath("data/ltp.toml").read_text("utf-8")
    parse_catalog(text, "ltp.toml")


if __name__ == "__main__":
    main()
