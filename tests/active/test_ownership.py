"""Which test a thread or a task belongs to."""

from __future__ import annotations

import asyncio
import contextvars
from threading import Thread

import pytest

from pytest_errcodes.active.observation import NoEnvelope, Observation
from pytest_errcodes.active.observers import observe, observe_no_envelope
from pytest_errcodes.active.ownership import (
    Owner,
    find_ended_owner,
    find_owner,
    note_owner,
    set_owner,
)


@pytest.fixture
def owner():
    """Return whom what a test starts is to belong to: it says so itself, or its run does."""
    before = find_owner()
    yield Owner("test_a.py::test_a")
    set_owner(before)


def in_thread(function, owner=None):
    """Return what a function returns in a thread, which may belong to a test."""
    told = []
    # With a context of its own: newer releases of Python let threads inherit one.
    thread = Thread(target=lambda: told.append(contextvars.Context().run(function)))
    if owner is not None:
        note_owner(thread, owner)
    before = find_owner()
    set_owner(None)  # who watches this run itself would note it
    thread.start()
    set_owner(before)
    thread.join()
    return told[0]


def test_what_is_started_by_a_test(owner):
    """A task belongs to it with its context, a thread by a note, any other thread to nobody."""
    set_owner(owner)

    async def ask():
        return find_owner()

    assert asyncio.run(ask()) is owner
    assert in_thread(find_owner, owner) is owner
    assert in_thread(find_owner) is None


def test_end_of_a_test(owner):
    """A thread or a task has outlived its test when that has ended, and not before."""
    set_owner(owner)
    assert (find_ended_owner(), in_thread(find_ended_owner, owner)) == (None, None)
    owner.ended = True
    assert (find_ended_owner(), in_thread(find_ended_owner, owner)) == (owner, owner)
    assert in_thread(find_ended_owner) is None


def test_work_of_another_test_in_a_thread(owner):
    """What a thread does for another test belongs to that one."""
    set_owner(owner)
    later = Owner("test_a.py::test_b")
    owner.ended = True

    def work():
        set_owner(later)
        return find_owner(), find_ended_owner()

    assert in_thread(work, owner) == (later, None)


def test_observations_of_what_has_ended(owner, context):
    """What a thread or a task sees that has outlived its test is told to nobody."""
    set_owner(owner)
    seen = Observation(401009, "text", None, context.catalog.shape, 200, "client", "here")
    none = NoEnvelope(lambda: "there", None)
    observe(seen)
    observe_no_envelope(none)
    owner.ended = True
    observe(seen)
    observe_no_envelope(none)
    assert (context.observations, context.no_envelopes) == ([seen], [none])
