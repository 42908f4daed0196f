"""A few inputs of each kind that the stress script makes for minutes, shrunk where one falls.

It is run by ``test_plays.py``, in a process of its own: what odd classes and deep recursion leave
behind in a process is not to meet the tests that follow.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

import run

_PLAYS = [(kind, play) for kind in run.KINDS for play in run.load_plays(kind)]


@pytest.mark.filterwarnings("ignore")  # what odd objects warn of is not of interest
@pytest.mark.parametrize(
    ("kind", "play"), _PLAYS, ids=[f"{kind}-{play.__name__}" for kind, play in _PLAYS]
)
def test_play(kind, play):
    """No input of this kind falls."""
    few = settings(
        max_examples=15,
        derandomize=True,  # the script makes others each time
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    few(given(st.randoms(use_true_random=False))(play))()
