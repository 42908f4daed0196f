"""Connections made from http.client's, wherever they stand: a copy of urllib3 inside of an SDK."""

from __future__ import annotations

import http.client
import json
import warnings

import httpx
import pytest
from callers import API
from libraries import CopiedUrllib3

from pytest_errcodes.simulation.network import Network

urllib3 = CopiedUrllib3.package
URL = f"{API}/order"


def make_connection():
    """Return a connection of a class that is defined now, and connects by itself."""

    class Connection(http.client.HTTPConnection):
        default_port = 443
        is_verified = False
        cert_reqs = "CERT_REQUIRED"

        def connect(self):
            raise ZeroDivisionError("this would be the real network")

    return Connection("api.example.com")


def test_secure(router):
    """A copy of urllib3 is known to send by HTTPS, though its class is made from the plain one."""
    router.get(URL).reply(401009)
    with urllib3.PoolManager() as pools:
        assert json.loads(pools.request("GET", URL).data)["code"] == 401009
    assert router.calls.last.request.url == URL


@pytest.mark.parametrize(("asked", "warned"), [("CERT_REQUIRED", 0), ("CERT_NONE", 1)])
def test_warnings(router, asked, warned):
    """It warns of certificates that are not verified where it would, and nowhere else."""
    router.get(URL).reply(401009)
    with (
        urllib3.PoolManager(cert_reqs=asked) as pools,
        warnings.catch_warnings(record=True) as told,
    ):
        warnings.simplefilter("always")
        pools.request("GET", URL)
    assert [one.category.__name__ for one in told] == ["InsecureRequestWarning"] * warned


def test_proxy(router):
    """What it sends through a tunnel is matched by where it leads."""
    router.get(URL).reply(401009)
    with urllib3.ProxyManager("http://proxy.example.com:3128") as pools:
        assert json.loads(pools.request("GET", URL).data)["code"] == 401009


@pytest.mark.parametrize("is_early", [True, False])
def test_class_of_others(make_router, is_early):
    """A class that connects by itself does not, whenever it was defined."""
    connection = make_connection() if is_early else None
    make_router().get(URL).reply(401009)
    connection = connection or make_connection()
    connection.connect()
    connection.request("GET", "/order")
    assert b'"code":401009' in connection.getresponse().read()
    assert connection.is_verified


def test_passed(router):
    """It connects where a route lets its request pass."""
    router.get(URL).pass_through()
    with pytest.raises(ZeroDivisionError, match=r"^this would be the real network$"):
        make_connection().request("GET", "/order")


def test_without_routes():
    """It connects as ever without routes, and has its own method when the network is closed."""
    connection, network = make_connection(), Network()
    found = vars(type(connection))["connect"]
    network.bind()
    assert vars(type(connection))["connect"] is not found
    with pytest.raises(ZeroDivisionError):
        connection.connect()
    network.close()
    assert vars(type(connection))["connect"] is found


@pytest.mark.parametrize(
    "prepare",
    [
        lambda router: None,
        lambda router: router.get(URL).mock(side_effect=httpx.ConnectTimeout),
    ],
)
def test_connects_first(router, prepare):
    """One that connects first can be used again when that has failed, as it could really."""
    prepare(router)
    connection = http.client.HTTPSConnection("api.example.com")
    connection.connect()
    with pytest.raises(OSError, match=r"no route matches|timed out"):
        connection.request("GET", "/order")
    router.get(URL).reply(401009)
    connection.request("GET", "/order")
    assert b'"code":401009' in connection.getresponse().read()


def test_connects_with_its_request(router):
    """One that does not has to be closed before it is used again, as really."""
    connection = http.client.HTTPSConnection("api.example.com")
    with pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/order")
    with pytest.raises(http.client.CannotSendRequest):
        connection.request("GET", "/order")
