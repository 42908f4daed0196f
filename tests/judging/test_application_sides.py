"""Tests of which answers were received on which side of an application."""

from __future__ import annotations

import pytest
from envelopes import LTP

from pytest_errcodes.active.observation import Observation
from pytest_errcodes.judging.application_sides import find_endpoint, split_sides


def see(place, meanwhile=0, source="client"):
    """Return an observation of an answer from a place such as ``app/order``."""
    url = f"https://{place}"
    return Observation(
        401009, "m", None, LTP.shape, 200, source, url, "POST", url, meanwhile=meanwhile
    )


API, OTHER_API = see("api/order"), see("other/order")
RAISED = see("app/order", source="exception")


@pytest.mark.parametrize(
    ("seen", "sizes"),
    [
        ([], [0]),
        ([API, OTHER_API], [2]),
        ([API, see("app/order", 1)], [1, 1]),
        ([API, see("app/order", 1), API, see("app/order", 1)], [2, 2]),
        ([API, API, see("app/order", 2)], [2, 1]),
        ([API, see("app/order", 1), see("app/order")], [1, 2]),
        ([API, see("inner/order", 1), see("app/order", 2)], [1, 1, 1]),
        ([API, RAISED, see("app/order")], [2]),
        ([API, RAISED, see("app/order", 1)], [1, 1]),
        ([see("app/order"), see("app/order", 1)], [2]),
        ([API, see("api/order?page=2", 1)], [2]),
        ([see("app/order", 3), API], [2]),
        ([API, see("app/order", 3), API, API], [3, 1]),
        ([OTHER_API, API, see("api/order", 1)], [3]),
        ([API, see("app/order"), see("app/order", 1)], [3]),
    ],
    ids=[
        "nothing", "no application", "passed on", "asked twice", "retried inside", "cached",
        "two applications", "one after the other", "raised meanwhile", "its own answer",
        "its own endpoint", "forgotten before", "some of it forgotten",
        "its own endpoint, beside another", "only itself meanwhile",
    ],
)  # fmt: skip
def test_sides(seen, sizes):
    """Answers of an application are apart from those that it got while it was asked."""
    answers = [one for one in seen if not one.surfaced]
    assert [len(side) for side in split_sides(answers, seen)] == sizes


def test_sides_of_another_code():
    """What an application got of another code is nothing that it passed on."""
    other, passed = see("api/order")._replace(code=401018), see("app/order", 1)
    assert split_sides([API, passed], [API, other, passed]) == [[API, passed]]


def test_path_of_an_endpoint():
    """Two hosts have the same path; one without a scheme is a path."""
    paths = [find_endpoint(one).path for one in (API, OTHER_API)]
    assert paths == ["/order", "/order"]
    assert find_endpoint(API._replace(url="/order?id=1")).path == "/order"
    assert find_endpoint(API._replace(url=None)) is None
