"""Print what one request of a requests session costs, ours over its mocks, as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests
import requests_mock
import responses
from our_routes import Ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

URL = "https://api.example.com/api/v1/trading/order"
BODY = json.dumps({"code": 401009, "message": "clientOrderId already exists", "data": None})
ROUNDS, REQUESTS = (40, 20) if "--quick" in sys.argv else (150, 30)


@contextmanager
def by_responses() -> Iterator[None]:
    """Let responses answer."""
    with responses.RequestsMock() as mock:
        mock.post(URL, body=BODY, content_type="application/json")
        yield


@contextmanager
def by_requests_mock() -> Iterator[None]:
    """Let requests-mock answer."""
    with requests_mock.Mocker() as mock:
        mock.post(URL, text=BODY, headers={"content-type": "application/json"})
        yield


def measure(session: requests.Session, answered: AbstractContextManager[None]) -> float:
    """Return the processor time in seconds of one request, its answer read."""
    with answered:
        session.post(URL, json={"clientOrderId": "a1"}).json()
        begun = time.process_time()
        for _ in range(REQUESTS):
            session.post(URL, json={"clientOrderId": "a1"}).json()
        return (time.process_time() - begun) / REQUESTS


def main() -> None:
    """Measure by turns, so that a slow moment hits all, and print the medians of the ratios."""
    ours = Ours(URL)
    works = {
        "responses": by_responses,
        "requests-mock": by_requests_mock,
        "one": lambda: ours(1),
        "many": lambda: ours(1000),
    }
    sessions = {name: requests.Session() for name in works}
    rounds = [
        {name: measure(sessions[name], work()) for name, work in works.items()}
        for _ in range(ROUNDS)
    ]

    def ratio(above: str, below: str) -> float:
        return statistics.median(one[above] / one[below] for one in rounds)

    figures = {
        "one request of a session, over responses": (ratio("one", "responses"), "<= 1.0"),
        "one request of a session, over requests-mock": (ratio("one", "requests-mock"), "<= 1.0"),
        "one request of a session among 1,000, over one": (ratio("many", "one"), "<= 1.1"),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
