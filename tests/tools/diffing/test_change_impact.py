"""Which lines of tests and source a change touches."""

from __future__ import annotations

import pytest

from pytest_errcodes.catalog import parse_catalog
from pytest_errcodes.tools import diff
from pytest_errcodes.tools.diffing import impact

from .conftest import as_catalog


@pytest.fixture
def lines(tmp_path):
    """Return a function that gives, for each change, the lines of ``client.py`` it touches."""

    def find(old: str, new: str, source: str) -> dict[str, list[int]]:
        (tmp_path / "client.py").write_text(source)
        changes = diff(as_catalog(old), as_catalog(new))
        found = impact(changes, [tmp_path])
        return {change.subject: [at.place.line for at in found[change]] for change in changes}

    return find


def test_numbers_and_texts_name_a_code(lines):
    """A code is named by itself in either spelling, once a line, and by no longer text."""
    source = 'a = 1\nb = "1", 1\nc = "1 and more", 11\nd = 2\n'
    assert lines('1 = "One"\n2 = "Two"', '2 = "Two"', source) == {"1": [1, 2]}


def test_each_change_has_its_lines(lines):
    """A line may be touched by several changes, and a change by none."""
    source = "a = {1, 3}\nb = 1\n"
    old, new = '1 = "One"\n2 = "Two"\n3 = "Three"', '4 = "One"\n3 = "3"'
    assert lines(old, new, source) == {"2": [], "1": [1, 2], "3": [1]}


def test_a_change_of_all_codes(lines):
    """A line that names any of them is touched."""
    new = '[envelope]\ncode_type = "string"\n[sections.a.codes]\n1 = "One"\n2 = "Two"'
    assert lines('1 = "One"\n2 = "Two"', new, "a = 1\nb = 3\nc = 2\n") == {"envelope": [1, 3]}


def test_what_has_no_codes_touches_nothing(lines):
    """A section's title stands in no source."""
    old = '[sections.a]\ntitle = "A"\n[sections.a.codes]\n1 = "One"'
    assert lines(old, old.replace('"A"', '"B"'), 'a = "A"\nb = 1\n') == {"section a": []}


def test_a_line_is_shown(tmp_path):
    """The place and the line of source come along."""
    (tmp_path / "a.py").write_text("if True:\n    x = 1\n")
    changes = diff(parse_catalog('[sections.a.codes]\n1 = "A"\n2 = "B"'), as_catalog('2 = "B"'))
    (found,) = impact(changes, [tmp_path])[changes[0]]
    assert (str(found.place), found.line) == (f"{tmp_path / 'a.py'}:2:9", "x = 1")
