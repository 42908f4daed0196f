"""Requests that no route knows: those to a server of a test's own tool go there, and no others."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import RawTestServer
from in_loop import in_loop
from pytest_httpserver import HTTPServer

from pytest_errcodes.simulation.adapters.local_hosts import is_own_server
from pytest_errcodes.simulation.address import Address


def is_own(url):
    """Return whether a server of a test's own is what a URL leads to."""
    return is_own_server(Address.read(url))


@pytest.fixture
def httpserver():
    """Run a server of pytest-httpserver's."""
    with HTTPServer(host="127.0.0.1", port=0) as server:
        yield server


def test_pytest_httpserver(httpserver):
    """A server is known by its port, on any name of this machine, while it runs."""
    port = httpserver.port
    assert is_own(f"http://127.0.0.1:{port}/order")
    assert is_own(f"http://localhost:{port}")
    assert not is_own(f"http://api.example.com:{port}")
    assert not is_own(f"http://127.0.0.1:{port + 1}")
    httpserver.stop()
    assert not is_own(f"http://127.0.0.1:{port}")


@in_loop
async def test_aiohttp():
    """So is one of aiohttp's."""
    server = RawTestServer(lambda _: asyncio.sleep(0))
    await server.start_server()
    url = f"http://127.0.0.1:{server.port}"
    assert is_own(url)
    await server.close()
    assert not is_own(url)


def test_object_of_a_class_without_hash(httpserver):
    """What else is alive in this process is not asked what it is: its class may raise anything."""

    class Meta(type):
        def __eq__(cls, other):
            raise ValueError

        __hash__ = None

    odd = Meta("Odd", (), {})()
    assert is_own(f"http://127.0.0.1:{httpserver.port}")
    assert type(odd).__class__ is Meta  # alive until here


def test_any_other_server(loopback):
    """A server of this process that no such tool runs may stand for the real one."""
    assert not is_own(loopback.url)


def test_unmatched_request_is_let_pass(router, call, httpserver):
    """It gets what no route knows; a route that matches comes first."""
    httpserver.expect_request("/other").respond_with_data("theirs")
    router.get("/order").reply(401009)
    assert call("GET", httpserver.url_for("/other")).text == "theirs"
    assert call("GET", httpserver.url_for("/order")).json()["code"] == 401009
    assert router.findings() == []
