"""Which hosts are this machine is told without asking others."""

from __future__ import annotations

import socket

import pytest

from pytest_errcodes.simulation.adapters.local_hosts import (
    is_local,
    is_number,
    is_own_name,
    read_host,
)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "app.localhost", "127.0.0.1", "127.255.0.9", "127.1", "0.0.0.0", "::1", "::",
     "::ffff:127.0.0.1"],
)  # fmt: skip
def test_local(host):
    """Loopback by number and by name, and what stands for any address."""
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    ["api.example.com", "localhost.example.com", "notlocalhost", "10.0.0.1", "8.8.8.8", "1.0.0.127",
     "2001:db8::1", "fe80::1%eth0", "::ffff:10.0.0.1", "bücher.example"],
)  # fmt: skip
def test_not_local(host):
    """All others, however near they look."""
    assert not is_local(host)


def test_own_name():
    """What the machine calls itself is no name of others."""
    assert is_own_name(socket.gethostname().lower())
    assert not is_own_name("api.example.com")


@pytest.mark.parametrize(("host", "number"), [("127.0.0.1", True), ("::1", True), ("a.b", False)])
def test_number(host, number):
    """An address needs no look-up."""
    assert is_number(host) is number


@pytest.mark.parametrize(
    ("given", "read"),
    [("API.Example.com.", "api.example.com"), (b"xn--bcher-kva.example", "bücher.example")],
)
def test_read(given, read):
    """A host is read as text, however it is given."""
    assert read_host(given) == read
