"""``route.calls[i]`` is the i-th reply, in whatever order threads come back with them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Event

import httpx
import pytest

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


@pytest.fixture
def _switching():
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_switching")
def test_calls_of_a_list(errcodes):
    """What respx answers out of a list is kept in the list's order, errors too."""
    count = 200
    effects = [
        httpx.ReadError(str(number)) if number % 5 == 0 else httpx.Response(200, text=str(number))
        for number in range(count)
    ]
    route = errcodes.get(URL).mock(side_effect=effects)
    came = Queue()

    def send(client):
        try:
            came.put(client.get(URL).text)
        except httpx.ReadError as error:
            came.put(str(error))

    transport = httpx.MockTransport(errcodes.handler)
    with httpx.Client(transport=transport) as client, ThreadPoolExecutor(4) as pool:
        list(pool.map(send, [client] * count))
    kept = [call.response.text if call.has_response else None for call in route.calls]
    wanted = [None if number % 5 == 0 else str(number) for number in range(count)]
    assert kept == wanted
    assert sorted(map(int, came.queue)) == list(range(count))
    assert errcodes.calls.call_count == count
