"""Servers that a test starts with a tool for it: what no route knows and is sent there is theirs.

A server of this process that is none of these may stand for the real one, which no request is to
reach by accident.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.simulation.address import Address

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TOOLS = (
    ("pytest_httpserver.httpserver", "HTTPServerBase"),
    ("aiohttp.test_utils", "BaseTestServer"),
)


def is_own_server(address: Address) -> bool:
    """Return whether such a server is what an address leads to."""
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
