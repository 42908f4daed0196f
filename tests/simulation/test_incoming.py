"""A caught request: found by what httpcore has of it, and made httpx's when it is looked at."""

from __future__ import annotations

import asyncio
import json

import httpcore
import httpx
import pytest
from callers import API, CALLERS

from pytest_errcodes.simulation.adapters.httpcore import read_request
from pytest_errcodes.simulation.incoming import Incoming


@pytest.fixture
def made(monkeypatch):
    """Return the requests of httpx that are made out of httpcore's."""
    found = []
    request = Incoming.request.fget

    def counting(self):
        found.append(self)
        return request(self)

    monkeypatch.setattr(Incoming, "request", property(counting))
    return found


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


def test_nothing_is_made_to_find_a_route(router, call, made):
    """The route of a fixed address is found and answers without a request of httpx's."""
    route = router.post("/a").reply(401009)
    assert code(call("POST", "/a", json={"a": 1})) == 401009
    assert made == []
    assert json.loads(route.calls.last.request.content) == {"a": 1}
    assert made != []


def test_made_where_a_pattern_looks(router, call, made):
    """A route that asks for more than the address looks at httpx's request."""
    router.post("/a", json={"a": 1}).reply(401009)
    assert code(call("POST", "/a", json={"a": 1})) == 401009
    assert made != []


def test_made_once(router):
    """Whoever looks at a request, sees the same one."""
    caught = read_request(httpcore.Request("GET", f"{API}/a"))
    assert caught.request is caught.request


@pytest.mark.parametrize(
    "url",
    [
        f"{API}/a%20b/%C3%A9?c=%31#d",
        "http://[::1]:8080/a",
        "https://xn--bcher-kva.example:8443/",
        "https://API.example.com//a",
    ],
)
def test_address(router, call, url):
    """The address is that of httpx's own request, whatever stands in it."""
    router.reply(401009)
    call("GET", url)
    sent, own = router.calls.last.request.url, httpx.URL(url)
    assert sent.copy_with(fragment=None) == own.copy_with(fragment=None)


def test_brackets_of_an_address(router):
    """Those who speak to httpcore may have put an IPv6 address into brackets."""
    for host in (b"::1", b"[::1]"):
        url = httpcore.URL(scheme=b"http", host=host, port=None, target=b"/")
        assert read_request(httpcore.Request("GET", url)).address.url == "http://[::1]/"


def test_method_in_small_letters(router):
    """The method counts in capitals, as httpx writes it, though a hook may write it otherwise."""

    def shout(request):
        request.method = "get"

    router.get("/a").reply(401009)
    router.reply(100429)
    with httpx.Client(base_url=API, event_hooks={"request": [shout]}) as client:
        assert code(client.get("/a")) == 401009


def test_extensions_of_each_time(router):
    """A request that is sent again is recorded as it was each time."""
    router.reply(401009)
    with httpx.Client() as client:
        request = client.build_request("GET", API)
        for attempt in range(3):
            request.extensions["attempt"] = attempt
            client.send(request)
    assert [call.request.extensions["attempt"] for call in router.calls] == [0, 1, 2]


class Progress(httpx.ByteStream):
    """A body that tells how much of it was sent."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.sent = 0

    def __iter__(self):
        for piece in super().__iter__():
            self.sent += len(piece)
            yield piece

    async def __aiter__(self):
        async for piece in super().__aiter__():
            self.sent += len(piece)
            yield piece


@pytest.mark.parametrize("kind", CALLERS)
def test_body_that_tells_its_progress(router, kind):
    """A body of the client's own kind is asked for its bytes."""
    route = router.post("/a").reply(401009)
    body = Progress(b"abc")
    request = httpx.Request("POST", f"{API}/a", stream=body)
    if kind == "sync":
        with httpx.Client() as client:
            client.send(request)
    else:

        async def send():
            async with httpx.AsyncClient() as client:
                await client.send(request)

        asyncio.run(send())
    assert body.sent == 3
    assert route.calls.last.request.content == b"abc"


def test_streamed_request_of_a_task_that_passes(router, loopback):
    """An asynchronous body that was read for a route goes over the wire all the same."""
    router.route(json={"a": 1}).pass_through()

    async def pieces():
        yield b'{"a"'
        yield b": 1}"

    async def send():
        async with httpx.AsyncClient() as client:
            return await client.post(
                loopback.url, content=pieces(), headers={"content-length": "8"}
            )

    assert asyncio.run(send()).text == 'loopback {"a": 1}'


def test_headers_of_each_answer(router):
    """What somebody does to the headers of one answer is not in the next."""
    router.reply(401009)
    with httpcore.ConnectionPool() as pool:
        pool.request("GET", API).headers.append((b"x-a", b"1"))
        assert dict(pool.request("GET", API).headers).keys() == {b"content-type", b"content-length"}


def test_route_for_anything(router, call):
    """A route for no pattern in particular is one for any request, as in respx."""
    router.route(None).reply(401009)
    assert code(call("GET")) == 401009


def test_made_of_what_any_library_knows():
    """Method, URL, headers and body are enough; what does not go over the wire is left out."""
    made = Incoming.make("post", f"{API}:443/a?b=c#d", [("X-Text", "ä")], b"{}")
    assert (made.method, made.address.text, made.body) == ("POST", f"{API}/a?b=c", b"{}")
    assert made.headers == [(b"X-Text", b"\xe4")]
    assert made.request.content == b"{}"
    assert str(made.request.url) == f"{API}/a?b=c"
