"""Nothing of ours stands in what a client gets, and each answer is observed once all the same."""

from __future__ import annotations

import httpx
from ended_rows import PASSED

from pytest_errcodes.simulation.marked_stream import Mark, MarkedStream, find_mark

URL = "https://api.test/order"
BODY = {"code": 401009, "message": "clientOrderId already exists", "data": None}
#: The ways in which a route answers: the call on it, and the extensions of the response.
WAYS = {
    "reply": "reply(401009)",
    "respond": "respond(json=BODY)",
    "return_value": "mock(return_value=httpx.Response(200, json=BODY, extensions={'a': 1}))",
    "side_effect": "mock(side_effect=lambda _: httpx.Response(200, json=BODY))",
}
#: The clients, as an expression for what one of them got.
CLIENTS = {
    "httpx": "httpx.get(URL)",
    "a transport": "httpx.Client(transport=httpx.MockTransport(errcodes.handler)).get(URL)",
    "requests": "requests.get(URL)",
    "urllib3": "urllib3.PoolManager().request('GET', URL)",
    "urllib": "urllib.request.urlopen(URL)",
    "http.client": "ask_http_client()",
    "a connection of http.client's": "ask_http_client(whole=True)",
    "a connection of urllib3's": "ask_urllib3()",
    "httpx2": "httpx2.get(URL)",
    "aiohttp": "asyncio.run(ask_aiohttp())",
    "a session of aiohttp's": "asyncio.run(ask_aiohttp(whole=True))",
}
SUITE = """
    import asyncio, copy, http.client, json, pickle, urllib.request
    import aiohttp, httpx2, requests, urllib3

    BODY = {body!r}
    URL = "https://api.test/order"
    #: What is read already, or is no response.
    UNREAD = (
        aiohttp.ClientResponse, aiohttp.ClientSession, http.client.HTTPConnection, requests.Response
    )

    def ask_http_client(whole=False):
        connection = http.client.HTTPSConnection("api.test")
        connection.request("GET", "/order")
        response = connection.getresponse()
        return connection if whole else response

    def ask_urllib3():
        pool = urllib3.HTTPSConnectionPool("api.test")
        pool.request("GET", "/order")
        return pool.pool.get_nowait()

    async def ask_aiohttp(whole=False):
        async with aiohttp.ClientSession() as session, session.get(URL) as response:
            assert "errcodes" not in words(response), words(response)
            await response.read()
            return session if whole else response

    def words(one, depth=4):
        # All that a look at an object shows: names, keys and texts, some levels deep.
        if isinstance(one, (str, bytes, int, float, type(None))):
            return repr(one)
        if isinstance(one, type):  # whose methods are wrapped
            return one.__name__
        if isinstance(one, dict):
            both = [*one, *one.values()] if depth else []
            return " ".join(words(each, depth - 1) for each in both)
        shown = [type(one).__name__]
        for kind in type(one).__mro__:
            shown += getattr(kind, "__slots__", ())
        shown += vars(one) if hasattr(one, "__dict__") else ()
        if depth and hasattr(one, "__dict__"):
            shown += [words(vars(one)[name], depth - 1) for name in vars(one) if name != "stream"]
        return " ".join(map(str, shown))

    @pytest.mark.expects_code(401009, surfaced=None, times=1)
    def test_order(errcodes):
        errcodes.get(URL).{way}
        response = {client}
        assert "errcodes" not in words(response), words(response)
        extensions = getattr(response, "extensions", {{}})
        assert set(extensions) <= {{"http_version", "a"}}, extensions
        if not isinstance(response, UNREAD):
            response.read()
        assert "errcodes" not in words(response), words(response)
"""


def test_a_client_sees_no_mark(project):
    """No name, key or attribute of ours is in a response, before and after it is read."""
    rows = {
        (name, way): SUITE.format(body=BODY, way=WAYS[way], client=client)
        for name, client in CLIENTS.items()
        for way in WAYS
    }
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


STORED = """
        import copy, pickle
        BODY = {body!r}

        @pytest.mark.expects_code(401009, surfaced=None, times=1)
        def test_order(errcodes):
            errcodes.get(URL).{way}
            response = httpx.get(URL)
            stored = pickle.dumps(response)
            for again in (copy.copy(response), copy.deepcopy(response), pickle.loads(stored)):
                assert again.json()["code"] == 401009
            assert not [name for name in vars(response) if "errcodes" in name]
            assert b"errcodes" not in stored
"""


def test_a_response_is_copied_and_pickled(project):
    """A client may store what it got."""
    rows = {way: STORED.format(body=BODY, way=call) for way, call in WAYS.items()}
    assert project.run_rows(rows) == dict.fromkeys(rows, PASSED)


def test_no_reply_is_kept(project):
    """A thousand replies leave no response behind."""
    project.tests("""
        import gc, weakref

        @pytest.mark.expects_code(401009, surfaced=None, times=1_000)
        def test_order(errcodes):
            route = errcodes.get(URL).reply(401009)
            alive = weakref.WeakSet()
            with httpx.Client() as client:
                for _ in range(1_000):
                    alive.add(client.get(URL))
            gc.collect()
            assert len(alive) <= 1
    """)
    assert project.run().outcomes == {"passed": 1}


def test_a_stream_that_holds_itself():
    """Looking for a mark comes to an end."""

    class Loop:
        def __init__(self):
            self._stream = self

    assert find_mark(httpx.Response(200, stream=Loop())) is None


def test_a_mark_is_found_through_other_streams():
    """Whatever a client puts around the stream."""

    class Around:
        def __init__(self, stream):
            self._stream = stream

    mark = Mark(b"{}", is_observed=False)
    response = httpx.Response(200, stream=Around(Around(MarkedStream(b"{}", mark))))
    assert find_mark(response) is mark
