"""What holds for every library: equal requests meet equal routes, and get equal answers."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from callers import API
from libraries import LIBRARIES

from pytest_errcodes.simulation import UnmatchedRequestError
from pytest_errcodes.simulation.findings.finding_texts import render_finding

BODY = b'{"a": 1}'
JSON = {"content-type": "application/json"}
ERRORS = {
    "connect": httpx.ConnectError,
    "connect-timeout": httpx.ConnectTimeout,
    "read-timeout": httpx.ReadTimeout,
    "closed": httpx.RemoteProtocolError,
    "broken": httpx.ReadError,
}
#: Those whose client reads no body after a HEAD, or of a 204; httpx's transport is above that.
BODILESS = ("requests", "urllib3", "urllib3, a copy", "urllib.request", "aiohttp")


@pytest.fixture(params=LIBRARIES.values(), ids=LIBRARIES)
def library(request):
    """Return a library."""
    return request.param


@pytest.fixture
def send(library):
    """Return a function that sends a request, and returns its response."""

    def send(method="GET", path="/order", headers=JSON, body=None):
        return library.send(method, f"{API}{path}", headers, body)

    return send


def code(received):
    """Return the business code of a response."""
    return json.loads(received.body)["code"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_method(router, send, method):
    """Each method has its route."""
    router.route(method=method).reply(401009)
    assert code(send(method)) == 401009
    assert router.calls.last.request.method == method


def test_query(router, send):
    """A query is matched as it is sent, escapes included."""
    router.get("/order", params={"name": "a b&c", "side": "BUY"}).reply(401009)
    assert code(send(path="/order?side=BUY&name=a%20b%26c")) == 401009


def test_headers(router, send):
    """The client's own headers are matched, and those that its connection adds."""
    asked = {"x-account": "broker", "host": "api.example.com"}
    router.get("/order", headers=asked).reply(401009)
    assert code(send(headers={"X-Account": "broker"})) == 401009


def test_body(router, send):
    """A body is matched and kept."""
    route = router.post("/order", json={"a": 1}).reply(401009)
    assert code(send("POST", body=BODY)) == 401009
    request = route.calls.last.request
    assert request.content == BODY
    assert request.headers["content-length"] == "8"


def test_body_in_parts(router, send):
    """So is one that comes in parts."""
    route = router.post("/order", content=BODY).reply(401009)
    assert code(send("POST", body=iter([BODY[:3], BODY[3:]]))) == 401009
    assert route.calls.last.request.content == BODY


def test_answer(router, send):
    """A reply is its status, its headers and its bytes, and nothing of ours."""
    router.get("/order").reply(401009, http_status=400, headers={"x-request-id": "7"})
    received = send()
    assert received.status == 400
    assert received.headers["x-request-id"] == "7"
    assert received.headers["content-type"] == "application/json"
    assert not [name for name in received.headers if "errcodes" in name]


def test_script(router, send):
    """Replies come in order, and the last one repeats."""
    router.get("/order").reply(100429, times=2).then(200000)
    assert [code(send()) for _ in range(4)] == [100429, 100429, 200000, 200000]
    assert router.findings() == []


def test_script_that_ends_early(router, send):
    """What was not sent of a script is a finding."""
    router.get("/order").reply(100429, times=2).then(200000)
    send()
    assert [one.slug for one in router.findings()] == ["unfinished-script"]


def test_mixed_script(router, library, send, observed):
    """Codes, a response, an error and a function have their turns, and are all calls."""
    route = router.get("/order").reply(100429).then(httpx.Response(503), times=2)
    route.then(httpx.ConnectError("refused")).then(lambda request: httpx.Response(502)).then(200000)
    assert code(send()) == 100429
    assert [send().status, send().status] == [503, 503]
    with pytest.raises(library.errors["connect"]):
        send()
    assert send().status == 502
    assert router.findings()[0].unsent == (5, 6, 200000)
    assert code(send()) == 200000
    assert (route.call_count, router.findings()) == (6, [])
    assert [seen for seen, _ in observed] == [100429, 200000]


def test_code_in_another_type(router, send):
    """A code is sent as it is asked for, with the fields beside it."""
    router.get("/order").reply(401009, code_type=str, fields={"requestId": "r1"})
    assert json.loads(send().body) == {
        "code": "401009",
        "message": "clientOrderId already exists",
        "data": None,
        "requestId": "r1",
    }


def test_unused(router, send):
    """So is a route that nobody called."""
    router.get("/orders").reply(401009)
    router.get("/order").reply(401009)
    send()
    assert [one.slug for one in router.findings()] == ["unused-route"]


def test_unmatched(router, library, send):
    """A request without a route is the library's own error, chained to what explains it."""
    router.post("/order").optional().reply(401009)
    with pytest.raises(library.errors["connect"]) as caught:
        send()
    error, told = caught.value, f"no route matches GET {API}/order"
    assert told in str(error)
    while not isinstance(error, UnmatchedRequestError):
        error = error.__cause__ or error.__context__
    text = f"{told}\nnearest route:\n  POST /order\n    method is GET, not POST"
    assert str(error) == text
    assert [render_finding(one) for one in router.findings()] == [text]


@pytest.mark.parametrize("kind", ERRORS)
def test_error(router, library, send, kind):
    """An error of httpx's, which a route raises, is the library's own for the client."""
    router.get("/order").mock(side_effect=ERRORS[kind])
    with pytest.raises(library.errors[kind]):
        send()


def test_error_of_the_tests_own(router, send):
    """What a route raises of nobody's library goes to the client as it is."""
    router.get("/order").mock(side_effect=ZeroDivisionError("mine"))
    with pytest.raises(ZeroDivisionError, match=r"^mine$"):
        send()


def test_respx_answers(router, send):
    """Whatever respx answers is answered: a page, a computed answer."""
    router.get("/page").respond(502, html="<h1>Bad Gateway</h1>")
    router.get("/order").mock(
        side_effect=lambda request: httpx.Response(418, text=request.url.path)
    )
    assert send(path="/page")[::2] == (502, b"<h1>Bad Gateway</h1>")
    assert send()[::2] == (418, b"/order")


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204)])
@pytest.mark.parametrize("name", BODILESS)
def test_no_body(router, name, method, status):
    """A client reads no body after a HEAD, or of a 204."""
    router.route(method=method).reply(401009, http_status=status)
    received = LIBRARIES[name].send(method, f"{API}/order", {}, None)
    assert (received.status, received.body) == (status, b"")


def test_streamed(router, library):
    """A client that reads in parts gets all of them."""
    router.get("/order").reply(401009)
    parts = list(library.stream(f"{API}/order"))
    assert json.loads(b"".join(parts))["code"] == 401009


def test_stream_of_a_route(router, library):
    """A route may answer in parts itself."""
    router.get("/order").mock(
        side_effect=lambda _: httpx.Response(200, content=iter([b"one ", b"two"]))
    )
    assert b"".join(library.stream(f"{API}/order")) == b"one two"


def test_passed(router, library, loopback):
    """A request that a route lets pass reaches its server."""
    router.route(host="127.0.0.1").pass_through()
    received = library.send("POST", f"{loopback.url}/a", {}, b"xyz")
    assert received.body == b"loopback xyz"


def test_threads(router, send):
    """Each of many threads gets its own reply."""
    router.get("/order").reply(100429, times=20).then(200000)
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: code(send()), range(40)))
    assert codes.count(100429) == 20
    assert router.calls.call_count == 40


def test_observed(router, send, observed):
    """What a route sends is observed once, with the address that was asked for."""
    router.get("/order").reply(401009)
    send(path="/order?a=b")
    assert observed == [(401009, f"{API}/order?a=b")]
