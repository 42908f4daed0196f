"""The verdict on a test, as facts; its texts are those of the marker ``expects_code``."""

from __future__ import annotations

import pytest
from envelopes import LTP

from pytest_errcodes.active.observation import Observation
from pytest_errcodes.judging.expectation import Expectation
from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation
from pytest_errcodes.judging.rendering import render_all
from pytest_errcodes.judging.verdict import judge

EXISTS, NOT_FOUND, UNFIT = (LTP[code] for code in (401009, 401018, 401019))

pytestmark = pytest.mark.usefixtures("context")


def see(code, source="route", message=None):
    """Return an observation of a documented code."""
    return Observation(code.code, message or code.message, None, LTP.shape, 200, source, "a place")


RECEIVED, RAISED = see(EXISTS), see(EXISTS, "exception")


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        (Expectation((EXISTS,)), [RECEIVED]),
        (Expectation((EXISTS,), surfaced=True), [RECEIVED, RAISED]),
        (Expectation((EXISTS, NOT_FOUND), any_of=True), [RECEIVED]),
        (Expectation((EXISTS,), times=2), [RECEIVED, RECEIVED, RAISED]),
        (Expectation((EXISTS,), message="x"), [RECEIVED, see(EXISTS, message="x")]),
    ],
)
def test_as_expected(wanted, seen):
    """A test that saw what it expected differs in nothing."""
    assert judge([wanted], seen) == []


@pytest.mark.parametrize(
    ("wanted", "seen", "kind", "codes"),
    [
        (Expectation((EXISTS, NOT_FOUND, UNFIT)), [RECEIVED], "not-seen", (NOT_FOUND, UNFIT)),
        (
            Expectation((NOT_FOUND, UNFIT), any_of=True),
            [RECEIVED],
            "none-seen",
            (NOT_FOUND, UNFIT),
        ),
        (Expectation((EXISTS,), surfaced=True), [RECEIVED], "not-surfaced", (EXISTS,)),
        (Expectation((EXISTS,), times=1), [RECEIVED, RECEIVED], "times", (EXISTS,)),
    ],
)
def test_unmet(wanted, seen, kind, codes):
    """What is missing is told by its kind, its codes and all that was seen."""
    (unmet,) = judge([wanted], seen)

    assert isinstance(unmet, UnmetExpectation)
    assert (unmet.kind, unmet.codes, unmet.seen) == (kind, codes, tuple(seen))


@pytest.mark.parametrize(
    ("wanted", "seen", "counted"),
    [
        (Expectation((EXISTS,), times=1), [RECEIVED, RECEIVED], (1, 2, "seen", False)),
        (
            Expectation((EXISTS,), message="ignore", times=3, surfaced=True),
            [RECEIVED, RAISED],
            (3, 1, "surfaced", True),
        ),
    ],
)
def test_times(wanted, seen, counted):
    """A wrong number stands beside the one expected, with what was counted."""
    (unmet,) = judge([wanted], seen)

    assert (unmet.times, unmet.came, unmet.how, unmet.narrowed) == counted


def test_mismatch():
    """A code that was seen otherwise than expected is the mismatch of its first observation."""
    (mismatch,) = judge([Expectation((EXISTS,), message="x")], [RECEIVED, RAISED])

    assert isinstance(mismatch, Mismatch)
    assert (mismatch.kind, mismatch.expected, mismatch.answer) == ("message", "x", RECEIVED)


def test_unexpected_code():
    """A raised code that nobody named is all that is told, with the other codes nested."""
    unexpected = see(UNFIT, "exception")
    (mismatch,) = judge([Expectation((EXISTS, NOT_FOUND))], [unexpected], [unexpected])

    assert (mismatch.kind, mismatch.came, mismatch.seen_at) == ("code", 401019, "a place")
    assert [one.expected for one in mismatch.nested] == [(401018,)]


def test_each_marker_is_judged():
    """Markers that say the same are unmet each, and their text is written once."""
    wanted = Expectation((EXISTS,), surfaced=True)
    unmet = judge([wanted, wanted], [RECEIVED])

    assert len(unmet) == 2
    assert render_all(unmet) == render_all(unmet[:1])
