"""Print what one request of httpx2 costs, ours over that of another mock, as JSON.

Two distributions are imported as ``pytest_httpx2``, and one of them can be installed at a time:
pytest-httpx2, by which respx answers, and httpx2-pytest, which stands in for the transport.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from our_routes import Ours
from requests_in_process import BODY, ORDER, URL, alternating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

REQUESTS = 30 if "--quick" in sys.argv else 100
#: The modules by which the two are told apart.
PEERS = {"pytest-httpx2": "pytest_httpx2", "httpx2-pytest": "pytest_httpx2._httpx_mock"}


@contextmanager
def by_pytest_httpx2() -> Iterator[None]:
    """Let respx answer, as the fixture of pytest-httpx2 does."""
    import respx

    with respx.mock(using="httpcore2") as mock:
        mock.post(URL).respond(json=BODY)
        yield


@contextmanager
def by_httpx2_pytest() -> Iterator[None]:
    """Let httpx2-pytest answer, as its fixture does."""
    import httpx2
    from pytest_httpx2._httpx_mock import HTTPXMock
    from pytest_httpx2._options import _HTTPXMockOptions

    mock = HTTPXMock(_HTTPXMockOptions(can_send_already_matched_responses=True))
    mock.add_response(url=URL, json=BODY)

    def handle_request(transport: Any, request: Any) -> Any:
        return mock._handle_request(transport, request)  # what its fixture calls

    with patch.object(httpx2.HTTPTransport, "handle_request", handle_request):
        yield


def measure(client: Any, answered: AbstractContextManager[None]) -> float:
    """Return the processor time in seconds of one request, its answer read."""
    with answered:
        client.post(URL, json=ORDER).json()
        begun = time.process_time()
        for _ in range(REQUESTS):
            client.post(URL, json=ORDER).json()
        return (time.process_time() - begun) / REQUESTS


def find_peer() -> tuple[str, Callable[[], AbstractContextManager[None]]] | None:
    """Return the other mock that is installed, and what lets it answer."""
    if find_spec("httpx2") is None or find_spec(PEERS["pytest-httpx2"]) is None:
        return None
    if find_spec(PEERS["httpx2-pytest"]) is not None:
        return "httpx2-pytest", by_httpx2_pytest
    from importlib import import_module

    import_module("pytest_httpx2")  # which lets respx know httpcore2
    return "pytest-httpx2", by_pytest_httpx2


def main() -> None:
    """Measure and print."""
    found = find_peer()
    if found is None:
        print("{}")
        return
    import httpx2

    (name, peer), ours, client = found, Ours(URL), httpx2.Client()
    spent = alternating(
        {
            "one": lambda: measure(client, ours(1)),
            "many": lambda: measure(client, ours(1000)),
            "peer": lambda: measure(client, peer()),
        }
    )
    figures = {
        f"httpx2, one request, over {name}": (spent["one"] / spent["peer"], "<= 0.8"),
        "httpx2, one request among 1,000 routes, over one": (
            spent["many"] / spent["one"],
            "<= 1.1",
        ),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
