"""Requests that no route knows, to servers of this process and to nobody."""

from __future__ import annotations

import socket

import pytest

from pytest_errcodes.simulation.address import Address
from pytest_errcodes.simulation.own_servers import is_own_server


@pytest.fixture
def port():
    """Listen at a port, and return it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def is_own(url):
    """Return whether a server of this process is what a URL leads to."""
    return is_own_server(Address.read(url))


def test_own_server(port):
    """A server is known by its port, on any name of this machine."""
    assert is_own(f"http://127.0.0.1:{port}/order")
    assert is_own(f"https://localhost:{port}")
    assert not is_own(f"http://api.example.com:{port}")


def test_nobody_s():
    """A port at which nobody listens, or a server of another process, is not ours."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert not is_own(f"http://127.0.0.1:{port}")
    assert not is_own("http://127.0.0.1")


def test_client_s_end(port):
    """A connection that was made is no server, at neither of its ends."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        assert not is_own(f"http://127.0.0.1:{client.getsockname()[1]}")


def test_its_sockets_stay_open(port):
    """To look costs nobody a socket."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        assert is_own(f"http://127.0.0.1:{port}")
        client.send(b"")


def test_unmatched_request_is_let_pass(router, call, loopback):
    """A server of the test's own gets what no route knows; a route that matches comes first."""
    router.get("/order").reply(401009)
    assert call("GET", f"{loopback.url}/other").text == "loopback "
    assert call("GET", f"{loopback.url}/order").json()["code"] == 401009


def test_fake_files(port, fs):
    """A fake file system hides no server."""
    assert is_own(f"http://127.0.0.1:{port}")
