"""What aiohttp's clients receive from servers, from our routes and from mocks: seen once."""

from __future__ import annotations

import asyncio
import json
import zlib
from types import MappingProxyType
from unittest import mock

import aiohttp
import pytest
import yarl
from aiohttp import web
from in_loop import in_loop, serving

from pytest_errcodes.simulation import CodeRouter

URL = "https://api.example.com/order"
DUPLICATE = {"code": 401009, "message": "clientOrderId already exists", "data": None}
BODY = json.dumps(DUPLICATE).encode()
CODE, MESSAGE = DUPLICATE["code"], DUPLICATE["message"]


async def answer(_):
    """Answer with an envelope."""
    return web.json_response(DUPLICATE)


async def answer_slowly(request):
    """Answer in many parts."""
    response = web.StreamResponse(headers={"content-type": "application/json"})
    await response.prepare(request)
    for byte in BODY:
        await response.write(bytes([byte]))
        await asyncio.sleep(0)
    return response


async def answer_compressed(_):
    """Answer with an envelope that is compressed."""
    response = web.json_response(DUPLICATE)
    response.enable_compression(web.ContentCoding.gzip)
    return response


async def by_json(response):
    """Read all of it."""
    assert await response.json() == DUPLICATE


async def by_parts(response):
    """Read it in parts."""
    parts = [part async for part in response.content.iter_any()]
    assert json.loads(b"".join(parts)) == DUPLICATE


async def by_chunks(response):
    """Read some bytes at a time."""
    parts = [part async for part in response.content.iter_chunked(7)]
    assert json.loads(b"".join(parts)) == DUPLICATE


async def by_lines(response):
    """Read it line by line."""
    assert json.loads(await response.content.readline()) == DUPLICATE


async def not_at_all(response):
    """Read nothing until it is all there."""
    while not response.content.is_eof():
        await asyncio.sleep(0)


@pytest.mark.parametrize("read", [by_json, by_parts, by_chunks, by_lines, not_at_all])
@pytest.mark.parametrize("handler", [answer, answer_slowly, answer_compressed])
@in_loop
async def test_server(watch, seen, handler, read):
    """Each answer of a server is seen once, in whatever way it is sent and read."""
    async with serving(handler) as url, aiohttp.ClientSession() as session:
        for _ in range(2):
            async with session.get(f"{url}/order?id=1") as response:
                await read(response)
    assert seen == [(CODE, MESSAGE, f"GET {url}/order?id=1")] * 2


@in_loop
async def test_left_compressed(watch, seen):
    """A client that decompresses by itself changes nothing."""
    async with (
        serving(answer_compressed) as url,
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(url) as response,
    ):
        data = await response.read()
    assert json.loads(zlib.decompress(data, 31)) == DUPLICATE
    assert [code for code, *_ in seen] == [CODE]


@in_loop
async def test_ways_to_ask(watch, seen):
    """A request is seen by whatever door of aiohttp it is sent."""
    async with serving(answer) as url:
        async with aiohttp.request("GET", url) as response:
            await by_json(response)
        async with aiohttp.ClientSession() as session:
            await by_json(await session.post(url))
            await by_json(await session._request("PUT", url))
            await by_json(await asyncio.create_task(session.patch(url)))
            await by_json(await asyncio.wait_for(session.delete(url), 10))
    verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    assert [place for *_, place in seen] == [f"{verb} {url}/" for verb in verbs]


@in_loop
async def test_redirect(watch, seen):
    """What comes after a redirect is seen, where it was sent."""

    async def redirect(request):
        if request.path == "/order":
            return await answer(request)
        raise web.HTTPFound("/order")

    async with serving(redirect) as url, aiohttp.ClientSession() as session:
        await by_json(await session.get(f"{url}/start"))
    assert seen == [(CODE, MESSAGE, f"GET {url}/order")]


@in_loop
async def test_refused_by_its_session(watch, seen):
    """A response that ``raise_for_status`` refuses was received."""

    async def refuse(_):
        return web.json_response(DUPLICATE, status=400)

    async with serving(refuse) as url, aiohttp.ClientSession(raise_for_status=True) as session:
        with pytest.raises(aiohttp.ClientResponseError):
            await session.get(url)
    assert [code for code, *_ in seen] == [CODE]


@in_loop
async def test_closed_unread(watch, seen, context):
    """A response that is closed before its body has come is told as no envelope."""
    go_on = asyncio.Event()

    async def begin(request):
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(BODY[:20])
        await go_on.wait()
        return response

    async with serving(begin) as url, aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert await response.content.readany() == BODY[:20]
        go_on.set()
    assert seen == []
    assert [(one.seen_at(), one.refusal.reason) for one in context.no_envelopes] == [
        (f"GET {url}/", "it was closed before its body was read")
    ]


@in_loop
async def test_route_is_seen_by_itself(watch, seen, context):
    """What our routes answer was observed where it was sent, in respx's ways too."""
    router = CodeRouter(catalog=context.catalog, network=watch)
    with router:
        router.get(URL).reply(401009)
        router.post(URL).respond(json=DUPLICATE)
        async with aiohttp.ClientSession() as session:
            await by_json(await session.get(URL))
            await by_json(await session.post(URL))
    assert seen == []
    assert [(one.source, one.code) for one in context.observations] == [("route", CODE)] * 2


@in_loop
async def test_nobody_watches(watch, seen):
    """Without a watch, and after it, nothing is seen, and no object of ours is in the way."""
    watch.unwatch()
    async with serving(answer) as url, aiohttp.ClientSession() as session:
        manager = session.get(url)
        assert asyncio.iscoroutine(manager._coro)
        async with manager as response:
            await by_json(response)
    assert seen == []


def test_request_that_nobody_awaits(watch):
    """It is warned of once, as ever."""

    async def forget():
        async with aiohttp.ClientSession() as session:
            session.get(URL)

    with pytest.warns(RuntimeWarning, match=r"'ClientSession\._request' was never awaited") as all_:
        asyncio.run(forget())
    assert len(all_) == 1


@in_loop
async def test_replaced_by_a_test(watch, monkeypatch):
    """What a test puts in the place of a session's method may return anything."""
    loop = asyncio.get_running_loop()

    def answer_at_once(*_, **__):
        future = loop.create_future()
        future.set_result("anything")
        return future

    monkeypatch.setattr(aiohttp.ClientSession, "_request", answer_at_once)
    async with aiohttp.ClientSession() as session:
        assert await session.get(URL) == "anything"


@in_loop
async def test_mock_that_says_it_is_a_response(watch, seen, monkeypatch):
    """A mock in the place of a response is handed on untouched, and nothing is seen of it."""
    mocked = mock.create_autospec(aiohttp.ClientResponse)

    async def answer_with_mock(*_, **__):
        return mocked

    monkeypatch.setattr(aiohttp.ClientSession, "_request", answer_with_mock)
    async with aiohttp.ClientSession() as session:
        assert await session.get(URL) is mocked
    assert seen == []


class PlayedResponse(aiohttp.ClientResponse):
    """A response that a mock has made by itself, without the headers as they were sent."""

    url, raw_headers, content = yarl.URL(URL), None, None
    headers = MappingProxyType({"content-type": "application/json"})

    def __init__(self):
        self.method, self.status, self._body = "POST", 200, BODY

    async def read(self):
        """Return the body."""
        return self._body


@in_loop
async def test_mock_without_raw_headers(watch, seen, monkeypatch):
    """A mock's response that has its headers as a mapping alone is seen, as VCR.py's."""

    async def play(*_, **__):
        return PlayedResponse()

    monkeypatch.setattr(aiohttp.ClientSession, "_request", play)
    async with aiohttp.ClientSession() as session:
        await session.post(URL)
    assert seen == [(CODE, MESSAGE, f"POST {URL}")]


@in_loop
async def test_what_a_coroutine_tells_of_itself(watch):
    """Who looks into a request that was not awaited yet sees what its coroutine says."""
    async with aiohttp.ClientSession() as session:
        manager = session.get(URL)
        assert not manager._coro.cr_running
        manager.close()
