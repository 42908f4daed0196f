"""A pytest plugin that writes how long the collection and our check of the markers take."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

SPENT: dict[str, float] = {}


def pytest_configure() -> None:
    """Measure our hook where it stands."""
    from pytest_errcodes.markers import MarkerReader

    check = MarkerReader.problems

    def problems(self, items):
        begun = time.perf_counter()
        found = list(check(self, items))
        SPENT["check"] = time.perf_counter() - begun
        return found

    MarkerReader.problems = problems


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session):
    """Measure the whole collection."""
    begun = time.perf_counter()
    result = yield
    SPENT["collection"] = time.perf_counter() - begun
    (session.config.rootpath / Path("timing.json")).write_text(json.dumps(SPENT))
    return result
