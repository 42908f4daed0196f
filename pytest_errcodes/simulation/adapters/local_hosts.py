"""Which hosts are this machine: its loopback addresses, and the names that stand for them here.

Nothing is looked up, since that would ask others.
"""

from __future__ import annotations

import os
import socket
from functools import lru_cache, partial
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from pytest_errcodes.disk.file_reading import UnreadableFileError, read_real_file

if TYPE_CHECKING:
    from ipaddress import IPv4Address

# Bound here: a test may have put something else in their place.
_read_numbers = socket.inet_aton
_read_own_name = partial(socket.gethostname)

_LOCAL = frozenset({"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"})


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
