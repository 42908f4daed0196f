"""Nothing leaves this machine while routes are active, but for what was let pass."""

from __future__ import annotations

import _socket
import asyncio
import smtplib
import socket
import threading
from unittest import mock
from urllib.request import urlopen

import anyio
import httpx
import pytest
import requests
import urllib3
from callers import API
from finding_texts import texts

from pytest_errcodes.active.ownership import Owner, note_owner, set_owner
from pytest_errcodes.simulation.network import Network

FAR = ("203.0.113.7", 443)
HINT = (
    "hint: let {} talk to a server on 127.0.0.1, or give it a transport of your own; to let it "
    'out, put @pytest.mark.errcodes(network="allow") on the test, or .pass_through() on the route '
    "of a request"
)


def refused(what, library="the client"):
    """Return the text of a finding."""
    title = f"{what} was refused: nothing leaves while routes are active"
    return f"{title}\n{HINT.format(library)}"


@pytest.fixture
def left(monkeypatch):
    """Return what would have left if there were no guard; to be asked for before any router."""
    left = []

    def look_up(host, port, *_):
        if host in ("localhost", b"localhost", "127.0.0.1"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        name = host if isinstance(host, str) else host.decode()
        if not name[0].isdigit():
            left.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", FAR)]

    def connect(_, address):
        left.append(address)
        raise ConnectionRefusedError(111, "nobody there")

    monkeypatch.setattr(_socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return left


CONNECTIONS = {
    "connect": lambda sock: sock.connect(FAR),
    "connect_ex": lambda sock: _raise(sock.connect_ex(FAR)),
    "sendto": lambda sock: sock.sendto(b"", FAR),
    "sendto with flags": lambda sock: sock.sendto(b"", 0, FAR),
    "sendmsg": lambda sock: sock.sendmsg([b""], [], 0, FAR),
}
LOOKUPS = {
    "getaddrinfo": (lambda: socket.getaddrinfo("api.example.com", 443), "api.example.com:443"),
    "getaddrinfo by name": (
        lambda: socket.getaddrinfo(host="api.example.com", port=None),
        "api.example.com",
    ),
    "getaddrinfo of bytes": (
        lambda: socket.getaddrinfo(b"API.example.com.", 80),
        "api.example.com:80",
    ),
    "gethostbyname": (lambda: socket.gethostbyname("api.example.com"), "api.example.com"),
    "gethostbyname_ex": (lambda: socket.gethostbyname_ex("api.example.com"), "api.example.com"),
    "gethostbyaddr": (lambda: socket.gethostbyaddr("203.0.113.7"), "203.0.113.7"),
    "getnameinfo": (lambda: socket.getnameinfo(FAR, 0), "203.0.113.7"),
}


def _raise(number):
    raise OSError(number, "")


@pytest.mark.parametrize("connect", CONNECTIONS.values(), ids=CONNECTIONS)
def test_connection(left, router, connect):
    """A connection, or a datagram, to another machine is refused as by that machine, and found."""
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with datagrams as sock, pytest.raises(ConnectionRefusedError):
        connect(sock)
    assert left == []
    assert texts(router) == [refused("a connection to 203.0.113.7:443")]


def test_broadcast(router):
    """What is sent to all machines nearby leaves this one."""
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with datagrams as sock, pytest.raises(ConnectionRefusedError):
        sock.sendto(b"", ("<broadcast>", 9))
    assert texts(router) == [refused("a connection to <broadcast>:9")]


def test_connection_by_ipv6(left, router):
    """The address is written as in a URL."""
    with socket.socket(socket.AF_INET6) as sock, pytest.raises(ConnectionRefusedError):
        sock.connect(("2001:db8::7", 443, 0, 0))
    assert texts(router) == [refused("a connection to [2001:db8::7]:443")]


@pytest.mark.parametrize(("look_up", "told"), LOOKUPS.values(), ids=LOOKUPS)
def test_lookup(left, router, look_up, told):
    """A look-up fails as if nobody knew the name, and is found."""
    with pytest.raises((socket.gaierror, socket.herror)) as caught:
        look_up()
    assert left == []
    text = refused(f"a look-up of {told}")
    assert texts(router) == [text]
    assert caught.value.strerror == text.partition("\n")[0]


def test_library(left, router):
    """The library that connects is named, and found once however often it tries."""
    for _ in range(2):
        with pytest.raises(OSError, match="was refused"):
            smtplib.SMTP("mail.example.com", 25)
    assert texts(router) == [refused("a look-up of mail.example.com:25 by smtplib", "smtplib")]


def test_installed_library(left, router):
    """One that is installed is named by itself, not by what of Python it calls."""
    with pytest.raises(socket.gaierror):
        urllib3.util.connection.create_connection(("api.example.com", 443))
    assert texts(router) == [refused("a look-up of api.example.com:443 by urllib3", "urllib3")]


@pytest.mark.parametrize("debug", [False, True])
def test_asyncio(left, router, debug):
    """A look-up in a thread of asyncio's is told as what it is."""

    async def connect():
        await asyncio.open_connection("api.example.com", 443)

    with pytest.raises(socket.gaierror):
        asyncio.run(connect(), debug=debug)
    assert left == []
    assert [text.partition(":443")[0] for text in texts(router)] == ["a look-up of api.example.com"]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_connection_of_a_task(left, router, backend):
    """So is a connection that a loop makes."""

    async def connect():
        await anyio.connect_tcp(*FAR)

    with pytest.raises(OSError, match=r"All connection attempts failed|was refused"):
        anyio.run(connect, backend=backend)
    assert left == []
    assert texts(router) == [refused("a connection to 203.0.113.7:443")]


def test_this_machine(router, loopback):
    """What stays on this machine is free."""
    port = httpx.URL(loopback.url).port
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "0.0.0.0", "127.1"):
        socket.create_connection((host, port)).close()
    socket.getfqdn()
    socket.getaddrinfo(None, port)
    socket.getaddrinfo("203.0.113.7", port)  # a number is looked up nowhere
    for sock in socket.socketpair():
        sock.close()
    assert texts(router) == []


def test_unix_socket(router, tmp_path):
    """So is a socket of the file system."""
    with socket.socket(socket.AF_UNIX) as sock, pytest.raises(FileNotFoundError):
        sock.connect(str(tmp_path / "s"))
    assert texts(router) == []


def test_without_routes(left, router):
    """Without routes, everything goes where it went."""
    router.stop()
    with pytest.raises(ConnectionRefusedError, match="nobody there"):
        socket.create_connection(("api.example.com", 443))
    assert left == ["api.example.com", FAR]
    assert texts(router) == []


def test_allowed(left, make_router):
    """A router that allows it lets all out, and so does one in a router."""
    router = make_router()
    with router(network="allow"), pytest.raises(ConnectionRefusedError, match="nobody there"):
        socket.create_connection(FAR)
    with pytest.raises(ConnectionRefusedError, match="was refused"):
        socket.create_connection(FAR)
    assert left == [FAR]


def test_neither_allowed_nor_refused(router):
    """What it says must be one of both."""
    with pytest.raises(ValueError, match=r"^network is 'on', and must be \"refuse\" or \"allow\"$"):
        router(network="on")


def test_let_pass(left, router, call):
    """A request that a route lets pass is looked up and connected, and nothing else is."""
    router.route().pass_through()
    with pytest.raises(httpx.ConnectError):
        call("GET", "/order")
    with pytest.raises(ConnectionRefusedError, match="was refused"):
        socket.create_connection(FAR)
    assert left == ["api.example.com", FAR]
    assert texts(router) == [refused("a connection to 203.0.113.7:443")]


@pytest.mark.parametrize("send", [requests.get, urlopen])
def test_let_pass_by_other_libraries(left, router, send):
    """The same holds for the other libraries."""
    router.route().pass_through()
    with pytest.raises(OSError, match="nobody there"):
        send(f"{API}/order")
    assert left == ["api.example.com", FAR]
    assert texts(router) == []


def test_let_pass_by_respx(left, router, respx_mock, call):
    """And for what a mock of respx lets pass."""
    respx_mock.route().pass_through()
    with pytest.raises(httpx.ConnectError):
        call("GET", "/order")
    assert left == ["api.example.com", FAR]
    assert texts(router) == []


def test_own_transport(left, router):
    """A client with a transport of its own, which reaches the network by itself, is refused."""

    class Own(httpx.BaseTransport):
        def handle_request(self, request):
            socket.create_connection((request.url.host, 443))

    with httpx.Client(transport=Own()) as client, pytest.raises(OSError, match="was refused"):
        client.get(API)
    assert left == []
    assert texts(router) == [refused("a look-up of api.example.com:443")]


def test_thread_of_nobody(left, router):
    """A thread that belongs to no test is named: it may have nothing to do with it."""
    set_owner(None)  # else this very test is the owner, if its run has tests with routes
    thread = threading.Thread(target=_connect, name="telemetry")
    thread.start()
    thread.join()
    assert left == []
    assert texts(router) == [refused("a connection to 203.0.113.7:443 in the thread telemetry")]


def test_thread_that_outlived_its_test(left, router, context):
    """What an earlier test has left running is told with that test's name, and fails no other."""
    owner = Owner("test_a.py::test_a")
    owner.ended = True
    set_owner(None)  # else this very test is the owner, if its run has tests with routes
    thread = threading.Thread(target=_connect, name="poller")
    note_owner(thread, owner)
    thread.start()
    thread.join()
    assert left == []
    assert texts(router) == []
    assert [(one.owner, one.request, one.verb) for one in context.strays] == [
        ("test_a.py::test_a", "a connection to 203.0.113.7:443", "made")
    ]


def _connect():
    with socket.socket() as sock:
        sock.connect_ex(FAR)


def test_mock_of_the_test(make_router):
    """What a test has mocked lets nothing out."""
    with mock.patch.object(socket.socket, "connect") as connect:
        router = make_router()
        with socket.socket() as sock:
            sock.connect(FAR)
        router.stop()
    connect.assert_called_once_with(FAR)
    assert texts(router) == []


def test_look_up_of_the_test(left, monkeypatch, make_router, loopback):
    """A name that a test leads to this machine is its own affair."""
    port = httpx.URL(loopback.url).port
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: None)
    router = make_router()
    socket.create_connection(("api.example.com", 443)).close()
    assert texts(router) == []


def test_given_back():
    """At the end everything is as it was before."""

    def now():
        names = ("getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")
        return dict(vars(socket.socket)), [getattr(socket, name) for name in names]

    before = now()
    network = Network()
    network.bind()
    assert now() != before
    network.close()
    assert now() == before
