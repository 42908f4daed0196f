"""A permit lets through what is done inside of it, in its own thread or task."""

from __future__ import annotations

import threading

from pytest_errcodes.simulation.adapters.permits import Permit, may_pass, open_permit, was_let_pass


def test_inside():
    """It is open inside, and nowhere else."""
    seen = []
    with Permit():
        seen.append(may_pass())
        thread = threading.Thread(target=lambda: seen.append(may_pass()))
        thread.start()
        thread.join()
    assert [*seen, may_pass()] == [True, False, False]


def test_opened_below():
    """One that is not open yet is opened by whoever lets the request pass."""
    with Permit(is_open=False):
        assert not may_pass()
        open_permit()
        assert may_pass()
    open_permit()
    assert not may_pass()


def test_subject():
    """Layers further down ask whether what they get was let pass, by any of those above."""
    first, second = object(), object()
    with Permit(first):
        assert (was_let_pass(first), was_let_pass(second)) == (True, False)
        with Permit(second), Permit(is_open=False):
            assert was_let_pass(first)
            assert was_let_pass(second)
        assert not was_let_pass(second)
    assert not was_let_pass(first)


def test_subject_of_one_that_is_not_open():
    """What was not let pass yet was not let pass."""
    subject = object()
    with Permit(subject, is_open=False):
        assert not was_let_pass(subject)
        open_permit()
        assert was_let_pass(subject)
