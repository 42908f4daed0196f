"""A script: replies in order, of which the last one repeats."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import httpx
import pytest

from pytest_errcodes.catalog import load_catalog
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.simulation.calls import CallLog
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.reply import make_reply
from pytest_errcodes.simulation.script import Script

LTP = load_catalog("ltp")


def script(*steps):
    """Return a script of codes, each with how often it is sent."""
    made = Script()
    for code, times in steps:
        made.extend(make_reply(LTP, code, (), {}), times)
    return made


def codes(made, count):
    """Return the next codes of a script."""
    return [made.next().code for _ in range(count)]


def test_last_reply_repeats():
    """A script never ends."""
    assert codes(script((401009, None)), 3) == [401009, 401009, 401009]


def test_each_reply_in_its_turn():
    """A reply without a number is sent once, until it is the last."""
    made = script((100429, 2), (401009, None), (200000, None))
    assert codes(made, 6) == [100429, 100429, 401009, 200000, 200000, 200000]


def test_times_of_the_last_reply():
    """The last reply repeats however often it was asked for."""
    assert codes(script((100429, 1), (200000, 2)), 5) == [100429, 200000, 200000, 200000, 200000]


def test_reply_after_requests():
    """A reply that is added late takes its turn after what was sent until then."""
    made = script((100429, None))
    assert codes(made, 3) == [100429, 100429, 100429]
    made.extend(make_reply(LTP, 200000, (), {}))
    assert codes(made, 1) == [200000]


def test_times_after_requests():
    """A reply that is added late is sent as often as it says, whatever was sent before."""
    made = script((100429, None))
    codes(made, 3)
    made.extend(make_reply(LTP, 401009, (), {}), 2)
    made.extend(make_reply(LTP, 200000, (), {}))
    assert codes(made, 4) == [401009, 401009, 200000, 200000]


@pytest.mark.parametrize(
    ("steps", "sent", "unsent"),
    [
        ([(100429, 2), (200000, None)], 1, (1, 3, 100429)),
        ([(100429, 2), (200000, None)], 2, (2, 3, 200000)),
        ([(100429, None), (401009, None), (200000, None)], 1, (1, 3, 401009)),
        ([(100429, 2)], 1, (1, 2, 100429)),
        ([(100429, None), (200000, 3)], 2, (2, 4, 200000)),
    ],
)
def test_what_was_not_sent(steps, sent, unsent):
    """A script that began tells how many of its replies were sent, and which was next."""
    made = script(*steps)
    codes(made, sent)
    assert (made.find_unsent(), made.is_sent) == (unsent, False)


@pytest.mark.parametrize(
    ("steps", "sent"),
    [
        ([(100429, None)], 1),
        ([(100429, None)], 5),
        ([(100429, 2), (200000, None)], 3),
        ([(100429, 2)], 2),
        ([(100429, 2)], 9),
    ],
)
def test_sent_to_its_end(steps, sent):
    """A script of which each reply was sent as often as it says has nothing left."""
    made = script(*steps)
    codes(made, sent)
    assert (made.find_unsent(), made.is_sent) == (None, True)


def test_not_begun():
    """A script that nobody asked for says nothing of itself."""
    made = script((100429, 2), (200000, None))
    assert (made.find_unsent(), made.is_sent) == (None, False)
    assert (Script().find_unsent(), Script().is_sent) == (None, True)


def test_reply_after_requests_that_nobody_asked_for():
    """A reply that is added late is left, however often the one before it was sent."""
    made = script((100429, None))
    codes(made, 3)
    made.extend(make_reply(LTP, 200000, (), {}))
    assert made.find_unsent() == (3, 4, 200000)


def test_copy_goes_on_by_itself():
    """A copy stands where the script stood, and neither moves the other."""
    made = script((100429, 2), (200000, None))
    codes(made, 1)
    twin = made.copy()
    assert codes(made, 2) == [100429, 200000]
    assert codes(twin, 2) == [100429, 200000]
    twin.extend(make_reply(LTP, 401009, (), {}))
    assert (codes(made, 1), codes(twin, 1)) == ([200000], [401009])


def test_threads():
    """Each request gets one turn, whichever threads they come from."""
    made = script((100429, 700), (401009, 200), (200000, None))
    with ThreadPoolExecutor(8) as pool:
        sent = Counter(pool.map(lambda _: made.next().code, range(1000)))
    assert sent == {100429: 700, 401009: 200, 200000: 100}


@pytest.mark.parametrize("times", [0, -1, True, 1.0, "2"], ids=repr)
def test_times_that_is_no_count(times):
    """Only a whole number from 1 says how often."""
    with pytest.raises(ErrcodesUsageError) as caught:
        script((100429, times))
    assert (caught.value.slug, str(caught.value)) == (
        "times",
        (
            f"times={times!r} is not a number of replies\n"
            "hint: give a whole number from 1, or leave it out: the last reply repeats"
        ),
    )


def test_calls_are_in_the_order_of_replies_under_threads(make_router):
    """Whatever threads ask, and whoever looks meanwhile, the i-th call got the i-th reply."""
    router = make_router()
    codes = [401009, 401018, 401019, 100429] * 50
    route = router.get("/order").reply(codes[0])
    for code in codes[1:]:
        route.then(code)
    barrier = Barrier(8)

    def send(_):
        barrier.wait()
        for _ in range(25):
            httpx.get("https://api.example.com/order")
            assert len(route.calls) >= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert [call.response.json()["code"] for call in route.calls] == codes
    assert [call.response.json()["code"] for call in router.calls] == codes


def test_a_call_is_noted_before_the_next_reply():
    """No other request gets a reply while one is noted."""
    made = script((401009, 2))
    asked = Thread(target=made.next)

    log = CallLog()

    def add(exchange):
        asked.start()
        assert made._lock.locked()
        assert made._served == 1
        assert exchange.reply.code == 401009

    log.add = add
    made.next_reply(Incoming.make("POST", "https://api.example.com/order", [], b""), log)
    asked.join()
    assert made._served == 2


def test_times_that_nothing_is_sent():
    """A number of thousands of digits is none, and is told without all of them."""
    with pytest.raises(ErrcodesUsageError) as caught:
        script((100429, 10**5000))
    assert str(caught.value).splitlines()[0] == (
        "times=an integer of 5,001 digits is not a number of replies"
    )
