"""The verdict on a test, as facts; its texts are those of the marker ``expects_code``."""

from __future__ import annotations

import pytest
from envelopes import LTP
from hypothesis import given
from hypothesis import strategies as st

from pytest_errcodes.active.evidence import ENVELOPE, Contradiction, Evidence
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.judging.expectation import Expectation
from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation
from pytest_errcodes.judging.rendering import render_all
from pytest_errcodes.judging.sights import Sights
from pytest_errcodes.judging.verdict import is_raised_at_once, judge

EXISTS, NOT_FOUND, UNFIT = (LTP[code] for code in (401009, 401018, 401019))

pytestmark = pytest.mark.usefixtures("context")


def see(code, source="route", message=None):
    """Return an observation of a documented code."""
    return Observation(code.code, message or code.message, None, LTP.shape, 200, source, "a place")


SENT = see(EXISTS)._replace(method="POST", url="https://api.test/order?id=1")
RECEIVED, RAISED = see(EXISTS), see(EXISTS, "exception")


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        (Expectation((EXISTS,), surfaced=None), [RECEIVED]),
        (Expectation((EXISTS,), surfaced=False), [RECEIVED, RECEIVED]),
        (Expectation((EXISTS,)), [RECEIVED, RAISED]),
        (Expectation((EXISTS,)), [RAISED]),
        (Expectation((EXISTS,), received=False), [see(UNFIT), RAISED]),
        (Expectation((EXISTS, NOT_FOUND), any_of=True), [RECEIVED, RAISED]),
        (Expectation((EXISTS,), times=2), [RECEIVED, RECEIVED, RAISED]),
        (
            Expectation((EXISTS,), message="x", surfaced=None),
            [RECEIVED, see(EXISTS, message="x")],
        ),
    ],
)
def test_as_expected(wanted, seen):
    """A test that saw what it expected differs in nothing."""
    assert judge([wanted], Sights(seen)) == []


@pytest.mark.parametrize(
    ("wanted", "seen", "kind", "codes"),
    [
        (Expectation((EXISTS, NOT_FOUND, UNFIT)), [RAISED], "not-seen", (NOT_FOUND, UNFIT)),
        (
            Expectation((NOT_FOUND, UNFIT), any_of=True),
            [RECEIVED],
            "none-seen",
            (NOT_FOUND, UNFIT),
        ),
        (Expectation((EXISTS,)), [RECEIVED], "not-surfaced", (EXISTS,)),
        (Expectation((EXISTS,), surfaced=False), [RECEIVED, RAISED], "surfaced", (EXISTS,)),
        (Expectation((EXISTS,)), [see(UNFIT), RAISED], "not-received", (EXISTS,)),
        (Expectation((EXISTS,), times=1), [RECEIVED, RECEIVED, RAISED], "times", (EXISTS,)),
        (Expectation((EXISTS,)), [SENT, SENT, RAISED], "retried", (EXISTS,)),
    ],
)
def test_unmet(wanted, seen, kind, codes):
    """What is missing is told by its kind, its codes and all that was seen."""
    (unmet,) = judge([wanted], Sights(seen))

    assert isinstance(unmet, UnmetExpectation)
    assert (unmet.kind, unmet.codes, unmet.seen) == (kind, codes, tuple(seen))


@pytest.mark.parametrize(
    ("wanted", "seen", "counted"),
    [
        (
            Expectation((EXISTS,), times=1),
            [RECEIVED, RECEIVED, RAISED],
            (1, 2, "received", False),
        ),
        (
            Expectation((EXISTS,), message="ignore", times=3),
            [RECEIVED, RAISED],
            (3, 1, "received", True),
        ),
        (Expectation((EXISTS,), times=3), [RAISED], (3, 1, "surfaced", False)),
    ],
)
def test_times(wanted, seen, counted):
    """A wrong number stands beside the one expected, with what was counted."""
    (unmet,) = judge([wanted], Sights(seen))

    assert (unmet.times, unmet.came, unmet.how, unmet.narrowed) == counted


def test_mismatch():
    """A code that surfaced otherwise than expected is the mismatch of what surfaced first."""
    (mismatch,) = judge([Expectation((EXISTS,), message="x")], Sights([RECEIVED, RAISED]))

    assert isinstance(mismatch, Mismatch)
    assert (mismatch.kind, mismatch.expected, mismatch.answer) == ("message", "x", RAISED)


def test_own_words_where_the_api_sends_no_message():
    """What an exception says is its client's own, and no documented message to be held against."""
    shape = LTP.shape.replaced(message="")
    received = RECEIVED._replace(message=None, shape=shape)
    raised = see(EXISTS, "exception", "oops")._replace(shape=shape)

    assert judge([Expectation((EXISTS,))], Sights([received, raised])) == []
    (mismatch,) = judge([Expectation((EXISTS,), message="x")], Sights([received, raised]))
    assert (mismatch.kind, mismatch.expected) == ("message", "x")


def test_client_cannot_change_what_was_not_sent():
    """A client is said to have changed a message only where an answer had it."""
    changed = "the answer had it as expected: the client changed it"
    raised = see(EXISTS, "exception", "oops")
    for received, accuses in ((RECEIVED, True), (RECEIVED._replace(message=None), False)):
        (mismatch,) = judge([Expectation((EXISTS,))], Sights([received, raised]))
        assert (changed in mismatch.hints) is accuses


def test_unexpected_code():
    """A raised code that nobody named is all that is told, with the other codes nested."""
    unexpected = see(UNFIT, "exception")
    (mismatch,) = judge([Expectation((EXISTS, NOT_FOUND))], Sights([unexpected], [unexpected]))

    assert (mismatch.kind, mismatch.came, mismatch.seen_at) == ("code", 401019, "a place")
    assert [one.expected for one in mismatch.nested] == [(401018,)]


def test_each_marker_is_judged():
    """Markers that say the same are unmet each, and their text is written once."""
    wanted = Expectation((EXISTS,))
    unmet = judge([wanted, wanted], Sights([RECEIVED]))

    assert len(unmet) == 2
    assert render_all(unmet) == render_all(unmet[:1])


def draw_seen():
    """Return a strategy of what a test may have seen, mostly of one code."""
    codes = st.sampled_from([EXISTS, EXISTS, EXISTS, NOT_FOUND])
    sources = st.sampled_from(["route", "exception", "client", "assertion", "returned"])
    texts = st.sampled_from([None, None, "another text"])
    said = Evidence("attribute", "ApiError")
    evidence = st.sampled_from(
        [ENVELOPE, said, said._replace(contradiction=Contradiction("code", 1, ".response", 2))]
    )
    one = st.builds(see, codes, sources, texts)
    return st.lists(
        st.builds(lambda one, how: one._replace(evidence=how), one, evidence), max_size=3
    )


@given(
    seen=draw_seen(),
    options=st.fixed_dictionaries(
        {},
        optional={
            "surfaced": st.sampled_from([True, False, None]),
            "times": st.sampled_from([1, 2]),
            "message": st.sampled_from(["ignore", "another text"]),
            "exceptions": st.just(("OrderError",)),
            "any_of": st.just(value=True),
        },
    ),
    codes=st.sampled_from([(EXISTS,), (NOT_FOUND,), (EXISTS, NOT_FOUND), ()]),
)
def test_short_way(seen, options, codes):
    """What needs no other pass is what all passes together find nothing wrong with."""
    wanted = [Expectation(codes, **options)]
    sights = Sights(seen, raised=[one for one in seen if one.source == "exception"])

    if is_raised_at_once(wanted, sights):
        assert judge(wanted, sights) == []


@pytest.mark.parametrize("rest", [[], [RECEIVED], [RAISED], [see(NOT_FOUND)]])
def test_short_way_is_taken(rest):
    """A code that was received and raised at once takes the short way; what is more does not."""
    sights = Sights([RECEIVED, RAISED, *rest])
    assert is_raised_at_once([Expectation((EXISTS,))], sights) is (not rest)
