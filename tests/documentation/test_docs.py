"""Each page of the documentation does what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docs_pages import PageError, read_blocks
from docs_runner import TOP, check_page

if TYPE_CHECKING:
    from pathlib import Path

README = TOP / "README.md"
PAGES = {
    str(path.relative_to(TOP)): path for path in (README, *sorted((TOP / "docs").rglob("*.md")))
}
# The pages show what the newest libraries print; beside older ones they are run all the same.
EXACT = pytest.version_tuple >= (9,)


@pytest.mark.parametrize("name", PAGES)
def test_page(tmp_path: Path, name: str) -> None:
    """Every block of the page is run, and every output it shows is the real one."""
    try:
        check_page(PAGES[name].read_text("utf-8"), name, tmp_path, exact=EXACT)
    except PageError as error:
        pytest.fail(str(error), pytrace=False)


def test_readme_commands() -> None:
    """The README holds the two commands that CI runs as they stand, the demo first."""
    blocks = read_blocks(README.read_text("utf-8"), README.name)
    commands = [block.steered_by("command") for block in blocks]
    assert [name for name in commands if name] == ["demo", "tests"]
