"""Whatever respx's routes answer with, ours do: nothing that a respx user knows is lost."""

from __future__ import annotations

import httpx
import pytest
import respx

JSON = {"code": 401009}


class Sequence:
    """Answers in order."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)

    def __call__(self, request):
        """Answer once."""
        return httpx.Response(self.statuses.pop(0))


def app(environ, start_response):
    """Answer as a WSGI application."""
    start_response("200 OK", [("content-type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


async def async_app(scope, receive, send):
    """Answer as an ASGI application."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def test_no_answer(router, call):
    """A route that says nothing answers HTTP 200 without a body."""
    router.get("/a")
    response = call("GET", "/a")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    ("options", "content", "content_type"),
    [
        ({"json": 1}, b"1", "application/json"),
        ({"text": "a"}, b"a", "text/plain; charset=utf-8"),
        ({"html": "<p>"}, b"<p>", "text/html; charset=utf-8"),
        ({"content": b"a", "content_type": "image/png"}, b"a", "image/png"),
        ({"stream": httpx.ByteStream(b"a")}, b"a", None),
    ],
    ids=["json", "text", "html", "content", "stream"],
)
def test_respond(router, call, options, content, content_type):
    """Every kind of body arrives, with its content type."""
    router.get("/a").respond(202, **options)
    response = call("GET", "/a")
    assert (response.status_code, response.content) == (202, content)
    assert response.headers.get("content-type") == content_type


def test_respond_with_headers_and_cookies(router, call):
    """Headers and cookies arrive."""
    router.get("/a").respond(headers={"x-a": "1"}, cookies={"session": "abc"})
    response = call("GET", "/a")
    assert (response.headers["x-a"], response.cookies["session"]) == ("1", "abc")


def test_return_value(router, call):
    """One response answers again and again, a new one each time."""
    router.get("/a").mock(return_value=httpx.Response(404, json=JSON))
    responses = [call("GET", "/a") for _ in range(2)]
    assert [response.json() for response in responses] == [JSON, JSON]


def test_return_value_is_set(router, call):
    """A response can be assigned."""
    route = router.get("/a")
    route.return_value = httpx.Response(418)
    assert call("GET", "/a").status_code == 418
    assert route.return_value.status_code == 418


@pytest.mark.parametrize(
    "answer", [404, {"status_code": 404}, httpx.Response(404)], ids=["int", "dict", "response"]
)
def test_modulo(router, call, answer):
    """The short form takes a status, the parts of a response, or a response."""
    route = router.get("/a") % answer
    assert call("GET", "/a").status_code == 404
    assert route.called


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ReadTimeout("slow")], ids=repr)
def test_exception(router, call, error):
    """An exception is what the client gets, and the call has no response."""
    route = router.get("/a").mock(side_effect=error)
    with pytest.raises(httpx.ReadTimeout) as caught:
        call("GET", "/a")
    assert str(caught.value.request.url) == "https://api.example.com/a"
    assert (route.call_count, route.calls.last.has_response) == (1, False)


def test_exception_of_another_kind(router, call):
    """Any exception will do."""
    router.get("/a").mock(side_effect=ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        call("GET", "/a")


def test_list(router, call):
    """Responses and exceptions come in order; after the last one the list is exhausted."""
    router.get("/a").mock(side_effect=[httpx.Response(201), httpx.ReadError, httpx.Response(202)])
    assert call("GET", "/a").status_code == 201
    with pytest.raises(httpx.ReadError):
        call("GET", "/a")
    assert call("GET", "/a").status_code == 202
    with pytest.raises((StopIteration, RuntimeError)):
        call("GET", "/a")


def test_function(router, call):
    """A function sees the request with its body, and answers."""

    def echo(request):
        return httpx.Response(201, content=request.content)

    router.post("/a").mock(side_effect=echo)
    assert call("POST", "/a", content=b"body").content == b"body"


def test_object(router, call):
    """Anything that can be called will do."""
    route = router.get("/a")
    route.side_effect = Sequence(201, 202)
    assert [call("GET", "/a").status_code for _ in range(2)] == [201, 202]


def test_decorator(router, call):
    """A route decorates the function that answers."""

    @router.get("/a")
    def answer(request):
        return httpx.Response(203)

    assert call("GET", "/a").status_code == 203
    assert answer(None).status_code == 203


def test_function_with_route(router, call):
    """A function that asks for its route gets it."""

    def count(request, route):
        return httpx.Response(200, json={"calls": route.call_count})

    router.get("/a").mock(side_effect=count)
    assert [call("GET", "/a").json()["calls"] for _ in range(2)] == [0, 1]


def test_function_that_changes_its_route(router, call):
    """A function can give its route another answer for the next request."""

    def once(request, route):
        route.reply(401009)
        return httpx.Response(202)

    router.get("/a").mock(side_effect=once)
    assert call("GET", "/a").status_code == 202
    assert call("GET", "/a").json()["code"] == 401009


def test_function_that_declines(router, call):
    """None sends the request on to the next route."""
    router.get("/a").mock(side_effect=lambda request: None)
    router.route(path="/a").reply(401009)
    assert call("GET", "/a").json()["code"] == 401009


def test_function_that_raises(router, call):
    """What a function raises is what the client gets."""

    def broken(request):
        raise httpx.ConnectTimeout("no", request=request)

    router.get("/a").mock(side_effect=broken)
    with pytest.raises(httpx.ConnectTimeout):
        call("GET", "/a")


def test_function_of_the_wrong_type(router, call):
    """A function must return a response, and respx's refusal arrives."""
    router.get("/a").mock(side_effect=lambda request: "response")
    with pytest.raises(TypeError, match="Side effects must return"):
        call("GET", "/a")


def test_asynchronous_function(router):
    """An asynchronous client awaits a side effect that can be awaited."""
    from callers import CALLERS

    async def answer(request, *, page):
        return httpx.Response(200, json={"page": page})

    router.get(path__regex=r"^/(?P<page>\w+)$").mock(side_effect=answer)
    assert CALLERS["async"]("GET", "/one").json() == {"page": "one"}


def test_asynchronous_function_that_raises(router):
    """What an awaited side effect raises is what the client gets."""
    from callers import CALLERS

    async def answer(request):
        raise httpx.ReadTimeout("slow")

    route = router.get("/a").mock(side_effect=answer)
    with pytest.raises(httpx.ReadTimeout):
        CALLERS["async"]("GET", "/a")
    assert route.call_count == 1


def test_asynchronous_function_that_declines(router):
    """An awaited None sends the request on to the next route."""
    from callers import CALLERS

    async def answer(request):
        return None

    router.get("/a").mock(side_effect=answer)
    router.route(path="/a").reply(401009)
    assert CALLERS["async"]("GET", "/a").json()["code"] == 401009


def test_wsgi_application(router):
    """A WSGI application answers."""
    from callers import CALLERS

    router.route().mock(side_effect=respx.WSGIHandler(app))
    assert CALLERS["sync"]("GET", "/from/app").text == "/from/app"


def test_asgi_application(router):
    """An ASGI application answers."""
    from callers import CALLERS

    router.route().mock(side_effect=respx.ASGIHandler(async_app))
    assert CALLERS["async"]("GET", "/from/app").text == "/from/app"


def test_pass_through(router, call, loopback):
    """A route that lets requests pass sends them to the real server, and records them once."""
    route = router.route(host="127.0.0.1").pass_through()
    assert call("POST", f"{loopback.url}/a", content=b"body").text == "loopback body"
    assert (route.is_pass_through, route.call_count, router.calls.call_count) == (True, 1, 1)
    assert not route.calls.last.has_response


def test_function_that_lets_pass(router, call, loopback):
    """A function that returns its request lets it pass."""
    route = router.route(host="127.0.0.1").mock(side_effect=lambda request: request)
    assert call("GET", loopback.url).text == "loopback "
    assert (route.is_pass_through, route.call_count) == (False, 1)


def test_pass_through_twice(router, loopback):
    """A request that is sent again is asked about again."""
    route = router.route(host="127.0.0.1").pass_through()
    with httpx.Client() as client:
        request = client.build_request("GET", loopback.url)
        assert [client.send(request).text for _ in range(2)] == ["loopback ", "loopback "]
    assert route.call_count == 2
