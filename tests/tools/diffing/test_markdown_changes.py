"""Changes as a section of a changelog."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pytest_errcodes.tools import Change, Place, diff
from pytest_errcodes.tools.diffing import changelog
from pytest_errcodes.tools.scanning.code_occurrences import Occurrence

from .conftest import as_catalog

REMOVED = Change("breaking", "code-removed", "1", "removed", "One", None, (1,))


def test_a_table_for_each_kind():
    """Each kind has a heading and a table, without columns that would be empty."""
    old = '1 = "One"\n2 = "Two"\n3 = "Three"\n4 = "Four"'
    assert changelog(diff(as_catalog(old), as_catalog('2 = "two"\n4 = "Four"\n3 = "%s"'))) == (
        "## Error codes\n\n"
        "### Breaking (2)\n\n"
        "| what | change | before | after |\n"
        "| --- | --- | --- | --- |\n"
        "| `1` | removed | `One` |  |\n"
        "| `3` | takes 1 parameter, formerly 0 | `Three` | `%s` |\n\n"
        "### Wording (1)\n\n"
        "| what | change | before | after |\n"
        "| --- | --- | --- | --- |\n"
        "| `2` | is written differently | `Two` | `two` |\n\n"
        "### Moved (1)\n\n"
        "| what | change |\n"
        "| --- | --- |\n"
        "| `3` | stands after 4, formerly after 2 |\n"
    )


def test_no_changes():
    """That is said in words."""
    assert changelog([], "From *a* to b") == "## From \\*a\\* to b\n\nNo changes.\n"


@pytest.mark.parametrize(
    ("count", "cell"),
    [
        (0, None),
        (2, "`a.py:1`<br>`a.py:2`"),
        (12, "<br>".join([*(f"`a.py:{line}`" for line in range(1, 11)), "and 2 more"])),
    ],
)
def test_the_lines_that_a_change_touches(count: int, cell: str | None):
    """They have a column of their own, with ten at most for a change."""
    places = [Occurrence(1, Place("a.py", line, 1), "1") for line in range(1, count + 1)]
    text = changelog([REMOVED], impact={REMOVED: places})
    titles, _, row = text.splitlines()[-3:]
    assert titles == f"| what | change | before |{' named in |' if cell else ''}"
    assert row == f"| `1` | removed | `One` |{f' {cell} |' if cell else ''}"


@pytest.mark.parametrize(
    ("message", "cell"),
    [
        ("a | b", "<code>a &#124; b</code>"),
        ("a `b`", "`` a `b` ``"),
        ("*a* <b> #1 @c", "`*a* <b> #1 @c`"),
        ("a\nb", "`a\\nb`"),
        (" ", "` `"),
    ],
)
def test_messages_stand_as_they_are(message: str, cell: str):
    """Nothing in a message is taken for Markdown, least of all a pipe."""
    change = Change("breaking", "code-removed", "1", "removed", message, None, (1,))
    assert changelog([change]).splitlines()[-1] == f"| `1` | removed | {cell} |"


@given(st.text(st.sampled_from("a|`\\ *<>&_[]!#~$1"), min_size=1))
@example("&#1")
def test_any_message_comes_back(message: str):
    """Whatever a message holds, its cell shows it, and the row has no other cells."""
    change = Change("breaking", "code-removed", "1", "removed", message, None, (1,))
    tokens = MarkdownIt("commonmark").enable("table").parse(changelog([change]))
    cells = [token for token in tokens if token.type == "inline"][-3:]
    assert [cell.content for cell in cells[:2]] == ["`1`", "removed"]
    pieces = cells[2].children or []
    assert "".join(piece.content for piece in pieces if piece.type != "html_inline") == message
