"""Tests that a plugin runs in another way than pytest's, so that they cannot be judged.

One test at a time is set up, called and torn down: whom a request belongs to is known by that.
"""

from __future__ import annotations

import pytest

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.plugin.failures import make_failure
from pytest_errcodes.plugin.marker_reader import is_ours

_REMEDY = "run tests at once in processes, as pytest-xdist does: pytest -n 4"


def explain_overlap(running: pytest.Item, item: pytest.Item) -> ErrcodesUsageError:
    """Return what is wrong where a test begins while another one, or the same, still runs.

    A plugin may begin a test again after it ran, before it is torn down: that is no overlap.
    """
    return ErrcodesUsageError(
        "overlapping-tests",
        f"{item.name} began in the same process before {running.name} was over: "
        "what one of them receives would count for the other",
        _REMEDY,
    )


def explain_unjudged(item: pytest.Item, overlap: ErrcodesUsageError | None) -> str:
    """Return why nothing judges a test that ran; empty where there is nothing to judge.

    Args:
        item: The test.
        overlap: What was found where another test began before one was over; else None.
    """
    if not is_ours(item):
        return ""
    return str(
        overlap
        or ErrcodesUsageError(
            "unjudged-test",
            f"{item.name} ran in another way than pytest runs tests, so nothing judged it",
            f"let pytest run it, or the plugin of its event loop; {_REMEDY}",
        )
    )


def fail_unjudged(
    item: pytest.Item, call: pytest.CallInfo[None], overlap: ErrcodesUsageError | None
) -> None:
    """Let a test fail that passed and that nothing judged."""
    text = explain_unjudged(item, overlap)
    if text and call.excinfo is None:
        try:
            raise make_failure([text])
        except pytest.fail.Exception:
            call.excinfo = pytest.ExceptionInfo.from_current()
