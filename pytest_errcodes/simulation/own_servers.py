"""Servers that this process runs itself: a request that no route knows may be for one of them.

A test starts one to talk to it: pytest-httpserver, ``aiohttp.test_utils``, its own. What it sends
there does not leave the process.
"""

from __future__ import annotations

import os
from _socket import socket  # not ``socket.socket``: a test may have put something in its place
from contextlib import suppress
from functools import partial
from socket import SO_ACCEPTCONN, SOL_SOCKET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.simulation.address import Address

#: Names of this machine; a client may write any address of 127.0.0.0/8, and none does.
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}

# Bound as it is now: a fake file system has no open files.
_list_open_files = partial(os.listdir, "/dev/fd")


def is_own_server(address: Address) -> bool:
    """Return whether a server of this process is what an address leads to."""
    if address.host not in _LOOPBACK:
        return False
    url = address.url
    return _listens(url.port or _DEFAULT_PORTS.get(url.scheme, 0))


def _listens(port: int) -> bool:
    """Return whether this process listens at a port; False where it cannot be told (Windows)."""
    try:
        names = _list_open_files()
    except OSError:
        return False
    return any(name.isdecimal() and _find_port(int(name)) == port for name in names)


def _find_port(number: int) -> int | None:
    """Return the port at which an open file listens; None for all others."""
    with suppress(OSError):  # no socket, or closed meanwhile
        opened = socket(fileno=number)
        try:
            name = opened.getsockname()
            if opened.getsockopt(SOL_SOCKET, SO_ACCEPTCONN) and isinstance(name, tuple):
                port: int = name[1]
                return port
        finally:
            opened.detach()  # it is not ours to close
    return None
