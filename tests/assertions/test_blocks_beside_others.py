"""raises_code in several threads or tasks of one test: each block sees what is sent in it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from pytest_errcodes import raises_code

URL = "https://api.test/order"


class ApiError(Exception):
    """What a client raises for a code."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def order(client):
    """Place an order, and raise what the API answers."""
    answer = client.post(URL).json()
    raise ApiError(answer["code"], answer["message"])


async def order_later(client):
    """Do the same in a task."""
    answer = (await client.post(URL)).json()
    raise ApiError(answer["code"], answer["message"])


def test_blocks_in_threads(errcodes):
    """What one thread receives in its block is no retry of another's."""
    errcodes.post(URL).reply(401009)
    sent = Barrier(3)

    def work():
        with httpx.Client() as client, raises_code(401009, times=1, early=True):
            sent.wait(10)
            try:
                order(client)
            finally:
                sent.wait(10)

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(work) for _ in range(3)]:
            done.result()
    assert errcodes.calls.call_count == 3


def test_blocks_in_tasks(errcodes):
    """Tasks of one thread are told apart as well."""
    errcodes.post(URL).reply(401009)

    async def work(client, sent):
        with raises_code(401009, times=1, early=True):
            await sent.wait()
            try:
                await order_later(client)
            finally:
                await sent.wait()

    async def run():
        sent = asyncio.Barrier(3)
        async with httpx.AsyncClient() as client:
            await asyncio.gather(*(work(client, sent) for _ in range(3)))

    asyncio.run(run())
    assert errcodes.calls.call_count == 3


def test_pool_of_a_client(errcodes):
    """What a thread sends that has no block of its own counts for the block, as a retry here."""
    errcodes.post(URL).reply(401009)
    with httpx.Client() as client, ThreadPoolExecutor(1) as pool:
        pool.submit(client.post, URL).result()  # the thread is older than the block

        def retry():
            pool.submit(client.post, URL).result()
            order(client)

        with pytest.raises(AssertionError) as failure, raises_code(401009):
            retry()
    first = str(failure.value).partition("\n")[0]
    assert first == f"code 401009 was received 2 times from POST {URL}, and surfaced once"


def test_task_of_a_client(errcodes):
    """So does what a task sends that was started in an earlier block, which is over."""
    errcodes.post(URL).reply(401009)

    async def retry(client, begin):
        await begin.wait()
        await client.post(URL)

    async def run():
        begin = asyncio.Event()
        async with httpx.AsyncClient() as client:
            with raises_code(401009, early=True):
                worker = asyncio.create_task(retry(client, begin))
                await order_later(client)
            with raises_code(401009, early=True):
                begin.set()
                await worker
                await order_later(client)

    with pytest.raises(AssertionError) as failure:
        asyncio.run(run())
    first = str(failure.value).partition("\n")[0]
    assert first == f"code 401009 was received 2 times from POST {URL}, and surfaced once"


def test_blocks_within_blocks(errcodes):
    """An outer block sees what is sent in an inner one of the same thread."""
    errcodes.post(URL).reply(401009).then(401018)
    with httpx.Client() as client, raises_code(401018, early=True):
        with raises_code(401009):
            order(client)
        order(client)
