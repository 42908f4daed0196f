"""The names of changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from pytest_errcodes.tools.diffing import KINDS
from pytest_errcodes.tools.diffing.change import ChangeSlug

PAGE = Path(__file__).parents[3] / "docs" / "tools" / "diff.md"


def test_the_page_has_every_slug():
    """The page lists each thing that may change once, and the gravest kind first."""
    rows = re.findall(r"^\| ([a-z, ]+) \| (`[a-z`, -]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    slugs = [slug for _, cell in rows for slug in re.findall("`([a-z-]+)`", cell)]
    assert sorted(slugs) == sorted(get_args(ChangeSlug))
    gravest = [KINDS.index(kinds.split(", ")[0]) for kinds, _ in rows]
    assert gravest == sorted(gravest)
