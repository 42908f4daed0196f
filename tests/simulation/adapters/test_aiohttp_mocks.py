"""Mocks of aiohttp and its servers for tests, beside our routes."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec

import aiohttp
import pytest
from aiohttp import web
from in_loop import in_loop, run_server

from pytest_errcodes.simulation import CodeRouter
from pytest_errcodes.simulation.network import Network

API = "https://api.example.com"
THEIRS = {"code": 200000, "message": "Success", "data": "theirs"}

#: aioresponses makes responses by hand, and has not kept up with what they are made of.
needs_aioresponses = pytest.mark.skipif(
    find_spec("aioresponses") is None or int(version("aiohttp").split(".")[1]) >= 14,
    reason="aioresponses works up to aiohttp 3.13: CI has it in the lowest environment",
)
needs_aiointercept = pytest.mark.skipif(
    find_spec("aiointercept") is None,
    reason="aiointercept works from aiohttp 3.13 on: CI has it in the newest environment",
)


async def data(session, url):
    """Return the data of the envelope that a request is answered."""
    async with session.get(url) as response:
        return (await response.json())["data"]


@pytest.fixture
def aioresponses():
    """Return the mock of aioresponses, active."""
    from aioresponses import aioresponses

    with aioresponses() as mock:
        yield mock


def names(network):
    """Return who answered elsewhere, and what."""
    return [(one.name(), str(one.request.url)) for one in network.elsewhere]


@needs_aioresponses
@in_loop
async def test_aioresponses(make_router, aioresponses, network, context):
    """It answers what it knows, and is named for it; what it does not know is ours."""
    router = make_router()
    aioresponses.get(f"{API}/theirs", payload=THEIRS)
    router.get(f"{API}/ours").reply(200000, data="ours")
    async with aiohttp.ClientSession() as session:
        assert await data(session, f"{API}/theirs") == "theirs"
        assert await data(session, f"{API}/ours") == "ours"
        with pytest.raises(aiohttp.ClientConnectorError, match="no route matches"):
            await data(session, f"{API}/nobody_s")
    assert names(network) == [("aioresponses", f"{API}/theirs")]
    assert router.has_unmatched
    assert aioresponses.passthrough_unmatched
    router.stop()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError, match="Connection refused"):
            await data(session, f"{API}/ours")


@needs_aioresponses
def test_aioresponses_is_given_back():
    """Its own setting is what it was, also of a mock that was made meanwhile."""
    from aioresponses import aioresponses

    before = vars(aioresponses).get("passthrough_unmatched")
    network = Network()
    network.bind()
    assert vars(aioresponses)["passthrough_unmatched"] is not before
    mocks = [aioresponses(), aioresponses(passthrough_unmatched=True)]
    assert [one.passthrough_unmatched for one in mocks] == [False, True]
    network.close()
    assert [one.passthrough_unmatched for one in mocks] == [False, True]
    assert vars(aioresponses).get("passthrough_unmatched") is before


@needs_aioresponses
@in_loop
async def test_aioresponses_is_seen(watch, seen):
    """What it answers is seen once, also where its session refuses it after a look."""
    from aioresponses import aioresponses

    refused = []

    async def refuse(response):
        refused.append(await response.json())
        raise LookupError

    with aioresponses() as mock:
        mock.post(f"{API}/order", payload=THEIRS, repeat=True)
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{API}/order") as response:
                await response.json()
            with pytest.raises(LookupError):
                await session.post(f"{API}/order", raise_for_status=refuse)
    assert refused == [THEIRS]
    assert seen == [(200000, "Success", f"POST {API}/order")] * 2


@needs_aioresponses
@in_loop
async def test_aioresponses_is_seen_where_the_status_is_refused(watch, seen):
    """What it answers is seen once where ``raise_for_status=True`` refuses it."""
    from aioresponses import aioresponses

    duplicate = {"code": 401009, "message": "clientOrderId already exists", "data": None}
    with aioresponses() as mock:
        mock.post(f"{API}/order", status=400, payload=duplicate, repeat=True)
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientResponseError):
                await session.post(f"{API}/order", raise_for_status=True)
            async with session.post(f"{API}/order") as response:
                with pytest.raises(aiohttp.ClientResponseError):
                    response.raise_for_status()
    assert seen == [(401009, "clientOrderId already exists", f"POST {API}/order")] * 2


@needs_aiointercept
@in_loop
async def test_aiointercept(make_router, network):
    """Hosts that it knows lead to its server, and all others to us."""
    from aiointercept import aiointercept

    router = make_router()
    router.get("https://ours.example.com/order").reply(200000, data="ours")
    async with aiointercept(mock_external_urls=True) as mock, aiohttp.ClientSession() as session:
        mock.get(f"{API}/order", payload=THEIRS, repeat=True)
        for _ in range(2):
            assert await data(session, f"{API}/order") == "theirs"
            assert await data(session, "https://ours.example.com/order") == "ours"
        with pytest.raises(aiohttp.ClientConnectorError, match="no route matches"):
            await data(session, "https://nobody.example.com")
    assert set(names(network)) == {("aiointercept", f"{API}/order")}


@in_loop
async def test_server_of_aiohttp(make_router, network):
    """A test's server gets its requests, whatever the routes; what it asks itself is ours."""
    router = make_router()
    router.reply(200000, data="ours")

    async def ask(_):
        async with aiohttp.ClientSession() as session:
            return web.json_response({"data": [await data(session, f"{API}/order"), "theirs"]})

    async with run_server(ask) as server, aiohttp.ClientSession() as session:
        url = str(server.make_url("/order"))
        for _ in range(2):
            assert await data(session, url) == ["ours", "theirs"]
    assert [str(call.request.url) for call in router.calls] == [f"{API}/order"] * 2
    assert names(network) == [("aiohttp.test_utils", url)] * 2


@in_loop
async def test_server_is_seen(watch, seen, context):
    """What such a server answers is seen once, with routes and without."""

    async def answer(_):
        return web.json_response(THEIRS)

    async with run_server(answer) as server, aiohttp.ClientSession() as session:
        await data(session, server.make_url("/order"))
        with CodeRouter(catalog=context.catalog, network=watch):
            await data(session, server.make_url("/order"))
        await data(session, server.make_url("/order"))
    assert [code for code, *_ in seen] == [200000] * 3


def test_server_is_given_back():
    """At the end a server starts as ever."""
    from aiohttp.test_utils import BaseTestServer

    before = BaseTestServer.start_server
    network = Network()
    network.bind()
    assert BaseTestServer.start_server is not before
    network.close()
    assert BaseTestServer.start_server is before
