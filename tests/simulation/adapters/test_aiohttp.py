"""Requests of aiohttp: what it does by itself goes on, and where its connections lead."""

from __future__ import annotations

import asyncio
import gzip
import re

import aiohttp
import httpx
import pytest
from aiohttp import web
from in_loop import in_loop, serving
from loopback import Loopback

from pytest_errcodes.active.ownership import Owner, set_owner
from pytest_errcodes.simulation import UnmatchedRequestError
from pytest_errcodes.simulation.network import Network

API = "https://api.example.com"


async def fetch(session, url=f"{API}/order", method="GET", **options):
    """Send a request, and return the response, which is read."""
    async with session.request(method, url, **options) as response:
        await response.read()
    return response


async def code(session, url=f"{API}/order", method="GET", **options):
    """Return the code that a request is answered."""
    return (await (await fetch(session, url, method, **options)).json())["code"]


# -- what is sent ----------------------------------------------------------------------------


async def _two_parts():
    yield b"one"
    yield b"two"


def _form():
    form = aiohttp.FormData()
    form.add_field("file", b"content", filename="a.txt")
    return form


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ({}, rb""),
        ({"json": {"a": 1}}, rb'\{"a": 1\}'),
        ({"data": b"x" * 200_000}, rb"x{200000}"),
        ({"data": {"a": "1"}}, rb"a=1"),
        ({"data": _two_parts}, rb"onetwo"),
        ({"data": b"late", "expect100": True}, rb"late"),
        ({"data": b"parted", "chunked": True}, rb"parted"),
        ({"data": _form}, rb'--\w+\r\n.*filename="a.txt"\r\n.*\r\ncontent\r\n--\w+--\r\n'),
    ],
    ids=["nothing", "JSON", "much", "a form", "parts", "100-continue", "chunks", "a file"],
)
@in_loop
async def test_bodies(router, options, body):
    """A route gets the body, in whatever way it was sent."""
    route = router.post("/order").reply(401009)
    data = options.get("data")
    if callable(data):
        options = {**options, "data": data()}
    async with aiohttp.ClientSession() as session:
        assert await code(session, method="POST", **options) == 401009
    assert re.fullmatch(body, route.calls.last.request.content, re.DOTALL)


@in_loop
async def test_compressed_upload(router):
    """A body that aiohttp compresses goes as it would over the wire."""
    route = router.post("/order").reply(401009)
    async with aiohttp.ClientSession() as session:
        await code(session, method="POST", data=b"x" * 100, headers={"content-encoding": "gzip"})
        await code(session, method="POST", data=b"x" * 100, compress="gzip")
    plain, compressed = (call.request.content for call in route.calls)
    assert (plain, gzip.decompress(compressed)) == (b"x" * 100, b"x" * 100)


@in_loop
async def test_address_and_headers(router):
    """Method, query and headers are those that aiohttp would send."""
    route = router.route().reply(401009)
    async with aiohttp.ClientSession(headers={"X-Key": "k"}) as session:
        await code(session, f"{API}/a b/ü?x=1#f", "PURGE", params={"y": "2 3"})
    request = route.calls.last.request
    assert request.method == "PURGE"
    assert str(request.url) == f"{API}/a%20b/%C3%BC?x=1&y=2+3"
    assert (request.headers["host"], request.headers["x-key"]) == ("api.example.com", "k")


# -- what comes ------------------------------------------------------------------------------


@in_loop
async def test_answers(router):
    """Aiohttp's own parser reads status, headers, cookies and the body, which may be compressed."""
    headers = [("Content-Encoding", "gzip"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    router.get("/order").respond(418, headers=headers, content=gzip.compress(b"tea"))
    async with aiohttp.ClientSession() as session:
        response = await fetch(session)
        assert (response.status, response.reason) == (418, "I'm a Teapot")
        assert await response.text() == "tea"
        assert {name: one.value for name, one in response.cookies.items()} == {"a": "1", "b": "2"}
        assert len(session.cookie_jar) == 2


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
@in_loop
async def test_answers_without_a_body(router, method, status):
    """Nothing is left of such an answer for the next one of the connection."""
    router.route(path="/order").respond(status, content=b"unseen")
    router.route(path="/next").reply(401009)
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            response = await fetch(session, method=method)
            assert (response.status, await response.text()) == (status, "")
            assert await code(session, f"{API}/next") == 401009


async def _parts():
    for part in (b"one\n", b"two\n"):
        yield part


@pytest.mark.parametrize(
    "headers", [{}, {"content-length": "8"}, {"transfer-encoding": "chunked"}], ids=str
)
@in_loop
async def test_streamed_answers(router, headers):
    """A body that comes in parts is read in parts, however its end is told."""
    router.get("/order").mock(
        side_effect=lambda _: httpx.Response(200, headers=headers, content=_parts())
    )
    async with aiohttp.ClientSession() as session, session.get(f"{API}/order") as response:
        assert [line async for line in response.content] == [b"one\n", b"two\n"]


@in_loop
async def test_answer_that_breaks_off(router):
    """An error in the middle of a body is the error of a payload."""

    async def parts():
        yield b"one"
        raise httpx.ReadError("gone")

    router.get("/order").mock(side_effect=lambda _: httpx.Response(200, content=parts()))
    async with aiohttp.ClientSession() as session, session.get(f"{API}/order") as response:
        with pytest.raises(aiohttp.ClientError):
            await response.read()


@pytest.mark.parametrize("content", [b"one", [b"o", b"ne"]], ids=["bytes", "parts"])
@in_loop
async def test_answer_that_is_too_short(router, content):
    """A client that was told of more than comes does not wait for it."""
    answer = {"headers": {"content-length": "7"}, "content": content}
    router.get("/order").mock(side_effect=lambda _: httpx.Response(200, **answer))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientPayloadError):
            await fetch(session)


@in_loop
async def test_much_at_once(router):
    """A body that is larger than what aiohttp buffers comes whole."""
    router.get("/order").respond(200, content=b"x" * 3_000_000)
    async with aiohttp.ClientSession(read_bufsize=1024) as session:
        assert len(await (await fetch(session)).text()) == 3_000_000


@in_loop
async def test_status_that_is_no_answer(router):
    """After a 1xx a client waits for more, and there is no more."""
    router.get("/order").respond(102)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await fetch(session)


# -- aiohttp's own business ------------------------------------------------------------------


@in_loop
async def test_redirects(router):
    """Aiohttp follows redirects itself, with its cookies, and each is a request."""
    headers = {"location": "/order", "set-cookie": "seen=1"}
    start = router.post("/start").respond(303, headers=headers)
    route = router.get("/order").reply(401009)
    async with aiohttp.ClientSession() as session:
        response = await fetch(session, f"{API}/start", "POST", json={})
        assert [one.status for one in response.history] == [303]
    assert start.call_count == route.call_count == 1
    assert route.calls.last.request.headers["cookie"] == "seen=1"


@in_loop
async def test_raise_for_status(router):
    """A session that raises for statuses does so."""
    router.get("/order").reply(401009, http_status=400)
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        with pytest.raises(aiohttp.ClientResponseError, match="400"):
            await fetch(session)


@pytest.mark.skipif(not hasattr(aiohttp, "ClientMiddlewareType"), reason="since aiohttp 3.12")
@in_loop
async def test_middlewares(router):
    """A middleware that sends the request again is answered again."""
    route = router.get("/order").reply(100429).then(200000)

    async def again(request, handler):
        await (await handler(request)).read()
        return await handler(request)

    async with aiohttp.ClientSession(middlewares=[again]) as session:
        assert await code(session) == 200000
    assert route.call_count == 2


@in_loop
async def test_trace_hooks(router):
    """Trace hooks tell of connections, those that are kept too."""
    router.get("/order").reply(401009)
    seen = []

    def keep(name):
        async def hook(*_):
            seen.append(name)

        return hook

    trace = aiohttp.TraceConfig()
    for name in ("request_start", "connection_create_end", "connection_reuseconn", "request_end"):
        getattr(trace, f"on_{name}").append(keep(name))
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        await fetch(session)
        await fetch(session)
    first = ["request_start", "connection_create_end", "request_end"]
    assert seen == [*first, "request_start", "connection_reuseconn", "request_end"]


@in_loop
async def test_limit_of_connections(router):
    """A connector's limit holds."""
    now, most = 0, 0

    async def answer(request):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return httpx.Response(200, text=request.url.path)

    router.route().mock(side_effect=answer)
    connector = aiohttp.TCPConnector(limit=3)
    async with aiohttp.ClientSession(connector=connector) as session:
        urls = [f"{API}/{number}" for number in range(20)]
        responses = await asyncio.gather(*(fetch(session, url) for url in urls))
        assert [await one.text() for one in responses] == [f"/{number}" for number in range(20)]
    assert most == 3


@pytest.mark.parametrize(
    "timeout", [aiohttp.ClientTimeout(total=0.01), aiohttp.ClientTimeout(sock_read=0.01)], ids=str
)
@in_loop
async def test_timeouts(router, timeout):
    """A route that does not answer meets the client's own timeouts, and was called."""
    route = router.get("/order").mock(side_effect=lambda _: asyncio.Event().wait())
    async with aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises(asyncio.TimeoutError):
            await fetch(session)
    assert route.called


@in_loop
async def test_cancelled_request(router):
    """Who answers a request that its client gives up is cancelled."""
    waits, cancelled = asyncio.Event(), asyncio.Event()

    async def answer(_):
        waits.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    route = router.get("/order").mock(side_effect=answer)
    async with aiohttp.ClientSession() as session:
        task = asyncio.create_task(fetch(session))
        await waits.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await cancelled.wait()
    assert route.called


@in_loop
async def test_refused_websocket(router):
    """A route that matches the handshake of a WebSocket refuses it."""
    router.get("/stream").reply(401009)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{API}/stream")


# -- connectors ------------------------------------------------------------------------------


class _Own(aiohttp.TCPConnector):
    async def _create_connection(self, req, traces, timeout):
        return await super()._create_connection(req, traces, timeout)


class _Foreign(aiohttp.BaseConnector):
    allowed_protocol_schema_set = frozenset({"", "http", "https"})

    async def _create_connection(self, req, traces, timeout):
        raise AssertionError("it was asked to connect")


@pytest.mark.parametrize(
    "make",
    [
        aiohttp.TCPConnector,
        lambda: aiohttp.TCPConnector(force_close=True, ssl=False),
        lambda: aiohttp.UnixConnector("/nowhere/socket"),
        _Own,
        _Foreign,
    ],
    ids=["usual", "closing", "unix", "own", "foreign"],
)
@in_loop
async def test_connectors(router, make):
    """Any connector is caught, a user's own too, and one that was made before the router."""
    router.get("/order").reply(401009)
    async with aiohttp.ClientSession(connector=make()) as session:
        assert [await code(session) for _ in range(3)] == [401009] * 3


@pytest.mark.parametrize("scheme", ["http", "https"])
@in_loop
async def test_proxy(router, scheme):
    """A request by way of a proxy goes to the route of where it is for."""
    router.get(f"{scheme}://api.example.com/order").reply(401009)
    async with aiohttp.ClientSession() as session:
        url = f"{scheme}://api.example.com/order"
        assert await code(session, url, proxy="http://proxy.example.com:3128") == 401009


@in_loop
async def test_kept_connections(make_router, loopback):
    """What a session keeps of one world is not used in the other."""
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            assert await (await fetch(session, loopback.url)).text() == "loopback "
            router = make_router()
            router.get(loopback.url).reply(401009)
            assert await code(session, loopback.url) == 401009
            router.stop()
    assert router.calls.call_count == 1


@in_loop
async def test_removed(make_router):
    """At the end aiohttp is as it was before."""
    from aiohttp.client import _BaseRequestContextManager, _SessionRequestContextManager

    def now():
        return [
            vars(owner).get(name)
            for owner, name in (
                (aiohttp.BaseConnector, "connect"),
                (aiohttp.TCPConnector, "_create_connection"),
                (aiohttp.UnixConnector, "_create_connection"),
                (aiohttp.BaseConnector, "__init_subclass__"),
                (aiohttp.ClientResponse, "start"),
                (aiohttp.ClientResponse, "read"),
                (_BaseRequestContextManager, "__init__"),
                (_SessionRequestContextManager, "__init__"),
            )
        ]

    before = now()
    network = Network()
    network.bind()
    assert [one is other for one, other in zip(now(), before, strict=True)] == [False] * 8
    network.close()
    assert now() == before


# -- passing, failing ------------------------------------------------------------------------


async def _answer(request):
    body = await request.text()
    return web.Response(text=f"{request.method} {request.path} {body}")


@pytest.mark.parametrize("options", [{}, {"data": b"x"}, {"data": b"x", "expect100": True}])
@in_loop
async def test_pass_through(router, options):
    """A request that is let pass really connects, and carries what the client wrote."""
    route = router.route(host="127.0.0.1").pass_through()
    async with serving(_answer) as url, aiohttp.ClientSession() as session:
        for _ in range(2):
            response = await fetch(session, f"{url}/order", "POST", **options)
            assert await response.text() == f"POST /order {options.get('data', b'').decode()}"
    assert route.call_count == 2


@in_loop
async def test_websocket_that_passes(router):
    """A WebSocket to a server of the test's own works while routes are active."""

    async def talk(request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(message.data.upper())
        return socket

    router.route(host="127.0.0.1").pass_through()
    async with (
        serving(talk) as url,
        aiohttp.ClientSession() as session,
        session.ws_connect(url) as socket,
    ):
        await socket.send_str("order")
        assert await socket.receive_str() == "ORDER"


@in_loop
async def test_pass_to_nobody(router):
    """Where no connection can be made, aiohttp says so."""
    router.route(host="127.0.0.1").pass_through()
    with Loopback() as gone:
        url = gone.url
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await fetch(session, url)


@in_loop
async def test_unmatched(router):
    """It is aiohttp's own error, and the explanation stands behind it."""
    router.get("/order").reply(401009)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await fetch(session, f"{API}/orders?key=1")
    line = f"no route matches GET {API}/orders?key=1"
    assert caught.value.strerror == line
    assert isinstance(caught.value.__cause__, UnmatchedRequestError)
    assert str(caught.value.__cause__) == (
        f"{line}\nnearest route:\n  GET /order\n    path is /orders, not /order"
    )


@pytest.mark.parametrize(
    ("raised", "met", "count"),
    [
        (httpx.ConnectError, aiohttp.ClientConnectorError, 1),
        (httpx.ConnectTimeout, aiohttp.ServerTimeoutError, 1),
        (httpx.PoolTimeout, aiohttp.ServerTimeoutError, 1),
        (httpx.ReadTimeout, aiohttp.ServerTimeoutError, 1),
        (httpx.ReadError, aiohttp.ClientOSError, 1),
        (httpx.RemoteProtocolError, aiohttp.ServerDisconnectedError, 1),
        (ConnectionResetError(104, "reset"), aiohttp.ClientOSError, 1),
        (aiohttp.ClientPayloadError("half"), aiohttp.ClientPayloadError, 1),
        (ValueError("odd"), ValueError, 1),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
@in_loop
async def test_side_effects(router, raised, met, count):
    """Httpx's errors become aiohttp's; aiohttp's own and Python's are what they are."""
    route = router.post("/order").mock(side_effect=raised)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(met) as caught:
            await fetch(session, method="POST")
    assert type(caught.value).__module__.partition(".")[0] in ("aiohttp", "builtins")
    assert route.call_count == count


@pytest.mark.parametrize(
    "raised", [httpx.ConnectError, httpx.ReadTimeout], ids=lambda error: error.__name__
)
@in_loop
async def test_no_attempt_more(router, raised):
    """Aiohttp asks again where a connection broke, and not where there was none."""
    route = router.get("/order").mock(side_effect=raised)
    async with aiohttp.ClientSession() as session:
        with pytest.raises((aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError)):
            await fetch(session)
        with pytest.raises(aiohttp.ClientConnectorError, match="no route matches"):
            await fetch(session, f"{API}/nobody_s")
    assert route.call_count == 1
    assert [one.slug for one in router.findings()] == ["unmatched-request"]


@in_loop
async def test_failure_that_is_no_exception(router):
    """What pytest.fail() raises in a side effect reaches the test."""

    def refuse(_):
        pytest.fail("not this one")

    router.get("/order").mock(side_effect=refuse)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(pytest.fail.Exception, match="not this one"):
            await fetch(session)


@in_loop
async def test_task_of_an_ended_test(router, context):
    """It gets aiohttp's own error, with and without routes, and the run tells of it."""
    route = router.get("/order").reply(401009)
    owner = Owner("test_a.py::test_before")
    owner.ended = True

    async def poll():
        set_owner(owner)
        async with aiohttp.ClientSession() as session:
            await fetch(session)

    task = asyncio.create_task(poll(), name="poller")
    with pytest.raises(aiohttp.ClientConnectorError, match=r"task poller belongs to test_a\.py"):
        await task
    assert not route.called
    assert [(one.sender, one.request) for one in context.strays] == [
        ("the task poller", f"GET {API}/order")
    ]


@in_loop
async def test_router_that_stops_meanwhile(router):
    """A request that waited for its connection until then goes where it would have gone."""
    route = router.route(host="127.0.0.1").mock(side_effect=lambda _: stop())

    def stop():
        router.stop()
        return httpx.Response(200, text="ours")

    connector = aiohttp.TCPConnector(limit=1)
    async with serving(_answer) as url, aiohttp.ClientSession(connector=connector) as session:
        responses = await asyncio.gather(fetch(session, url), fetch(session, url))
        assert [await one.text() for one in responses] == ["ours", "GET / "]
    assert route.call_count == 1


@pytest.mark.parametrize("missing", ["connect", "_create_connection"])
def test_another_aiohttp(monkeypatch, missing):
    """A release whose connectors lack what the adapter needs is told by what that is."""
    from pytest_errcodes.simulation.adapters.aiohttp import AiohttpAdapter

    monkeypatch.delattr(aiohttp.BaseConnector, missing)
    with pytest.raises(LookupError, match=f"BaseConnector has no {missing}"):
        AiohttpAdapter(Network(), aiohttp)
