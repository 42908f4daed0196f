"""Whatever client sends a request, and from wherever, it is caught."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpcore
import httpx
import pytest
import trio
from callers import API

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


@pytest.fixture(scope="module")
def one_client():
    """Return a client that outlives the tests."""
    with httpx.Client() as client:
        yield client


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
