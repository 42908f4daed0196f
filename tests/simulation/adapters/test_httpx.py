"""The watch sees the envelopes that httpx receives, whatever answers."""

from __future__ import annotations

import asyncio
import json
import pickle

import httpx
import pytest
import respx
from callers import API

from pytest_errcodes.simulation.network import Network

ENVELOPE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
SEEN = (401009, "clientOrderId already exists", f"GET {API}/a")


class Streamed(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces, to any client."""

    pieces = json.dumps(ENVELOPE).encode().partition(b",")

    def __iter__(self):
        yield from self.pieces

    async def __aiter__(self):
        for piece in self.pieces:
            yield piece


def transport(*responses):
    """Return a transport that answers in order; the last answer repeats."""
    left = list(responses)

    def answer(request):
        options = left.pop(0) if len(left) > 1 else left[0]
        return httpx.Response(**{"status_code": 200, **options})

    return {"transport": httpx.MockTransport(answer)}


def test_mock_transport(watch, seen, call):
    """The mock transport of httpx is watched."""
    call("GET", "/a", client=transport({"json": ENVELOPE}))
    assert seen == [SEEN]


def test_respx(watch, seen, call):
    """The mocks of respx are watched."""
    with respx.mock as mock:
        mock.get(f"{API}/a").respond(json=ENVELOPE)
        call("GET", "/a")
    assert seen == [SEEN]


@pytest.mark.usefixtures("watch")
def test_respx_record():
    """What respx has recorded is what the client got, its extensions too."""
    with respx.mock as mock:
        route = mock.get(f"{API}/a").respond(json=ENVELOPE)
        response = httpx.get(f"{API}/a")
    assert route.calls.last.response.extensions == response.extensions


def test_pytest_httpx(watch, seen, call, httpx_mock):
    """pytest-httpx is watched."""
    httpx_mock.add_response(json=ENVELOPE)
    call("GET", "/a")
    assert seen == [SEEN]


def test_the_wire(watch, seen, call, loopback):
    """A real server is watched."""
    call("POST", f"{loopback.url}/echo", json=ENVELOPE)
    assert seen == [(*SEEN[:2], f"POST {loopback.url}/echo")]


def test_our_routes(watch, seen, call, router, observed):
    """What our routes answer is observed by them, and not once more."""
    router.reply(401009)
    call("GET", "/a")
    assert (seen, observed) == ([], [(401009, f"{API}/a")])


def test_our_routes_as_a_transport(watch, seen, call, router, observed):
    """Nor where they answer through httpx's mock transport."""
    router.reply(401009)
    call("GET", "/a", client={"transport": call.mock_transport(router)})
    assert (seen, len(observed)) == ([], 1)


def test_our_router_with_respx_s_answer(watch, seen, call, router, observed):
    """An envelope that one of our routes answers in respx's way is seen once, by the route."""
    router.get("/a").respond(json=ENVELOPE)
    call("GET", "/a")
    assert (seen, observed) == ([], [(401009, f"{API}/a")])


def test_same_client_again(watch, seen):
    """Each response is seen once."""
    with httpx.Client(base_url=API, **transport({"json": ENVELOPE})) as client:
        for _ in range(3):
            client.get("/a")
    assert seen == [SEEN] * 3


def test_redirect(watch, seen, call):
    """An envelope that came with a redirect is seen, before the one it leads to."""
    first = {"status_code": 307, "headers": {"location": "/b"}, "json": ENVELOPE}
    second = {"json": {"code": 200000, "message": "Success"}}
    call("GET", "/a", client={"follow_redirects": True, **transport(first, second)})
    assert seen == [SEEN, (200000, "Success", f"GET {API}/b")]


def test_authentication(watch, seen, call):
    """An envelope that came before a signed request is seen, once."""

    class Twice(httpx.Auth):
        def auth_flow(self, request):
            yield request
            yield request

    answers = transport({"json": ENVELOPE}, {"json": {"code": 200000, "message": "Success"}})
    call("GET", "/a", auth=Twice(), client=answers)
    assert [code for code, _, _ in seen] == [401009, 200000]


def test_hook_that_refuses(watch, seen):
    """A response that an event hook refuses is seen."""

    def refuse(response):
        response.read()
        response.raise_for_status()

    hooks = {"event_hooks": {"response": [refuse]}}
    answers = transport({"status_code": 400, "json": ENVELOPE})
    client = httpx.Client(base_url=API, **hooks, **answers)
    with client, pytest.raises(httpx.HTTPStatusError):
        client.get("/a")
    assert seen == [SEEN]


def test_transport_error(watch, seen, call):
    """A request without a response is nothing to see, and its error is untouched."""

    def fail(request):
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(httpx.ReadTimeout, match="slow"):
        call("GET", "/a", client={"transport": httpx.MockTransport(fail)})
    assert seen == []


def test_streamed_and_read(watch, seen):
    """A streamed response is seen when its reader has read it, once."""
    client = httpx.Client(base_url=API, **transport({"stream": Streamed()}))
    with client, client.stream("GET", "/a") as response:
        assert seen == []
        response.read()
        assert response.read() == response.content
    assert seen == [(*SEEN[:2], f"{SEEN[2]}, as a stream")]


def test_streamed_and_read_by_a_task(watch, seen):
    """So is that of an asynchronous client."""

    async def scenario():
        client = httpx.AsyncClient(base_url=API, **transport({"stream": Streamed()}))
        async with client, client.stream("GET", "/a") as response:
            return await response.aread()

    assert json.loads(asyncio.run(scenario())) == ENVELOPE
    assert seen == [(*SEEN[:2], f"{SEEN[2]}, as a stream")]


def test_streamed_and_closed(watch, seen):
    """A streamed response that nobody reads is nothing to see."""
    client = httpx.Client(base_url=API, **transport({"stream": Streamed()}))
    with client, client.stream("GET", "/a"):
        pass
    assert seen == []


def test_streamed_response_can_be_pickled(watch):
    """A streamed response is, when it was read, what it would have been."""
    client = httpx.Client(base_url=API, **transport({"stream": Streamed()}))
    with client, client.stream("GET", "/a") as response:
        response.read()
    assert pickle.loads(pickle.dumps(response)).json() == ENVELOPE


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "<html>"},
        {"json": [1]},
        {"json": {"code": None}},
        {"json": {"code": True, "message": "x"}},
        {"content": b"\xff\xfe"},
        {"content": b""},
        {"status_code": 204},
        {"content": b"{" * 100_000},
    ],
    ids=["html", "list", "null", "bool", "bytes", "empty", "no content", "deep"],
)
def test_what_is_no_envelope(watch, seen, call, answer):
    """It is left alone, and the client gets it as it came."""
    response = call("GET", "/a", client=transport(answer))
    assert response.content == httpx.Response(**{"status_code": 200, **answer}).content
    assert seen == []


@pytest.mark.parametrize("frame", [b"%s", b'{"a":"%s"}'], ids=["text", "json"])
def test_50_megabytes(watch, seen, call, frame):
    """A body of 50 MB that is no envelope arrives whole."""
    body = frame % (b"x" * 50_000_000)
    response = call("GET", "/a", client=transport({"content": body}))
    assert len(response.content) == len(body)
    assert seen == []


def test_envelope_of_50_megabytes(watch, seen, call):
    """An envelope of that size is seen."""
    body = json.dumps({**ENVELOPE, "data": "x" * 50_000_000}).encode()
    call("GET", "/a", client=transport({"content": body}))
    assert seen == [SEEN]


def test_own_send(watch, seen):
    """A client with a send of its own is watched."""

    class Client(httpx.Client):
        def send(self, request, **options):
            request.headers["x-a"] = "1"
            return super().send(request, **options)

    with Client(base_url=API, **transport({"json": ENVELOPE})) as client:
        client.get("/a")
    assert seen == [SEEN]


def test_send_that_a_test_replaced(watch, seen, monkeypatch):
    """What a test's own send returns is returned, whatever it is."""
    monkeypatch.setattr(httpx.Client, "send", lambda self, request, **options: "fake")
    watch.watch()
    assert httpx.get(API) == "fake"
    assert seen == []


def test_secrets(watch, seen, call):
    """The place names no secret, nor user and password."""
    url = "https://user:hunter2@api.example.com/a?signature=abc"
    call("GET", url, client=transport({"json": ENVELOPE}))
    assert [place for _, _, place in seen] == [f"GET {API}/a?signature=<secret>"]


def test_stopped(watch, seen, call):
    """A watch that was stopped sees nothing, until it is started again."""
    watch.unwatch()
    call("GET", "/a", client=transport({"json": ENVELOPE}))
    assert seen == []
    watch.watch()
    call("GET", "/a", client=transport({"json": ENVELOPE}))
    assert seen == [SEEN]


def test_removed():
    """At the end httpx has its own methods back."""
    before = httpx.Client.send, httpx.AsyncClient.send
    network = Network()
    network.watch()
    assert httpx.Client.send is not before[0]
    network.close()
    assert (httpx.Client.send, httpx.AsyncClient.send) == before
