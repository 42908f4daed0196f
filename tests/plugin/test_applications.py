"""Tests of an application in this process that asks an API: its answers are not the API's."""

from __future__ import annotations

import re

import pytest

CLIENT = '''
import asyncio
import json

import aiohttp
import httpx
import pytest
import requests
from aiohttp import web
from aiohttp.test_utils import TestServer
from pytest_httpserver import HTTPServer
from werkzeug import Response
from pytest_errcodes import assert_code, raises_code

PATH = "/api/v1/order"
UPSTREAM = f"https://api.test{PATH}"
HEADERS = [("content-type", "application/json")]


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


def check(envelope):
    if envelope["code"] != 200000:
        raise ApiError(envelope["code"], envelope["message"])


def forward(tries=1):
    """Ask the API, as a synchronous application does."""
    for _ in range(tries):
        answer = requests.post(UPSTREAM, json={}).json()
    return json.dumps({**answer, "via": "app"}).encode()


async def forward_async(tries=1):
    async with aiohttp.ClientSession() as session:
        for _ in range(tries):
            async with session.post(UPSTREAM, json={}) as response:
                answer = await response.json()
    return json.dumps({**answer, "via": "app"}).encode()


async def forward_in_executor(tries=1):
    return await asyncio.get_running_loop().run_in_executor(None, forward, tries)


def in_wsgi(forward=forward, asks=1):
    def app(environ, start):
        start("200 OK", HEADERS)
        return [forward()]

    with httpx.Client(transport=httpx.WSGITransport(app)) as client:
        for _ in range(asks):
            envelope = client.post(f"http://app{PATH}").json()
    check(envelope)


async def in_asgi(forward=forward_async, asks=1):
    async def app(scope, receive, send):
        body = await forward()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        for _ in range(asks):
            envelope = (await client.post(f"http://app{PATH}")).json()
    check(envelope)


async def ask(server):
    async with aiohttp.ClientSession() as session:
        async with session.post(server.make_url(PATH)) as response:
            return await response.json()


def serve(forward):
    async def answer(request):
        return web.json_response(body=await forward())

    app = web.Application()
    app.router.add_post(PATH, answer)
    return TestServer(app)


async def in_aiohttp(forward=forward_async, asks=1):
    async with serve(forward) as server:
        for _ in range(asks):
            envelope = await ask(server)
    check(envelope)


def in_thread(forward=forward, asks=1):
    with HTTPServer() as server:
        server.expect_request(PATH).respond_with_handler(
            lambda _: Response(forward(), content_type="application/json")
        )
        for _ in range(asks):
            envelope = requests.post(server.url_for(PATH)).json()
    check(envelope)


async def duplicate():
    return json.dumps({"code": 401009, "message": "clientOrderId already exists"}).encode()


async def fail_over(*urls):
    async with aiohttp.ClientSession() as session:
        for url in urls:
            async with session.post(url) as response:
                envelope = await response.json()
    check(envelope)


SYNC = [in_wsgi, in_thread]
ASYNC = [in_asgi, in_aiohttp]
'''


@pytest.fixture
def run(project):
    """Return a function that runs tests of the applications above."""
    project.file("client.py", CLIENT)
    return project.run_tests


def _list_retries(outcome):
    """Return from where each failing test says that a code was received twice."""
    told = r"^code 401009 was received 2 times from POST (\S+), and surfaced once$"
    return re.findall(told, outcome.text, re.MULTILINE)


def test_passing_on(run):
    """A code that an application passes on is received by it and by its client: no retry."""
    outcome = run("""
        pytestmark = pytest.mark.expects_code(401009)

        @pytest.fixture(autouse=True)
        def upstream(errcodes):
            errcodes.post(UPSTREAM).reply(401009)

        @pytest.mark.parametrize("ask", SYNC)
        def test_sync(ask):
            ask()

        @pytest.mark.parametrize("ask", ASYNC)
        def test_async(ask):
            asyncio.run(ask())

        def test_executor():
            asyncio.run(in_asgi(forward_in_executor))

        @pytest.mark.expects_code(401009, times=1)
        def test_counted():
            in_wsgi()

        def test_block():
            with raises_code(401009, times=1):
                in_wsgi()
    """)
    assert outcome.outcomes == {"passed": 7}


def test_chain_of_applications(run):
    """An application that asks another one, which asks the API, repeats nothing either."""
    outcome = run("""
        @pytest.mark.expects_code(401009)
        def test_chain(errcodes):
            errcodes.post(UPSTREAM).reply(401009)

            async def chain():
                async with serve(forward_async) as inner:
                    async def forward():
                        return json.dumps(await ask(inner)).encode()

                    await in_aiohttp(forward)

            asyncio.run(chain())
    """)
    assert outcome.outcomes == {"passed": 1}


def test_retry_inside(run):
    """An application that asks the API twice for one answer retries."""
    outcome = run("""
        pytestmark = pytest.mark.expects_code(401009)

        @pytest.fixture(autouse=True)
        def upstream(errcodes):
            errcodes.post(UPSTREAM).reply(401009)

        @pytest.mark.parametrize("ask", SYNC)
        def test_sync(ask):
            ask(lambda: forward(2))

        @pytest.mark.parametrize("ask", ASYNC)
        def test_async(ask):
            asyncio.run(ask(lambda: forward_async(2)))
    """)
    assert outcome.outcomes == {"failed": 4}
    upstream = "https://api.test/api/v1/order"
    assert _list_retries(outcome) == [upstream] * 4


def test_retry_outside(run):
    """A client that asks an application twice retries, whether that asks the API again or not."""
    outcome = run("""
        pytestmark = pytest.mark.expects_code(401009)

        @pytest.fixture(autouse=True)
        def upstream(errcodes):
            errcodes.post(UPSTREAM).reply(401009)

        @pytest.mark.parametrize("ask", SYNC)
        def test_sync(ask):
            ask(asks=2)

        @pytest.mark.parametrize("ask", ASYNC)
        def test_async(ask):
            asyncio.run(ask(asks=2))

        @pytest.mark.parametrize("ask", SYNC)
        def test_cached(ask):
            answers = []

            def forward_once():
                answers[:] = answers or [forward()]
                return answers[0]

            ask(forward_once, asks=2)
    """)
    assert outcome.outcomes == {"failed": 6}
    assert len(_list_retries(outcome)) == 6


def test_failing_over(run):
    """A client that tries another host retries, though one of them is a server of the test's."""
    outcome = run("""
        pytestmark = pytest.mark.expects_code(401009)

        async def fail_over_to(*others):
            async with serve(duplicate) as one, serve(duplicate) as two:
                own = {"one": one.make_url(PATH), "two": two.make_url(PATH)}
                await fail_over(*[own.get(other, other) for other in others])

        @pytest.mark.parametrize("others", [("one", UPSTREAM), (UPSTREAM, "one")])
        def test_route(errcodes, others):
            errcodes.post(UPSTREAM).reply(401009)
            asyncio.run(fail_over_to(*others))

        def test_servers():
            asyncio.run(fail_over_to("one", "two"))
    """)
    assert outcome.outcomes == {"failed": 3}
    assert len(_list_retries(outcome)) == 3


def test_swallowing_application(run):
    """An application that swallows the code of the API is told so."""
    outcome = run("""
        def swallow():
            forward()
            return b'{"code": 200000, "message": "Success"}'

        @pytest.mark.expects_code(401009)
        def test_swallowed(errcodes):
            errcodes.post(UPSTREAM).reply(401009)
            in_wsgi(swallow)
    """)
    assert outcome.outcomes == {"failed": 1}
    text = outcome.failure("test_swallowed")
    assert text.startswith("code 401009 was received and did not surface\n")
