"""The entry point for pytest: what it looks for here stands in ``hooks``.

pytest reads this module and ``module_loading`` by itself, with many small reads of a file. That
takes twenty times as long as Python does, so little stands in these two.
"""

from __future__ import annotations

from pytest_errcodes.plugin.module_loading import load_plainly

load_plainly()

from pytest_errcodes.plugin.hooks import (  # noqa: E402  # loaded plainly
    envelope_snapshot,
    errcode_catalog,
    errcodes,
    error_code,
    pytest_addhooks,
    pytest_addoption,
    pytest_assertrepr_compare,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_generate_tests,
    pytest_pycollect_makeitem,
    pytest_report_collectionfinish,
    pytest_runtest_call,
    pytest_runtest_makereport,
    pytest_runtest_setup,
    pytest_terminal_summary,
    pytest_unconfigure,
)

__all__ = [
    "envelope_snapshot",
    "errcode_catalog",
    "errcodes",
    "error_code",
    "pytest_addhooks",
    "pytest_addoption",
    "pytest_assertrepr_compare",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_pycollect_makeitem",
    "pytest_report_collectionfinish",
    "pytest_runtest_call",
    "pytest_runtest_makereport",
    "pytest_runtest_setup",
    "pytest_terminal_summary",
    "pytest_unconfigure",
]


def __dir__() -> list[str]:
    return __all__  # pytest asks much of each name that a plugin lists
