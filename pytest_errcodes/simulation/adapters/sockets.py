"""The guard: while routes are active, nothing leaves this machine that nobody has let pass.

Whatever library has no adapter, or goes by ways that its adapter does not know, comes by here when
it looks a name up or connects. What does so in C, without Python's sockets, is not seen.
"""

from __future__ import annotations

import socket
from errno import ECONNREFUSED
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.local_hosts import (
    is_local,
    is_number,
    is_own_name,
    read_host,
)
from pytest_errcodes.simulation.adapters.patching import Patch, find_caller, find_classes
from pytest_errcodes.simulation.adapters.permits import find_asker, may_pass

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

_FAMILIES = (socket.AF_INET, socket.AF_INET6)
#: Where the address stands among the arguments of a socket's methods.
_METHODS = {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo")
#: Those of them that take an address, and ask for its name.
_REVERSE = ("gethostbyaddr", "getnameinfo")
#: A host and a port; what an IPv6 address has beyond them is left out.
_PAIR = 2
#: So many arguments of getaddrinfo stand before its flags.
_FLAGS = 5
#: What the C library says of a host that it does not know: HOST_NOT_FOUND of netdb.h.
_NOT_FOUND = 1
#: The modules of Python's own functions, and of ours over them.
_PYTHON = frozenset({"_socket", "socket", __name__})


class SocketGuard(PatchingAdapter):
    """Refuses look-ups and connections of whatever is not this machine."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        kind = find_classes(library, "socket")[0]
        methods = [name for name in _METHODS if hasattr(kind, name)]
        self.patches = [
            *(Patch(kind, name, partial(self._wrap_method, name)) for name in methods),
            *(Patch(library, name, partial(self._wrap_lookup, name)) for name in _LOOKUPS),
        ]

    def _wrap_method(self, name: str, original: Any) -> Any:
        guard, place = self, _METHODS[name]
        if _is_mock(original):  # a test's own mock: nothing leaves by it
            return lambda self, *arguments: _bind(original, self)(*arguments)

        def method(self: Any, *arguments: Any) -> Any:
            __tracebackhide__ = True
            if guard.network.guarded and len(arguments) > max(place, 0):
                refused = guard.judge_connection(self, arguments[place])
                if refused is not None:
                    if name == "connect_ex":
                        return refused.errno
                    raise refused
            return original(self, *arguments)

        return method

    def _wrap_lookup(self, name: str, original: Any) -> Any:
        guard = self
        # A function that others have put here may look nothing up, and lead to a server of this
        # machine.
        is_python = getattr(original, "__module__", None) in _PYTHON

        def look_up(*arguments: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            if is_python and guard.network.guarded:
                refused = guard.judge_lookup(name, arguments, options)
                if refused is not None:
                    raise refused
            return original(*arguments, **options)

        return look_up

    def judge_connection(self, sock: Any, address: Any) -> OSError | None:
        """Return the error for what a socket connects or sends to; None where it may."""
        if sock.family not in _FAMILIES or not isinstance(address, tuple) or len(address) < _PAIR:
            return None
        host = read_host(address[0])
        if is_local(host) or may_pass():
            return None
        return ConnectionRefusedError(
            ECONNREFUSED, self._refuse(f"a connection to {_join(host, address[1])}")
        )

    def judge_lookup(
        self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> OSError | None:
        """Return the error for a look-up; None where it may be made.

        Args:
            name: The function of the socket module.
            arguments: Its positional arguments.
            options: Its keyword arguments.
        """
        given = arguments[0] if arguments else options.get("host")
        port = arguments[1] if len(arguments) > 1 else options.get("port")
        is_reverse = name in _REVERSE
        if name == "getnameinfo":
            if arguments[-1] & socket.NI_NUMERICHOST or not isinstance(given, tuple):
                return None
            given, port = given[:2]
        elif name == "getaddrinfo":
            flags = options.get("flags", arguments[5] if len(arguments) > _FLAGS else 0)
            if flags & socket.AI_NUMERICHOST:
                return None
        if given is None:
            return None
        host = read_host(given)
        if is_local(host) or is_own_name(host) or may_pass():
            return None
        if is_number(host) and not is_reverse:
            return None
        told = self._refuse(f"a look-up of {_join(host, None if is_reverse else port)}")
        return (
            socket.herror(_NOT_FOUND, told)
            if name == "gethostbyaddr"
            else socket.gaierror(socket.EAI_NONAME, told)
        )

    def _refuse(self, what: str) -> str:
        """Note what would have left; return the text of its error."""
        from pytest_errcodes.simulation.findings.finding_texts import render_finding
        from pytest_errcodes.simulation.findings.refused_connection import (
            find_library,
            make_refused,
        )
        from pytest_errcodes.simulation.strays import note_stray

        ended = find_ended_owner()
        if ended is not None:
            return note_stray(ended, what, "made")
        finding = make_refused(what, find_asker() or find_library(find_caller(__name__)))
        self.network.note_refused(finding)
        return render_finding(finding).partition("\n")[0]


def _join(host: str, port: object) -> str:
    if port in (None, 0, ""):
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_mock(found: object) -> bool:
    is_one = type(found).__module__.partition(".")[0] == "mock"
    return is_one or type(found).__module__ == "unittest.mock" or hasattr(found, "mock_calls")


def _bind(mock: Any, sock: Any) -> Any:
    return mock.__get__(sock) if hasattr(type(mock), "__get__") else mock
