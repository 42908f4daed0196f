"""The text of a test or a block that an exception ended early."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.judging.comparison_rows import Row, draw_rows
from pytest_errcodes.text.wording import show_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.judging.early_end import EarlyEnd, Line

_MOST_LINES = 10


def render_early_end(end: EarlyEnd, titles: Sequence[str]) -> str:
    """Return the text of an early end, in lines.

    Args:
        end: What ended early.
        titles: The codes that the exception carried, as they are shown; at least one.
    """
    rows = [_make_row("raised", end.raised)]
    rows += [_make_row("loop", line) for line in end.loops]
    rows += [_make_row("not run", line) for line in end.below[:_MOST_LINES]]
    more = len(end.below) - _MOST_LINES
    return "\n".join(
        [
            _write_title(end, " and ".join(titles)),
            *([] if end.is_unread else draw_rows(rows)),
            *([f"  … and {more} more"] if more > 0 else []),
            *(f"hint: {hint}" for hint in _advise(end, titles[0])),
        ]
    )


def render_early_end_by(end: EarlyEnd, raised: Sequence[Observation]) -> str:
    """Return the same text for the codes that surfaced with the exception."""
    return render_early_end(end, list(dict.fromkeys(show_code(one.code) for one in raised)))


def _write_title(end: EarlyEnd, codes: str) -> str:
    place = f"{PurePath(end.file).name}:{end.raised.number}"
    what = end.ended.removeprefix("catching ")
    title = f"{codes} ended the {what} at {place}"
    if end.is_unread:
        return f"{title}, and its source cannot be read: something may stand below"
    if end.loops:
        turns = "has turns left" if end.is_certain else "may have turns left"
        title += f", in a loop that {turns}"
    if not (end.loops or end.below):
        title += ", in an assertion that was never made"
    if end.below:
        ran = "was never run" if end.is_certain else "may never have run"
        title += f": what stands below {ran}"
    return title


def _advise(end: EarlyEnd, code: str) -> list[str]:
    block = f"`with raises_code({code}):`"
    if end.ended == "block":
        place = "into the loop" if end.loops else "around the line that raises alone"
        remedy = f"put {block} {place}"
        allowance = f"raises_code({code}, early=True)"
    elif end.ended == "catching block":
        remedy = (
            "put the block into the loop"
            if end.loops
            else "leave what stands below out of the block"
        )
        allowance = "early=True in the marker"
    elif not end.below and not end.loops:
        remedy = f"where the client is to raise, put the call alone into {block}"
        allowance = "early=True in the marker"
    elif end.loops:
        remedy = f"put {block} into the loop, or each turn into a test with parametrize"
        allowance = "early=True in the marker"
    else:
        remedy = f"put the line that raises into {block}, and the test goes on below it"
        allowance = "early=True in the marker"
    if end.is_unread and end.ended != "test":
        remedy = "let the call that raises stand in the block alone"
    return [remedy, f"where the code may come anywhere, {allowance} says so"]


def _make_row(label: str, line: Line) -> Row:
    return Row(label, str(line.number), line.text)
