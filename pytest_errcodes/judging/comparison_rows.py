"""Rows of a comparison: texts one under the other, with a pointer to where they differ."""

from __future__ import annotations

from typing import NamedTuple

from pytest_errcodes.text.secrets import MASK, mask_part
from pytest_errcodes.text.wording import count_columns, escape, excerpt

_WIDTH = 100
_NARROWEST = 40
_LABEL = 8
# Text beyond this distance from the difference is not even looked at: a message may have 50 MB.
_REACH = 1_500


class Row(NamedTuple):
    """One line of a comparison.

    Attributes:
        label: ``expected``, ``came`` or another word of at most eight letters.
        key: What the text belongs to: a code, or the path of a field.
        text: The text as it is; it is masked, escaped and cut when it is drawn.
        at: Index in ``text`` of the first difference, or None.
    """

    label: str
    key: str
    text: str
    at: int | None = None


def draw_rows(rows: list[Row], *, key_at: int | None = None) -> list[str]:
    """Return the lines of a comparison; the pointer stands under the row labelled ``came``.

    Args:
        rows: The rows, in order.
        key_at: Index in the keys of the first difference, when it is not in the texts.
    """
    key_width = max(count_columns(row.key) for row in rows)
    width = max(_NARROWEST, _WIDTH - _LABEL - 6 - key_width)
    shown = [_make_printable(row.text, row.at or 0) for row in rows]
    starts = _find_starts(shown, width)
    lines = []
    for row, (text, at), start in zip(rows, shown, starts, strict=True):
        piece = excerpt(text, start, width)
        padding = " " * (key_width - count_columns(row.key))
        lead = f"  {row.label:{_LABEL}}  {row.key}{padding}  "
        lines.append(f"{lead}{piece}".rstrip())
        if row.label != "came":
            continue
        if key_at is not None:
            lines.append(" " * (_LABEL + 4 + count_columns(row.key[:key_at])) + "^")
        elif row.at is not None and text == shown[0][0]:
            lines.append(f"  they {_tell_difference(text)}")
        elif row.at is not None:
            lines.append(" " * (count_columns(lead) + count_columns(piece[: at - start])) + "^")
    return lines


def _tell_difference(text: str) -> str:
    """Return how two values differ that read alike."""
    if text.endswith("…"):
        return (
            "differ in a secret, which is not shown, or further on"
            if MASK in text
            else "differ further on"
        )
    return "differ in a secret, which is not shown" if MASK in text else "only look alike"


def _find_starts(shown: list[tuple[str, int]], width: int) -> list[int]:
    """Return from where each text is shown, so that their differences stand in one column."""
    if all(len(text) <= width for text, _ in shown):
        return [0] * len(shown)
    starts = [0 if at <= width - 20 else at - width // 2 for _, at in shown]
    unused = [
        min(start, start + width - len(text))
        for start, (text, _) in zip(starts, shown, strict=True)
        if start
    ]
    shift = max(0, min(unused, default=0))
    return [max(0, start - shift) for start in starts]


def _make_printable(text: str, at: int) -> tuple[str, int]:
    """Return ``text`` without secrets and control codes, and where its index ``at`` went."""
    start = max(0, at - _REACH)
    before = escape(mask_part(text, start, at))
    whole = escape(mask_part(text, start, at + _REACH))
    cut_off = "…" if start else ""
    return cut_off + whole, min(len(cut_off + before), len(cut_off + whole))
