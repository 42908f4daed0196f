"""A passage lets through what is done inside of it, in its own thread or task."""

from __future__ import annotations

import threading

from pytest_errcodes.simulation.adapters.passing import Passage, may_pass, open_passage


def test_inside():
    """It is open inside, and nowhere else."""
    seen = []
    with Passage():
        seen.append(may_pass())
        thread = threading.Thread(target=lambda: seen.append(may_pass()))
        thread.start()
        thread.join()
    assert [*seen, may_pass()] == [True, False, False]


def test_opened_below():
    """One that is not open yet is opened by whoever lets the request pass."""
    with Passage(is_open=False):
        assert not may_pass()
        open_passage()
        assert may_pass()
    open_passage()
    assert not may_pass()
