"""Send some requests, or add some routes, for ``instructions.py`` to count.

python tests/benchmarks/requests_to_count.py ours 50
"""

from __future__ import annotations

import asyncio
import sys

import httpx

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.network import Network

URL = "https://api.example.com/api/v1/trading/order"
BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
ORDER = {"clientOrderId": "a1"}


def answer(_: httpx.Request) -> httpx.Response:
    """Answer as a hand-made transport does."""
    return httpx.Response(200, json=BODY)


def send(client: httpx.Client, count: int) -> None:
    """Send requests, and read their answers."""
    for _ in range(count):
        client.post(URL, json=ORDER).json()


async def send_async(client: httpx.AsyncClient, count: int) -> None:
    """Send requests, and read their answers."""
    for _ in range(count):
        (await client.post(URL, json=ORDER)).json()


def main(kind: str, count: int) -> None:
    """Do it: ``ours`` or ``mock``, each also with ``-async``; or ``route``."""
    is_async = kind.endswith("-async")
    if kind.startswith("mock"):  # as it is where none of our routes is active
        options = {"transport": httpx.MockTransport(answer)}
        if is_async:
            asyncio.run(send_async(httpx.AsyncClient(**options), count))
        else:
            send(httpx.Client(**options), count)
        return
    with CodeRouter(catalog=load_catalog("ltp"), network=Network()) as router:
        router.post(URL).reply(401009)
        if kind == "route":
            for number in range(count):
                router.post(f"{URL}/{number}").reply(401009)
        elif is_async:
            asyncio.run(send_async(httpx.AsyncClient(), count))
        else:
            send(httpx.Client(), count)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
