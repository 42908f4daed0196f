"""What changed between two catalogs, for a client of the API."""

from __future__ import annotations

from pytest_errcodes.tools.diffing.catalog_comparison import diff
from pytest_errcodes.tools.diffing.change import KINDS, Change, ChangeKind, failing_kinds
from pytest_errcodes.tools.diffing.change_impact import impact
from pytest_errcodes.tools.diffing.markdown_changes import MOST_LINES, changelog
from pytest_errcodes.tools.diffing.marked_texts import Piece, mark_pieces

__all__ = [
    "KINDS",
    "MOST_LINES",
    "Change",
    "ChangeKind",
    "Piece",
    "changelog",
    "diff",
    "failing_kinds",
    "impact",
    "mark_pieces",
]
