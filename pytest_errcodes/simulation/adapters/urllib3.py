"""Requests of urllib3, and so of requests: caught where a pool would use its connection.

That is below retries, redirects, pools and proxies, which run for real, and the lowest place that
1.26 and 2 agree on. Nothing connects: what the pool has made of the connection is never opened.
"""

from __future__ import annotations

import sys
from functools import partial
from http.client import RemoteDisconnected
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.drivers import run
from pytest_errcodes.simulation.adapters.layered_answer import Urllib3Call, tell_known
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.permits import Permit, was_let_pass
from pytest_errcodes.simulation.adapters.received_answer import Sent, find_call
from pytest_errcodes.simulation.adapters.urllib3_responses import Responses
from pytest_errcodes.simulation.adapters.written_request import list_headers, read_body
from pytest_errcodes.simulation.address import join_address, name_joined_url, name_url
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import find_fault, write_answer

if TYPE_CHECKING:
    from types import ModuleType

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.wire_answer import WireAnswer

#: Whose connections read their answers from http.client; ours is what wraps http.client's.
_NETWORK = frozenset({"http", "pytest_errcodes", "urllib3"})
#: Of what a pool hands to a connection, what its response is made with.
_OF_RESPONSE = ("preload_content", "decode_content", "enforce_content_length")


class _Outgoing(NamedTuple):
    """What a pool hands to its connection.

    Attributes:
        pool: The pool.
        conn: The connection, which is not opened.
        method: The HTTP method.
        url: What stands in the request's first line.
        options: All else, by name.
    """

    pool: Any
    conn: Any
    method: str
    url: str
    options: dict[str, Any]


class Urllib3Adapter(PatchingAdapter):
    """Catches what urllib3's pools send."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        pool, secure = find_classes(library, "HTTPConnectionPool", "HTTPSConnectionPool")
        manager = find_classes(library, "PoolManager")[0]
        self._responses = Responses(library)
        #: Since 2 a pool makes urllib3's response here, before http.client's.
        self._makes_response = not hasattr(library.HTTPResponse, "from_httplib")
        self._charset = "utf-8" if self._makes_response else "iso-8859-1"
        connections = find_classes(library, "HTTPConnection", "HTTPSConnection")
        self.patches = [
            *(Patch(connection, "connect", self._wrap_connect) for connection in connections),
            Patch(pool, "_make_request", self._wrap),
            Patch(secure, "_prepare_proxy", self._wrap_tunnel),
            Patch(pool, "urlopen", self._wrap_watched),
            Patch(manager, "urlopen", self._wrap_watched),
        ]

    def _wrap_watched(self, original: Any) -> Any:
        adapter = self

        def urlopen(self: Any, method: str, url: str, *arguments: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.network.watched:
                return original(self, method, url, *arguments, **options)
            sent = Sent(method.upper(), _find_url(self, url))
            # A session reads all of its responses in parts, and knows what its caller does.
            is_stream = find_call() is None and options.get("preload_content") is False
            with Urllib3Call(sent, is_stream=is_stream) as call:
                response = original(self, method, url, *arguments, **options)
            if hasattr(response, "status"):  # else it is a mock of the test's
                call.receive(response)
                if call.above is None:
                    hand_over(response, sys._getframe(1), sent)  # noqa: SLF001  # the only cheap way to a caller
            try:
                return response
            finally:  # an error of a first attempt, which urllib3 keeps, keeps this frame
                del response

        return urlopen

    def _wrap(self, original: Any) -> Any:
        adapter = self

        def _make_request(
            self: Any, conn: Any, method: str, url: str, *arguments: Any, **options: Any
        ) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, _Outgoing(self, conn, method, url, options))
            if not adapter.network.routers or arguments or not _is_to_catch(conn):
                return original(self, conn, method, url, *arguments, **options)
            return adapter.handle(original, _Outgoing(self, conn, method, url, options))

        return _make_request

    def _wrap_connect(self, original: Any) -> Any:
        adapter = self

        def connect(self: Any) -> Any:
            if adapter.network.routers and not was_let_pass(self):
                return None  # it is opened if a request is let pass
            return original(self)

        return connect

    def _wrap_tunnel(self, original: Any) -> Any:
        adapter = self

        def _prepare_proxy(self: Any, conn: Any) -> Any:
            if not adapter.network.routers or not _is_to_catch(conn):
                return original(self, conn)
            return None  # it is opened if the request is let pass

        return _prepare_proxy

    def _read(self, outgoing: _Outgoing) -> Incoming:
        """Return a request in neutral form; a body that can be read once alone is read here."""
        pool, _, method, url, options = outgoing
        body = options.get("body")
        if body is not None and type(body) is not bytes:
            body = options["body"] = read_body(body, self._charset)
        address = join_address(pool.scheme, pool.host, pool.port, url)
        given = options.get("headers")
        pairs = list(given.items()) if given else []  # its owner may change it
        headers = partial(list_headers, pairs, address, body, chunked=bool(options.get("chunked")))
        return Incoming(method.upper(), address, headers, body or b"")

    def handle(self, original: Any, outgoing: _Outgoing) -> Any:
        """Answer one request.

        Raises:
            urllib3.exceptions.NewConnectionError: No route matches; chained to the explanation.
        """
        __tracebackhide__ = True
        incoming = self._read(outgoing)
        reply = self.network.reply(incoming)
        if reply is not None:
            return self._answer(outgoing, write_answer(reply))
        try:
            answer = run(self.network.answer(incoming))
        except Exception as error:  # noqa: BLE001  # a side effect may raise anything
            self._raise(error, outgoing)
        if answer is PASS:
            return self._pass_on(original, outgoing)
        if isinstance(answer, Unmatched):
            refused = self.library.exceptions.NewConnectionError(outgoing.conn, answer.summary)
            raise refused from answer.explanation
        return self._answer(outgoing, write_answer(answer))

    def _answer(self, outgoing: _Outgoing, answer: WireAnswer) -> Any:
        pool, options = outgoing.pool, outgoing.options
        pool.num_requests += 1
        if not self._makes_response:
            bare = self._responses.make_bare(answer, outgoing.method)
            tell_known(bare, answer.seen)
            return bare
        response = self._responses.make(
            answer,
            outgoing.method,
            outgoing.url,
            {name: options[name] for name in _OF_RESPONSE if name in options},
        )
        tell_known(response, answer.seen)
        response.retries = options.get("retries")
        response._pool = pool  # noqa: SLF001  # as the pool's own method does
        conn = options.get("response_conn")
        if conn is not None:  # back to the pool at once: the answer is not read from it
            pool._put_conn(conn)  # noqa: SLF001  # as its response would
        return response

    def _pass_on(self, original: Any, outgoing: _Outgoing) -> Any:
        """Let a request go where it would have gone, through its proxy if it has one."""
        pool, conn, method, url, options = outgoing
        with Permit(conn):
            if getattr(pool, "proxy", None) is not None and getattr(conn, "sock", None) is None:
                pool._prepare_proxy(conn)  # noqa: SLF001  # which was put off
            return original(pool, conn, method, url, **options)

    def _raise(self, error: Exception, outgoing: _Outgoing) -> NoReturn:
        """Raise what a side effect raised, as urllib3 would."""
        __tracebackhide__ = True
        pool, conn, _, url, _ = outgoing
        errors = self.library.exceptions
        kind = find_fault(error)
        if kind is None or isinstance(error, errors.HTTPError):
            raise error
        if conn.proxy is not None:  # or urllib3 would call any error one of the proxy
            vars(conn)["_has_connected_to_proxy"] = True
        if kind == "connect":
            raise errors.NewConnectionError(conn, str(error) or "connection refused") from error
        if kind == "connect-timeout":
            text = f"Connection to {conn.host} timed out. (connect timeout={conn.timeout})"
            raise errors.ConnectTimeoutError(conn, text) from error
        if kind == "read-timeout":
            text = f"Read timed out. (read timeout={pool.timeout.read_timeout})"
            raise errors.ReadTimeoutError(pool, url, text) from error
        if kind == "closed":
            raise RemoteDisconnected("Remote end closed connection without response") from error
        raise ConnectionResetError(104, "Connection reset by peer") from error

    def refuse(self, owner: Owner, outgoing: _Outgoing) -> Exception:
        """Return the error for a request of a thread or task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        pool, conn, method, url, _ = outgoing
        named = name_joined_url(pool.scheme, pool.host, pool.port, url)
        text = note_stray_request(owner, method, named)
        error: Exception = self.library.exceptions.NewConnectionError(conn, text)
        return error


def _find_url(sender: Any, url: str) -> str:
    """Return where a pool, or what manages pools, sends a request."""
    scheme = getattr(sender, "scheme", None)
    if scheme is None:
        return name_url(url)
    return name_joined_url(scheme, sender.host, sender.port, url)


def _is_to_catch(conn: Any) -> bool:
    """Return whether a connection leads to the network, and its request was not let pass."""
    return leads_to_network(type(conn)) and not was_let_pass(conn)


def leads_to_network(kind: Any) -> bool:
    """Return whether connections of a class read their answers from http.client, not from a mock.

    Args:
        kind: The class; that of VCR.py's is made from http.client's too.
    """
    module = str(getattr(getattr(kind, "getresponse", None), "__module__", ""))
    return module.partition(".")[0] in _NETWORK
