"""What stands above urllib3's connections runs for real: retries, redirects, pools, sessions."""

from __future__ import annotations

import gzip
import io
import json
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import requests
import urllib3
from callers import API
from requests.adapters import HTTPAdapter
from requests.auth import HTTPDigestAuth
from urllib3.util.retry import Retry

from pytest_errcodes.active.ownership import Owner, set_owner

URL = f"{API}/order"
RETRY = Retry(3, status_forcelist=[503], allowed_methods=None)


class OwnAdapter(HTTPAdapter):
    """An adapter of a user's, which signs each request."""

    def add_headers(self, request, **_):
        """Sign it."""
        request.headers["x-signature"] = "signed"


EARLY = requests.Session()
EARLY.mount("https://", OwnAdapter(max_retries=RETRY))


def code(response):
    """Return the business code of a response."""
    return response.json()["code"]


def test_retries(router):
    """A status that is to be tried again is, with the time that the answer names."""
    route = router.post("/order").reply(
        100429, http_status=503, times=2, headers={"retry-after": "0"}
    )
    route.then(200000)
    assert code(EARLY.post(URL, json={"a": 1})) == 200000
    assert [one.request.content for one in route.calls] == [b'{"a": 1}'] * 3


def test_retries_that_end(router):
    """Retries end as they do, with the library's own error."""
    router.get("/order").reply(100429, http_status=503, times=4)
    with pytest.raises(requests.exceptions.RetryError, match="too many 503 error responses"):
        EARLY.get(URL)
    assert router.findings() == []


def test_retries_of_errors(router):
    """A connection that breaks is tried again."""
    route = router.get("/order").mock(side_effect=[httpx.ReadError, httpx.Response(200, text="b")])
    assert EARLY.get(URL).text == "b"
    assert route.call_count == 2


def test_adapter_of_a_users(router):
    """An adapter of the user's, made before any route, does what it does."""
    router.get("/order", headers={"x-signature": "signed"}).reply(401009)
    assert code(EARLY.get(URL)) == 401009


def test_redirects_and_cookies(router):
    """Redirects are followed, and cookies are kept and sent."""
    cookies = [("set-cookie", "a=1; Path=/"), ("set-cookie", "b=2; Path=/")]
    router.get("/login").respond(302, headers=[("location", "/order"), *cookies])
    order = router.get("/order").reply(401009)
    with requests.Session() as session:
        response = session.get(f"{API}/login")
        assert code(response) == 401009
        assert [one.status_code for one in response.history] == [302]
        assert dict(session.cookies) == {"a": "1", "b": "2"}
    assert order.calls.last.request.headers["cookie"] == "a=1; b=2"


def test_redirects_of_urllib3(router):
    """urllib3 follows them itself."""
    router.get("/old").respond(301, headers={"location": "/order"})
    router.get("/order").reply(401009)
    with urllib3.PoolManager() as pools:
        assert json.loads(pools.request("GET", f"{API}/old").data)["code"] == 401009


def test_auth(router):
    """A session answers a challenge."""
    challenge = {"www-authenticate": 'Digest realm="a", nonce="b", qop="auth"'}
    route = router.get("/order").mock(
        side_effect=[httpx.Response(401, headers=challenge), httpx.Response(200, text="in")]
    )
    assert requests.get(URL, auth=HTTPDigestAuth("me", "secret")).text == "in"
    assert route.calls.last.request.headers["authorization"].startswith("Digest ")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_proxy(router, scheme):
    """A request by a proxy goes to its host, and nothing connects to the proxy."""
    url = f"{scheme}://api.example.com/order"
    router.get(url).reply(401009)
    proxies = {"http": "http://proxy.test:3128", "https": "http://proxy.test:3128"}
    assert code(requests.get(url, proxies=proxies)) == 401009
    assert str(router.calls.last.request.url) == url


@pytest.mark.parametrize("options", [{"verify": False}, {"cert": None}, {"timeout": (1, 2)}])
def test_options(router, options):
    """Options of TLS and of time change nothing."""
    router.get("/order").reply(401009)
    assert code(requests.get(URL, **options)) == 401009


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_compressed(router, encoding, pack):
    """What is compressed is unpacked by the client."""
    body = pack(b'{"code": 401009}')
    router.get("/order").respond(200, content=body, headers={"content-encoding": encoding})
    assert code(requests.get(URL)) == 401009
    with requests.get(URL, stream=True) as response:
        assert response.raw.read() == body


def test_multipart(router):
    """Forms with files come as they are sent."""
    route = router.post("/order").reply(401009)
    requests.post(URL, data={"side": "BUY"}, files={"a": ("a.txt", io.BytesIO(b"text"))})
    assert b'filename="a.txt"' in route.calls.last.request.content


def test_body_that_is_cut_off(router):
    """A body shorter than it says breaks the client's reading, where its library looks."""
    router.get("/order").respond(200, content=b"abc", headers={"content-length": "10"})
    if urllib3.__version__.startswith("1."):
        assert requests.get(URL).content == b"abc"
    else:
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            requests.get(URL)


def test_pool_of_one(router):
    """A pool with one connection has it again for each request."""
    router.get("/order").reply(401009)
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(pool_maxsize=1, pool_block=True, max_retries=RETRY))
        assert [code(session.get(URL, stream=True)) for _ in range(3)] == [401009] * 3
        assert [code(session.get(URL)) for _ in range(3)] == [401009] * 3


def test_one_session_in_threads(router):
    """Threads share a session."""
    router.get("/order").reply(401009)
    with requests.Session() as session, ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: code(session.get(URL)), range(40))) == {401009}


@pytest.mark.parametrize("retries", [0, RETRY])
def test_thread_that_outlives_its_test(router, context, retries):
    """A request of a thread whose test has ended is refused, and told by name."""
    router.get("/order").optional().reply(401009)
    owner, errors = Owner("test_a.py::test_a"), []
    owner.ended = True

    def poll():
        set_owner(owner)
        with requests.Session() as session:
            session.mount("https://", HTTPAdapter(max_retries=retries))
            try:
                session.get(URL)
            except requests.ConnectionError as error:
                errors.append(str(error))

    thread = threading.Thread(target=poll, name="poller")
    thread.start()
    thread.join()
    assert "belongs to test_a.py::test_a, which has ended" in errors[0]
    assert {one.request for one in context.strays} == {f"GET {URL}"}


def test_session_from_a_real_server(router, loopback):
    """A session that has a connection to a real server keeps it for what is let pass."""
    router.stop()
    with requests.Session() as session:
        assert session.get(loopback.url).text == "loopback "
        router.start()
        router.get("/order").reply(401009)
        router.route(host="127.0.0.1").pass_through()
        assert code(session.get(URL)) == 401009
        assert session.get(loopback.url).text == "loopback "
        router.stop()
        assert session.get(loopback.url).text == "loopback "


def test_patch_of_somebody_else(router, monkeypatch):
    """What somebody else puts over ours is asked first."""
    router.get("/order").optional().reply(401009)

    def refuse(*_, **__):
        raise urllib3.exceptions.PoolError(None, "refused by the test")

    monkeypatch.setattr(urllib3.connectionpool.HTTPConnectionPool, "urlopen", refuse)
    with pytest.raises(urllib3.exceptions.PoolError, match="refused by the test"):
        requests.get(URL)


@pytest.mark.parametrize("target", ["/a?q=\r&k=\n \n", "/" + "a" * 66_000])
def test_url_that_httpx_would_refuse(watch, loopback, target):
    """A watched pool sends what it is told to, whatever httpx says of the URL."""
    address = httpx.URL(loopback.url)
    with urllib3.HTTPConnectionPool(address.host, address.port) as pool:
        assert pool.request("GET", target, retries=False).status in {200, 414}
