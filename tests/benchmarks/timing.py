"""A pytest plugin that writes how long the collection takes, and what of it our hooks take."""

from __future__ import annotations

import json
import time
from functools import wraps
from pathlib import Path

import pytest

import pytest_errcodes.plugin
from pytest_errcodes.plugin.catalogs import Catalogs

#: All that we do at collection, each hook with its clock: processor time, but for the hooks of each
#: test, which take less time than to ask for that. The check of the markers is the third.
HOOKS = {
    "pytest_pycollect_makeitem": time.perf_counter,
    "pytest_generate_tests": time.perf_counter,
    "pytest_collection_modifyitems": time.process_time,
    "pytest_report_collectionfinish": time.process_time,
}
#: The catalog is loaded once in a run, in the first check of a marker that needs it.
LOADING = "Catalogs.own"
SPENT = dict.fromkeys((*HOOKS, LOADING), 0.0)


def timed(name, function, clock):
    """Return a function of ours that adds its time to what was spent, and 0.1 us of its clock."""

    @wraps(function)
    def timed_function(*args):
        begun = clock()
        result = function(*args)
        SPENT[name] += clock() - begun
        return result

    return timed_function


def pytest_configure(config: pytest.Config) -> None:
    """Measure our hooks where they stand."""
    for name, clock in HOOKS.items():
        for hook in getattr(config.hook, name).get_hookimpls():
            if hook.plugin is pytest_errcodes.plugin:
                hook.function = timed(name, hook.function, clock)
    Catalogs.own = timed(LOADING, Catalogs.own, time.process_time)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session):
    """Measure the whole collection."""
    begun = time.process_time()
    result = yield
    spent = SPENT | {"collection": time.process_time() - begun}
    (session.config.rootpath / Path("timing.json")).write_text(json.dumps(spent))
    return result
