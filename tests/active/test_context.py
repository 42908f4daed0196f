"""What is active now: one context a run, and one door for what is observed."""

from __future__ import annotations

from contexts import pushed

from pytest_errcodes import load_catalog
from pytest_errcodes.active.context import Context, current, pop, push
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.active.observers import observe

LTP = load_catalog("ltp")


def seen(source="assertion", place="here"):
    """Return an observation."""
    return Observation(401009, "text", [1], LTP.shape, 200, source, place, "GET", "https://x.test/")


def test_an_observer_is_told_once(context):
    """Who subscribes is told of each observation, with all that is known of it."""
    told = []
    context.subscribe(told.append)
    observe(seen())
    assert told == [seen()]
    assert (told[0].data, told[0].http_status, told[0].method) == ([1], 200, "GET")


def test_several_observers(context):
    """Each of several observers is told, in the order in which they came."""
    told = []
    context.subscribe(lambda one: told.append(("first", one.code)))
    context.subscribe(lambda one: told.append(("second", one.code)))
    observe(seen())
    assert told == [("first", 401009), ("second", 401009)]


def test_an_observer_that_left(context):
    """Who unsubscribes is told no longer; to leave twice is no mistake."""
    told = []
    context.subscribe(told.append)
    context.unsubscribe(told.append)
    context.unsubscribe(told.append)
    observe(seen())
    assert told == []


def test_nobody_observes(context):
    """Without an observer an observation is gone."""
    context.observers.clear()
    observe(seen())
    assert context.observations == []


def test_only_the_innermost_context_observes():
    """A run inside a run sees its own observations, and gives the outer one back."""
    with pushed() as outer:
        with pushed() as inner:
            observe(seen(place="inside"))
        observe(seen(place="outside"))
    assert [one.place for one in inner.observations] == ["inside"]
    assert [one.place for one in outer.observations] == ["outside"]


def test_contexts_end_in_any_order():
    """A context that ends below another one leaves that in force."""
    before = current()
    below, above = Context(lambda: LTP), Context(lambda: LTP)
    push(below)
    push(above)
    pop(below)
    assert current() is above
    pop(above)
    assert current() is before


def test_a_place_is_told_when_it_is_asked_for():
    """Most places are never shown, so they may be functions."""
    asked = []

    def place():
        asked.append(1)
        return "POST https://x.test/"

    one = seen(place=place)
    assert asked == []
    assert one.place == "POST https://x.test/"


def test_what_surfaced():
    """Exceptions and assertions are where the client's caller sees a code."""
    assert [seen(source).surfaced for source in ("route", "client", "exception", "assertion")] == [
        False, False, True, True,
    ]  # fmt: skip
