"""The seam below httpx: what is caught, and what of httpx still runs for real."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpcore
import httpx
import pytest
import trio

from pytest_errcodes.simulation.router import UnmatchedRequestError
from pytest_errcodes.simulation.seam import HttpxSeam
from simulation.callers import API

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Retrying(httpx.HTTPTransport):
    """Sends a request again when the API asks for it."""

    def handle_request(self, request):
        """Send, and send again."""
        response = super().handle_request(request)
        return super().handle_request(request) if response.status_code == 429 else response


class Wrapping(httpx.BaseTransport):
    """Counts what another transport sends."""

    def __init__(self, inner):
        self.inner, self.sent = inner, 0

    def handle_request(self, request):
        """Count and send."""
        self.sent += 1
        return self.inner.handle_request(request)


class Signing(httpx.Auth):
    """Signs with the nonce that a first answer gives."""

    def auth_flow(self, request):
        """Ask for the nonce, then send it."""
        response = yield request
        request.headers["x-nonce"] = response.headers["x-nonce"]
        yield request


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


@pytest.fixture(scope="module")
def one_client():
    """Return a client that outlives the tests."""
    with httpx.Client() as client:
        yield client


# -- being installed -------------------------------------------------------------------------


def test_installed_once(make_router):
    """A second router finds the wrappers in place, and so does each test after the first."""
    make_router().stop()
    installed = httpcore.ConnectionPool.handle_request
    make_router().stop()
    assert httpcore.ConnectionPool.handle_request is installed


def test_removed():
    """At the end everything is as it was before."""
    from respx.mocks import HTTPCoreMocker

    def now():
        return (
            httpcore.ConnectionPool.handle_request,
            httpcore.AsyncConnectionPool.handle_async_request,
            httpx._transports.default.create_ssl_context,
            dict(vars(HTTPCoreMocker)),
        )

    before = now()
    seam = HttpxSeam()
    seam.ensure()
    seam.share_tls()
    assert [one is other for one, other in zip(now(), before, strict=True)] == [False] * 4
    seam.remove()
    assert now() == before


def test_nothing_is_caught_without_a_router(router, call, loopback):
    """An installed seam without a router lets every request go where it went before."""
    router.stop()
    assert call("GET", loopback.url).text == "loopback "


def test_another_run_inside(router, call):
    """A seam that is installed above another one leaves it as it was."""
    router.reply(401009)
    inner = HttpxSeam()
    inner.ensure()
    assert code(call("GET")) == 401009
    inner.remove()
    assert code(call("GET")) == 401009


def test_a_patch_by_the_test(make_router, call, monkeypatch):
    """A wrapper that somebody puts above ours beforehand is covered, and comes back."""
    make_router().stop()
    seen = []
    ours = httpcore.ConnectionPool.handle_request

    def theirs(self, request):
        seen.append(request.url.target)
        return ours(self, request)

    with monkeypatch.context() as patch:
        patch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
        router = make_router()
        router.reply(401009)
        assert code(httpx.get(f"{API}/a")) == 401009
    assert code(httpx.get(f"{API}/b")) == 401009
    assert router.calls.call_count == 2
    assert seen == []


def test_pass_through_below_a_patch(make_router, loopback, monkeypatch):
    """A request that is let pass is asked about once, in however many layers we stand."""
    make_router().stop()
    ours = httpcore.ConnectionPool.handle_request

    def theirs(self, request):
        return ours(self, request)

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
    route = make_router().route(host="127.0.0.1").pass_through()
    assert httpx.get(loopback.url).text == "loopback "
    assert route.call_count == 1


def test_a_patch_above(router, monkeypatch):
    """A wrapper that somebody puts above ours meanwhile runs, and then ours."""
    router.reply(401009)
    ours, seen = httpcore.ConnectionPool.handle_request, []

    def theirs(self, request):
        seen.append(request.url.target)
        return ours(self, request)

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", theirs)
    assert code(httpx.get(f"{API}/a")) == 401009
    assert seen == [b"/a"]


def test_a_patched_transport(router, monkeypatch):
    """A test that replaces httpx's own transport gets its answer; our routes see nothing."""
    router.reply(401009)
    monkeypatch.setattr(
        httpx.HTTPTransport, "handle_request", lambda self, request: httpx.Response(204)
    )
    assert httpx.get(API).status_code == 204
    assert router.calls.call_count == 0


# -- unmatched requests ----------------------------------------------------------------------


def test_unmatched(router, call):
    """The client gets a transport error of httpx, chained to the explanation."""
    router.get("/orders").reply(401009)
    with pytest.raises(httpx.ConnectError) as caught:
        call("GET", "/order?signature=abc")
    assert str(caught.value) == f"no route matches GET {API}/order?signature=<secret>"
    assert str(caught.value.request.url) == f"{API}/order?signature=abc"
    explanation = caught.value.__cause__.__cause__
    assert isinstance(explanation, UnmatchedRequestError)
    assert router.findings() == [
        str(explanation),
        "no request reached GET /orders",
    ]


def test_text_of_an_unmatched_request(router, call):
    """The finding names the request, the nearest route, and what differed."""
    router.post("/order", json={"side": "BUY"}).reply(401009)
    with pytest.raises(httpx.ConnectError):
        call("POST", "/order", json={"side": "SELL"})
    assert router.findings()[0] == (
        f"no route matches POST {API}/order\n"
        "nearest route:\n"
        "  POST /order json={'side': 'BUY'}\n"
        "    JSON field side is 'SELL', not 'BUY'"
    )


def test_unmatched_and_swallowed(router, call):
    """The finding is there although the client swallowed the error."""
    with suppress(Exception):
        call("GET", "/a")
    assert router.findings() == [f"no route matches GET {API}/a\nthere are no routes yet"]


def test_unmatched_among_nested_routers(router, call):
    """The nearest routes are looked for in every router that was asked."""
    router.get("/aa").reply(401009)
    with router(base_url=API) as nested:
        nested.get("/ab").reply(401009)
        with pytest.raises(httpx.ConnectError) as caught:
            call("GET", "/ac")
    assert str(caught.value.__cause__.__cause__).splitlines()[1:] == [
        "nearest routes:",
        f"  GET {API}/ab",
        "    path is /ac, not /ab",
        "  GET /aa",
        "    path is /ac, not /aa",
    ]


def test_unmatched_in_httpcore(router):
    """Below httpx, the error is httpcore's own."""
    with httpcore.ConnectionPool() as pool, pytest.raises(httpcore.ConnectError) as caught:
        pool.request("GET", f"{API}/a")
    assert str(caught.value) == f"no route matches GET {API}/a"
    assert isinstance(caught.value.__cause__, UnmatchedRequestError)


# -- clients ---------------------------------------------------------------------------------


def test_client_made_before(call, make_router):
    """A client need not be made while routes are active."""
    with httpx.Client(base_url=API) as client:
        make_router().reply(401009)
        assert code(client.get("/a")) == 401009


def test_one_client_for_all(router, one_client):
    """A client of the whole module is caught while a router is active."""
    router.reply(401009)
    assert code(one_client.get(f"{API}/a")) == 401009


def test_one_client_without_a_router(loopback, one_client):
    """Without one it goes over the wire."""
    assert one_client.get(loopback.url).text == "loopback "


def test_short_forms(router):
    """httpx.get and its like are caught."""
    router.reply(401009)
    assert code(httpx.post(f"{API}/a", json={})) == 401009


def test_threads(router):
    """Requests from many threads are answered, and each is recorded."""
    route = router.reply(100429, times=20).then(200000)
    with httpx.Client(base_url=API) as client, ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda n: code(client.get(f"/{n}")), range(40)))
    assert sorted(codes) == [100429] * 20 + [200000] * 20
    assert route.call_count == 40


def test_a_thread_of_its_own(router):
    """A thread that was started before the router is caught."""
    go, answers = threading.Event(), []

    def work():
        go.wait(10)
        answers.append(code(httpx.get(f"{API}/a")))

    thread = threading.Thread(target=work)
    thread.start()
    router.reply(401009)
    go.set()
    thread.join()
    assert answers == [401009]


def test_tasks(router):
    """Requests of concurrent tasks are answered."""
    router.get(path__regex=r"^/(?P<n>\d+)$").mock(
        side_effect=lambda request, n: httpx.Response(200, json={"code": int(n)})
    )

    async def scenario():
        async with httpx.AsyncClient(base_url=API) as client:
            responses = await asyncio.gather(*(client.get(f"/{n}") for n in range(10)))
        return [code(response) for response in responses]

    assert asyncio.run(scenario()) == list(range(10))


def test_trio(router):
    """An asynchronous client under trio is caught."""
    router.reply(401009)

    async def scenario():
        async with httpx.AsyncClient() as client:
            return code(await client.get(API))

    assert trio.run(scenario) == 401009


def test_httpcore(router):
    """A request of httpcore's own is caught."""
    router.get("/a").reply(401009)
    with httpcore.ConnectionPool() as pool:
        assert b"401009" in pool.request("GET", f"{API}/a").content


@pytest.mark.parametrize(
    "options", [{"trust_env": False}, {"http1": True, "http2": False}], ids=str
)
def test_options_of_the_client(router, call, options):
    """Whatever a client is told, it is caught."""
    router.reply(401009)
    assert code(call("GET", client=options)) == 401009


@pytest.mark.parametrize("variable", PROXIES)
def test_proxy_of_the_environment(router, call, monkeypatch, variable):
    """A client that goes through a proxy is caught."""
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    router.get(f"{API}/a").reply(401009)
    router.get("http://api.example.com/a").reply(100429)
    assert code(call("GET", f"{API}/a")) == 401009
    assert code(call("GET", "http://api.example.com/a")) == 100429


def test_ipv6(router, call):
    """An IPv6 address is one host."""
    router.get("http://[::1]:8080/a").reply(401009)
    assert code(call("GET", "http://[::1]:8080/a")) == 401009


def test_international_host(router, call):
    """A host with letters of any script is one host."""
    router.get("https://bücher.example/a").reply(401009)
    assert code(call("GET", "https://bücher.example/a")) == 401009


# -- httpx's own logic -----------------------------------------------------------------------


def test_retrying_transport(router):
    """A transport that sends again does so."""
    router.reply(100429, http_status=429).then(200000)
    with httpx.Client(transport=Retrying()) as client:
        assert code(client.get(API)) == 200000
    assert router.calls.call_count == 2


def test_wrapping_transport(router):
    """A transport around another one runs."""
    router.reply(401009)
    transport = Wrapping(httpx.HTTPTransport())
    with httpx.Client(transport=transport) as client:
        assert code(client.get(API)) == 401009
    assert transport.sent == 1


def test_mounted_transport(router):
    """A transport that is mounted for one host is caught like any other."""
    router.reply(401009)
    with httpx.Client(mounts={"https://api.example.com": httpx.HTTPTransport()}) as client:
        assert code(client.get(API)) == 401009


def test_event_hooks(router):
    """Event hooks see request and response."""
    router.reply(401009)
    seen = []
    hooks = {
        "request": [lambda request: seen.append(request.method)],
        "response": [lambda response: seen.append(code_of_read(response))],
    }
    with httpx.Client(event_hooks=hooks) as client:
        client.get(API)
    assert seen == ["GET", 401009]


def code_of_read(response):
    """Return the business code of a response that nobody has read yet."""
    response.read()
    return code(response)


def test_raise_for_status_in_a_hook(router, call):
    """A hook that refuses a response raises what it raises."""
    router.reply(401009, http_status=400)
    hooks = {"response": [httpx.Response.raise_for_status]}
    with httpx.Client(event_hooks=hooks) as client, pytest.raises(httpx.HTTPStatusError) as caught:
        client.get(API)
    assert caught.value.response.status_code == 400


def test_authentication_flow(router, call):
    """An authentication that needs two requests gets both answers."""
    router.get("/a", headers={"x-nonce": "7"}).reply(200000)
    router.get("/a").reply(400000, headers={"x-nonce": "7"})
    response = call("GET", "/a", auth=Signing())
    assert code(response) == 200000
    assert [code(one) for one in response.history] == [400000]


def test_redirects(router, call):
    """A redirect is followed to another route."""
    router.get("/old").respond(307, headers={"location": "/new"})
    router.get("/new").reply(401009)
    response = call("GET", "/old", client={"follow_redirects": True})
    assert (code(response), [one.status_code for one in response.history]) == (401009, [307])


def test_cookies(router):
    """A cookie of one answer goes with the next request."""
    router.get("/login").reply(200000, headers={"set-cookie": "session=abc"})
    router.get("/a", cookies={"session": "abc"}).reply(401009)
    with httpx.Client(base_url=API) as client:
        client.get("/login")
        assert code(client.get("/a")) == 401009


def test_timeouts(router, call):
    """The client's timeouts reach the transport."""
    router.reply(401009)
    call("GET", client={"timeout": httpx.Timeout(3, connect=1)})
    timeout = router.calls.last.request.extensions["timeout"]
    assert timeout == {"connect": 1, "read": 3, "write": 3, "pool": 3}


def test_elapsed_and_reason(router, call):
    """A response has all that one from the wire has."""
    router.reply(401009)
    response = call("GET")
    assert (response.reason_phrase, response.encoding) == ("OK", "utf-8")
    assert response.elapsed.total_seconds() >= 0
    assert response.is_closed


# -- streams ---------------------------------------------------------------------------------


def test_streamed_request(router):
    """A body that is made piece by piece is read for the route, and sent whole."""
    route = router.post("/a", json={"a": 1}).reply(401009)
    pieces = iter([b'{"a"', b": 1}"])
    with httpx.Client(base_url=API) as client:
        assert code(client.post("/a", content=pieces)) == 401009
    assert route.calls.last.request.content == b'{"a": 1}'


def test_streamed_request_that_passes(router, loopback):
    """A body that was read for a route goes over the wire all the same."""
    router.route(json={"a": 1}).pass_through()
    pieces = iter([b'{"a"', b": 1}"])
    with httpx.Client() as client:
        response = client.post(loopback.url, content=pieces, headers={"content-length": "8"})
    assert response.text == 'loopback {"a": 1}'


def test_streamed_request_of_a_task(router):
    """An asynchronous body is read too."""
    router.post("/a", content=b"abc").reply(401009)

    async def pieces():
        yield b"a"
        yield b"bc"

    async def scenario():
        async with httpx.AsyncClient(base_url=API) as client:
            return code(await client.post("/a", content=pieces()))

    assert asyncio.run(scenario()) == 401009


def test_files(router, call):
    """A form with files is matched and recorded."""
    route = router.post("/a", files={"f": b"abc"}).reply(401009)
    assert code(call("POST", "/a", files={"f": b"abc"})) == 401009
    assert b"abc" in route.calls.last.request.content


def test_streamed_response(router):
    """A response can be read piece by piece, line by line, or not at all."""
    router.get("/a").reply(401009, data="x")
    with httpx.Client(base_url=API) as client:
        with client.stream("GET", "/a") as response:
            assert b"".join(response.iter_bytes(10)).endswith(b'"x"}')
        with client.stream("GET", "/a") as response:
            assert len(list(response.iter_lines())) == 1
        with client.stream("GET", "/a") as response:
            assert response.status_code == 200


def test_streamed_response_of_a_task(router):
    """An asynchronous client reads piece by piece too."""
    router.get("/a").reply(401009, data="x")

    async def scenario():
        client = httpx.AsyncClient(base_url=API)
        async with client, client.stream("GET", "/a") as response:
            return [line async for line in response.aiter_lines()]

    assert len(asyncio.run(scenario())) == 1


def test_streamed_answer_of_a_route(router):
    """A route of respx's kind can answer with a stream."""

    def answer(request):
        return httpx.Response(200, content=iter([b"a\n", b"b\n"]))

    router.get("/a").mock(side_effect=answer)
    with httpx.Client(base_url=API) as client, client.stream("GET", "/a") as response:
        assert list(response.iter_lines()) == ["a", "b"]
