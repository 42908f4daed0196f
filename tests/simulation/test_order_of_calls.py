"""``route.calls[i]`` is the i-th reply, in whatever order threads come back with them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx

from pytest_errcodes.simulation.reply import Reply

URL = "https://api.test/order"


def test_calls_of_two_threads(errcodes, monkeypatch):
    """The one that gets the first reply comes back last; its call is the first."""
    route = errcodes.get(URL)
    route.reply(401009).then(401018)
    made, go, make = Event(), Event(), Reply.response

    def hold_first(reply, request):
        if reply.code == 401009 and not go.is_set():
            made.set()
            assert go.wait(5)
        return make(reply, request)

    monkeypatch.setattr(Reply, "response", hold_first)
    transport = httpx.MockTransport(errcodes.handler)  # which is caught nowhere else
    with ThreadPoolExecutor(1) as pool, httpx.Client(transport=transport) as client:
        first = pool.submit(client.get, URL)
        assert made.wait(5)
        second = client.get(URL)
        go.set()
        answers = [first.result(), second]
    codes = [answer.json()["code"] for answer in answers]
    assert codes == [401009, 401018]
    assert [call.response.json()["code"] for call in route.calls] == codes
    assert [call.response.json()["code"] for call in errcodes.calls] == codes
    assert route.call_count == 2
