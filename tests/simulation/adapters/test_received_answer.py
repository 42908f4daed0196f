"""Each answer that a client gets is observed once, however it gets it, and reaches it unchanged."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import socket
import threading
import urllib.request
from contextlib import suppress
from weakref import ref

import httpx
import pytest
import requests
import respx
import trio
import urllib3
from callers import API

from pytest_errcodes.simulation.adapters.drivers import run, run_async

ENVELOPE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
BODY = json.dumps(ENVELOPE).encode()
SEEN = (401009, "clientOrderId already exists", f"GET {API}/a")
STREAMED = (*SEEN[:2], f"{SEEN[2]}, as a stream")
LATER = {"code": 200000, "message": "Success"}


class Streamed(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces, to any client."""

    def __init__(self, body=BODY):
        self.pieces = body[:9], body[9:]

    def __iter__(self):
        yield from self.pieces

    async def __aiter__(self):
        for piece in self.pieces:
            yield piece


def mocked(*answers):
    """Return a transport that answers in order; the last answer repeats."""
    left = list(answers)
    return httpx.MockTransport(lambda _: left.pop(0)() if len(left) > 1 else left[0]())


def at_hand():
    """Return a response whose bytes are at hand."""
    return httpx.Response(200, content=BODY)


def streamed():
    """Return a response that is a stream."""
    return httpx.Response(200, stream=Streamed())


def packed():
    """Return a response whose stream is compressed."""
    headers = {"content-encoding": "gzip"}
    return httpx.Response(200, stream=Streamed(gzip.compress(BODY)), headers=headers)


def later():
    """Return what comes after a retry."""
    return httpx.Response(200, json=LATER)


RESPONSES = {"at hand": at_hand, "streamed": streamed, "packed": packed}
WAYS = {
    "read": lambda response: response.read(),
    "bytes": lambda response: b"".join(response.iter_bytes()),
    "bytes of one": lambda response: b"".join(response.iter_bytes(1)),
    "text": lambda response: "".join(response.iter_text()).encode(),
    "lines": lambda response: "\n".join(response.iter_lines()).encode(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("make", RESPONSES.values(), ids=RESPONSES)
def test_stream(watch, seen, make, way):
    """A stream is seen when its reader has all of it, whichever way it was read."""
    client = httpx.Client(base_url=API, transport=mocked(make))
    with client, client.stream("GET", "/a") as response:
        assert way(response) == BODY
        assert seen == [STREAMED]
    assert seen == [STREAMED]


LOOPS = {"asyncio": lambda scenario: asyncio.run(scenario()), "trio": trio.run}


async def read_async(response, way):
    """Read a response by an asynchronous method."""
    if way == "aread":
        return await response.aread()
    parts = [part async for part in getattr(response, way)()]
    return b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
@pytest.mark.parametrize("way", ["aread", "aiter_bytes", "aiter_text", "aiter_lines"])
@pytest.mark.parametrize("make", RESPONSES.values(), ids=RESPONSES)
def test_stream_of_an_asynchronous_client(watch, seen, make, way, loop):
    """So is that of an asynchronous client."""

    async def scenario():
        client = httpx.AsyncClient(base_url=API, transport=mocked(make))
        async with client, client.stream("GET", "/a") as response:
            return await read_async(response, way)

    assert loop(scenario) == BODY
    assert seen == [STREAMED]


def test_raw_stream(watch, seen):
    """What is read as it came over the wire is unpacked for us alone."""
    client = httpx.Client(base_url=API, transport=mocked(packed))
    with client, client.stream("GET", "/a") as response:
        assert gzip.decompress(b"".join(response.iter_raw())) == BODY
    assert seen == [STREAMED]


def test_stream_that_its_reader_leaves(watch, seen):
    """A reader that raises at the line it looked for has read what it needed."""

    class Lines(Streamed):
        pieces = (BODY + b"\n", b" \n")

        def __init__(self):
            pass

    client = httpx.Client(
        base_url=API, transport=mocked(lambda: httpx.Response(200, stream=Lines()))
    )
    with pytest.raises(ZeroDivisionError), client, client.stream("GET", "/a") as response:
        for _ in response.iter_lines():
            1 / 0  # noqa: B018  # it raises
    assert seen == [STREAMED]


# -- who answers -----------------------------------------------------------------------------------


def raise_at_once(response):
    """Refuse a response whose body nobody has read."""
    raise ZeroDivisionError


def raise_when_read(response):
    """Refuse a response."""
    response.read()
    raise ZeroDivisionError


class RefusingAuth(httpx.Auth):
    """Refuses each response; with or without its body."""

    def __init__(self, *, reads):
        self.requires_response_body = reads

    def auth_flow(self, request):
        """Send a request, and refuse its response."""
        yield request
        raise ZeroDivisionError


REFUSING = {
    "a hook": {"event_hooks": {"response": [raise_at_once]}},
    "a hook that reads": {"event_hooks": {"response": [raise_when_read]}},
    "authentication": {"auth": RefusingAuth(reads=False)},
    "authentication that reads": {"auth": RefusingAuth(reads=True)},
}


@pytest.mark.parametrize("options", REFUSING.values(), ids=REFUSING)
@pytest.mark.parametrize("kind", ["MockTransport", "respx", "pytest-httpx"])
def test_response_that_is_refused_above_the_transport(request, seen, options, kind):
    """A response is seen that a hook or the authentication refuses, whatever mocks it."""
    client = {}
    if kind == "pytest-httpx":
        request.getfixturevalue("httpx_mock").add_response(json=ENVELOPE)
    request.getfixturevalue("watch")
    if kind == "MockTransport":
        client = {"transport": mocked(at_hand)}
    with respx.mock(assert_all_called=False) as mock:
        mock.get(f"{API}/a").respond(json=ENVELOPE)
        http = httpx.Client(base_url=API, **client, **options)
        with http, pytest.raises(ZeroDivisionError):
            http.get("/a")
    assert seen == [SEEN]


def test_refused_response_of_a_server(watch, seen, loopback):
    """A real answer is seen if the hook that refuses it has read it."""
    options = REFUSING["a hook that reads"]
    with httpx.Client(**options) as http, pytest.raises(ZeroDivisionError):
        http.post(f"{loopback.url}/echo", json=ENVELOPE)
    assert seen == [(*SEEN[:2], f"POST {loopback.url}/echo")]


def test_refused_response_of_a_transport_that_a_test_replaced(watch, seen, monkeypatch):
    """What no transport of ours could see is seen with the error that refuses it, once."""
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: at_hand())

    def refuse(response):
        raise httpx.HTTPStatusError("no", request=response.request, response=response)

    refusing = httpx.Client(base_url=API, event_hooks={"response": [refuse]})
    with refusing, pytest.raises(httpx.HTTPStatusError) as caught:
        refusing.get("/a")
    assert seen == [SEEN]

    def refuse_again(request):
        raise caught.value

    broken = httpx.Client(base_url=API, event_hooks={"request": [refuse_again]})
    with broken, pytest.raises(httpx.HTTPStatusError):
        broken.get("/a")
    assert seen == [SEEN]


# -- retries inside of transports ------------------------------------------------------------------


class Layer(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers by a body that both kinds of clients share."""

    def __init__(self, body, inner=None):
        self.body, self.inner = body, inner

    def handle_request(self, request):
        """Answer a request."""
        return run(self.body(self.inner.handle_request, request, httpx.Response.read))

    async def handle_async_request(self, request):
        """Answer a request."""
        send = self.inner.handle_async_request
        return await run_async(self.body(send, request, httpx.Response.aread))


class Wrapped(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A stream over another one."""

    def __init__(self, inner):
        self.inner = inner

    def __iter__(self):
        yield from self.inner

    async def __aiter__(self):
        async for part in self.inner:
            yield part


def retry(send, request, read):
    """Ask again until there is success."""
    body = BODY
    while body == BODY:
        response = yield send(request)
        body = yield read(response)
    return response


def anew(send, request, read):
    """Make another response of an answer."""
    response = yield send(request)
    return httpx.Response(200, content=(yield read(response)))


def handed(send, request, read):
    """Hand on the stream of an answer."""
    response = yield send(request)
    return httpx.Response(200, headers=response.headers, stream=response.stream)


def wrapped(send, request, read):
    """Hand on the stream of an answer inside of another stream."""
    response = yield send(request)
    return httpx.Response(200, headers=response.headers, stream=Wrapped(response.stream))


def lying(send, request, read):
    """Answer something else."""
    yield send(request)
    return later()


@pytest.mark.parametrize("make", RESPONSES.values(), ids=RESPONSES)
def test_replies_inside_of_a_retrying_transport(watch, seen, call, make):
    """Each reply is seen that a retrying transport gets, and the last one once."""
    transport = Layer(retry, mocked(make, make, later))
    assert call("GET", "/a", client={"transport": transport}).json() == LATER
    assert seen == [SEEN, SEEN, (200000, "Success", SEEN[2])]


def test_the_same_response_again(watch, seen, call):
    """A mock that answers with one object again and again has answered each time."""
    same = at_hand()
    answers = mocked(lambda: same, lambda: same, later)
    call("GET", "/a", client={"transport": Layer(retry, answers)})
    assert [code for code, _, _ in seen] == [401009, 401009, 200000]


@pytest.mark.parametrize("bodies", [[anew], [wrapped], [handed], [anew, wrapped, anew]])
@pytest.mark.parametrize("make", RESPONSES.values(), ids=RESPONSES)
def test_response_that_is_made_anew(watch, seen, call, bodies, make):
    """A layer that makes its own response of an answer has not answered once more."""
    transport = mocked(make)
    for body in bodies:
        transport = Layer(body, transport)
    assert call("GET", "/a", client={"transport": transport}).json() == ENVELOPE
    assert seen == [SEEN]


def test_answer_that_a_layer_changes(watch, seen, call):
    """What a layer makes of an answer is what the client gets, and is seen beside it."""
    call("GET", "/a", client={"transport": Layer(lying, mocked(at_hand))})
    assert [code for code, _, _ in seen] == [401009, 200000]


def test_route_of_ours_below_a_layer(watch, seen, router, observed, call):
    """What our routes answer is observed by them alone, though a layer makes it anew."""
    router.reply(401009)

    class Network:
        async def handle_async_request(self, request):
            async with httpx.AsyncHTTPTransport() as transport:
                return await transport.handle_async_request(request)

        def handle_request(self, request):
            with httpx.HTTPTransport() as transport:
                return transport.handle_request(request)

    call("GET", "/a", client={"transport": Layer(anew, Network())})
    assert (seen, len(observed)) == ([], 1)


def test_client_inside_of_a_client(watch, seen):
    """A transport that asks a client of its own is seen once."""

    class Forwarding(httpx.BaseTransport):
        def handle_request(self, request):
            with httpx.Client(transport=mocked(at_hand)) as inner:
                return inner.send(request)

    with httpx.Client(base_url=API, transport=Forwarding()) as http:
        http.get("/a")
    assert seen == [SEEN]


def test_class_that_is_defined_while_it_is_watched(watch, seen):
    """A transport is watched whose class a test defines, also below another one."""

    class Api(httpx.BaseTransport):
        def handle_request(self, request):
            return answers.pop(0)()

    answers = [at_hand, at_hand, later]
    with httpx.Client(base_url=API, transport=Layer(retry, Api())) as http:
        http.get("/a")
    assert [code for code, _, _ in seen] == [401009, 401009, 200000]


def test_transport_that_is_no_transport(watch, seen):
    """What only behaves like a transport is seen by the client's own method."""

    class Api:
        def handle_request(self, request):
            return at_hand()

        def close(self):
            pass

    with suppress(AttributeError):
        client = httpx.Client(base_url=API, transport=Api())
        client.get("/a")
        client.close()
    assert seen == [SEEN]


def test_many_at_a_time(watch, seen):
    """Answers to requests that run beside each other are told apart."""

    async def scenario():
        transport = Layer(retry, mocked(at_hand, at_hand, at_hand, later))
        async with httpx.AsyncClient(base_url=API, transport=transport) as http:
            await asyncio.gather(*(http.get(f"/{number}") for number in range(10)))

    asyncio.run(scenario())
    assert sorted(code for code, _, _ in seen) == [200000] * 10 + [401009] * 3


def test_task_that_outlives_the_layer_that_started_it(watch, seen):
    """A request of a task that a layer has started counts by itself."""
    tasks = []

    def spawning(send, request, read):
        tasks.append(asyncio.ensure_future(ask()))
        return later()
        yield

    async def ask():
        await asyncio.sleep(0)
        async with httpx.AsyncClient(base_url=API, transport=mocked(at_hand)) as http:
            await http.get("/a")

    async def scenario():
        async with httpx.AsyncClient(
            base_url=API, transport=Layer(spawning, mocked(later))
        ) as http:
            await http.get("/b")
        await asyncio.gather(*tasks)

    asyncio.run(scenario())
    assert seen == [(200000, "Success", f"GET {API}/b"), SEEN]


@pytest.mark.usefixtures("watch", "context")
@pytest.mark.parametrize(
    "get",
    [
        urllib.request.urlopen,
        lambda url: urllib3.PoolManager().request("GET", url, preload_content=False),
        lambda url: requests.get(url, stream=True, timeout=5),
    ],
)
def test_dropped_unread(loopback, get):
    """A response that its client drops unread is gone at once, and its socket is closed with it."""
    gc.disable()
    try:
        response = ref(get(loopback.url))
        assert response() is None
    finally:
        gc.enable()


def send_cut_short(listener):
    """Answer two requests, each with less of a body than the headers say."""
    for _ in range(2):
        with listener.accept()[0] as end:
            end.recv(65536)
            end.sendall(b"HTTP/1.1 503 Away\r\nContent-Length: 9\r\n\r\n")


@pytest.mark.usefixtures("watch", "context")
def test_dropped_unread_after_a_retry():
    """So is one after a first attempt whose answer broke, though its error keeps frames."""
    retry = urllib3.Retry(1, raise_on_status=False, status_forcelist=[503])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=send_cut_short, args=(listener,))
        answering.start()
        gc.disable()
        try:
            with urllib3.HTTPConnectionPool(*listener.getsockname(), retries=retry) as pool:
                response = ref(pool.urlopen("GET", "/order", preload_content=False))
            assert response() is None
        finally:
            gc.enable()
            answering.join()
