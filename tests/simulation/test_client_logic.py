"""What httpx does above its pools runs for real: transports, hooks, authentication, streams."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from callers import API


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
