"""Our markers are described once: what pytest lists and what the pages say is made of that."""

from __future__ import annotations

import pytest
from docs_runner import TOP

from pytest_errcodes.plugin.markers import MARKERS, write_option_table

PAGES = {
    "expects_code": "expectations.md",
    "every_code": "expectations.md",
    "errcodes": "simulation.md",
}


def test_what_pytest_lists(project):
    """``pytest --markers`` says how each is written, and what it does."""
    text = project.run("--markers").text
    assert (
        "@pytest.mark.expects_code(code, ..., argument=None, any_of=False, params=None, "
        "message=None, exception=None, times=None, surfaced=True, received=True, early=False, "
        "undocumented=False): these business codes must surface: in an exception, or in what an "
        "assertion looks at.\n\n"
        "@pytest.mark.every_code(selector, ..., expects=True, surfaced=True, exception=None, "
        "times=None, early=False): run the test once for each code that the selectors pick, as the "
        "argument error_code.\n\n"
        "@pytest.mark.errcodes(base_url=None, catalog=None, assert_all_called=True, "
        "assert_all_mocked=True, assert_all_sent=True, network='refuse', owns_threads=True): "
        "settings of the errcodes fixture, and the catalog of the test's markers.\n"
    ) in text


@pytest.mark.parametrize("name", MARKERS)
def test_the_table_of_the_page(name):
    """The page of a marker has the table of its options, to the letter."""
    page = (TOP / "docs" / PAGES[name]).read_text("utf-8")
    table = write_option_table(name)
    assert table in page, f"docs/{PAGES[name]} lacks:\n{table}"
