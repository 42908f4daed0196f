"""Tests of clients over aiohttp: what surfaces, what was received, and how their failures read."""

from __future__ import annotations

import re

import pytest

CLIENT = '''
import asyncio
import functools

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pytest_errcodes import raises_code

URL = "https://api.test"


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


async def place_order(url=URL):
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{url}/order", json={"side": "BUY"}) as response:
            envelope = await response.json()
    if envelope["code"] != 200000:
        raise ApiError(envelope["code"], envelope["message"])


async def swallow(url=URL):
    try:
        await place_order(url)
    except Exception:
        pass


async def answer(request):
    return web.json_response({"code": 401009, "message": "clientOrderId already exists"})


def served(test):
    """Run a test in a loop, with the URL of a real server."""

    async def run():
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        server = TestServer(app)
        await server.start_server()
        try:
            await test(str(server.make_url("")).rstrip("/"))
        finally:
            await server.close()

    return asyncio.run(run())
'''


@pytest.fixture
def run(project):
    """Return a function that runs tests of the client above."""
    project.file("client.py", CLIENT)
    return project.run_tests


def test_surfacing(run):
    """A code surfaces from a route and from a real server."""
    outcome = run("""
        pytestmark = pytest.mark.expects_code(401009)

        def test_route(errcodes):
            errcodes.post("/order").reply(401009)
            asyncio.run(place_order())

        def test_server():
            served(place_order)

        def test_caught():
            with pytest.raises(ApiError):
                served(place_order)
    """)
    assert outcome.outcomes == {"passed": 3}


def test_returned_to_the_test(project, run):
    """A test that calls aiohttp itself is that client's caller, whatever answers."""
    project.file("client.py", CLIENT)
    project.tests("""
        pytestmark = [pytest.mark.anyio, pytest.mark.expects_code(401009)]

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        async def test_route(errcodes):
            errcodes.get("/order").reply(401009)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"{URL}/order") as response:
                    await response.read()

        async def test_server():
            app = web.Application()
            app.router.add_get("/order", answer)
            async with aiohttp.test_utils.TestClient(TestServer(app)) as client:
                response = await client.get("/order")
                assert [part async for part in response.content.iter_any()]

        async def test_not_asked(errcodes):
            errcodes.post("/order").reply(401009)
            await swallow()
    """)
    outcome = project.run(plugins=("anyio.pytest_plugin",))
    assert outcome.outcomes == {"passed": 2, "failed": 1}
    assert outcome.failures() == ["test_not_asked"]


def test_received(run):
    """What a real server sent is counted: the code that was lost, and the request sent again."""
    outcome = run("""
        @pytest.mark.expects_code(401009)
        def test_swallowed():
            served(swallow)

        async def place_twice(url):
            await swallow(url)
            await place_order(url)

        @pytest.mark.expects_code(401009)
        def test_hidden_retry():
            served(place_twice)

        @pytest.mark.expects_code(401009, times=2)
        def test_retry():
            served(place_twice)

        @pytest.mark.expects_code(401018)
        def test_changed():
            served(swallow)
            raise ApiError(401018, "Order not found")
    """)
    assert outcome.outcomes == {"passed": 1, "failed": 3}
    found = re.sub(r"127\.0\.0\.1:\d+", "server", outcome.failure("test_swallowed"))
    assert found.startswith(
        "code 401009 was received and did not surface\n"
        "  expected  401009  clientOrderId already exists\n"
        "  seen      401009  clientOrderId already exists\n"
        "                    received from POST http://server/order\n"
    )
    found = re.sub(r"127\.0\.0\.1:\d+", "server", outcome.failure("test_hidden_retry"))
    assert found.splitlines()[0] == (
        "code 401009 was received 2 times from POST http://server/order, and surfaced once"
    )
    assert outcome.failure("test_changed").splitlines()[0] == (
        "code 401018 surfaced and was never received"
    )


UNMATCHED = """\
no route matches POST https://api.test/order
nearest route:
  POST https://api.test/orders
    path is /order, not /orders"""


def test_unmatched(run):
    """The failure ends in the client's code, whatever the client makes of the error."""
    outcome = run("""
        def test_raised(errcodes):
            errcodes.post(f"{URL}/orders").optional().reply(401009)
            asyncio.run(place_order())

        def test_swallowed(errcodes):
            errcodes.post(f"{URL}/orders").optional().reply(401009)
            asyncio.run(swallow())
    """)
    assert outcome.failure("test_swallowed") == UNMATCHED
    text = outcome.failure("test_raised")
    assert text.endswith(f"--- errcodes ---\n{UNMATCHED}")
    assert "client_reqrep" not in text
    assert "/aiohttp/" not in text
    assert re.search(
        r"^>       async with session\.post.*\n.*\nE.*ClientConnectorError: Cannot connect to host "
        r"api\.test:443 ssl:\w+ \[no route matches POST https://api\.test/order\]$",
        text,
        re.MULTILINE,
    ) or re.search(r"^E +aiohttp.*ClientConnectorError", text, re.MULTILINE)


def test_imported_late(project):
    """A client that imports aiohttp with its first request is caught as any other."""
    project.tests("""
        import sys

        def test_late(errcodes):
            assert "aiohttp" not in sys.modules
            errcodes.get("https://api.test/order").reply(401009)
            import asyncio
            import aiohttp

            async def ask():
                async with aiohttp.ClientSession() as session:
                    return await (await session.get("https://api.test/order")).json()

            assert asyncio.run(ask())["code"] == 401009
    """)
    assert project.start().outcomes == {"passed": 1}
