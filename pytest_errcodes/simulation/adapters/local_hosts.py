"""Which hosts are this machine, and which servers on it a test has started with a tool for it.

What no route knows and is sent to one of those is theirs. Any other server of this process may
stand for the real one, which no request is to reach by accident. No name is looked up, since that
would ask others.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from functools import lru_cache, partial
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from pytest_errcodes.disk.file_reading import UnreadableFileError, read_real_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Address

    from pytest_errcodes.simulation.address import Address

# Bound here: a test may have put something else in their place.
_read_numbers = socket.inet_aton
_read_own_name = partial(socket.gethostname)

_LOCAL = frozenset({"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"})
#: Where the tools let their servers listen, and the classes of those.
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TOOLS = (
    ("pytest_httpserver.httpserver", "HTTPServerBase"),
    ("aiohttp.test_utils", "BaseTestServer"),
)


def read_host(host: object) -> str:
    """Return a host as text, in lower case and without a dot at the end."""
    text = host.decode("idna" if host.isascii() else "utf-8") if isinstance(host, bytes) else host
    return str(text).lower().removesuffix(".")


def is_number(host: str) -> bool:
    """Return whether a host is an address, which needs no look-up."""
    return _read_address(host) is not None


def is_local(host: str) -> bool:
    """Return whether a host is this machine's loopback, by number or by name."""
    if host in ("", *_LOCAL) or host.endswith(".localhost"):
        return True
    address = _read_address(host)
    if address is None:
        return host in _read_hosts_file()
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def is_own_name(host: str) -> bool:
    """Return whether a host is how this machine calls itself."""
    own = _read_own_name().lower()
    return host in (own, own.partition(".")[0])


@lru_cache(maxsize=256)
def _read_address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return ip_address(_read_numbers(host))  # such as 127.1
    except (OSError, ValueError):  # UnicodeEncodeError is a ValueError
        return None


@lru_cache(maxsize=1)
def _read_hosts_file() -> frozenset[str]:
    """Return the names that the machine's own file has for loopback addresses."""
    root = os.environ.get("SYSTEMROOT")
    path = rf"{root}\System32\drivers\etc\hosts" if root else "/etc/hosts"
    try:
        # The real file, whatever a test has done to open().
        text = read_real_file(path).decode("utf-8", "replace")
    except UnreadableFileError:
        return frozenset()
    names: set[str] = set()
    for line in text.splitlines():
        number, *found = line.partition("#")[0].split() or [""]
        address = _read_address(number)
        if address is not None and address.is_loopback:
            names.update(map(read_host, found))
    return frozenset(names)


def is_own_server(address: Address) -> bool:
    """Return whether a server that a test has started is what an address leads to."""
    if address.host not in _LOOPBACK:
        return False
    port = address.url.port  # no two servers share one, so that the port alone tells
    return any(one.port == port and _runs(one) for one in _list_servers())


def _list_servers() -> list[Any]:
    """Return the servers there are; they may have been started long before any test with routes."""
    found = (getattr(sys.modules.get(module), name, None) for module, name in _TOOLS)
    kinds = {id(kind) for one in found if isinstance(one, type) for kind in _list_kinds(one)}
    # By the identity of the class: isinstance would ask a mock what it is, and issubclass the
    # metaclass of any object of this process, which may raise.
    return [one for one in gc.get_objects() if id(type(one)) in kinds] if kinds else []


def _list_kinds(kind: type) -> Iterator[type]:
    """Yield a class and all that derive from it."""
    yield kind
    derived: list[type] = type.__subclasses__(kind)
    for one in derived:
        yield from _list_kinds(one)


def _runs(server: Any) -> bool:
    is_running = getattr(server, "is_running", None)
    return bool(is_running() if is_running else server.started and not server.closed)
