"""Compares an output that a page shows with the real one, without what changes from run to run."""

from __future__ import annotations

import difflib
import re

ANYTHING = "..."
# Lines of pytest's header, which name this machine, its versions and its plugins.
HEADER = (
    "platform ",
    "rootdir: ",
    "configfile: ",
    "testpaths: ",
    "cachedir: ",
    "plugins: ",
    "asyncio: ",
    "Using --randomly-seed",
    "hypothesis profile",
)
_SECONDS = re.compile(r"\bin \d+\.\d\ds(?: \(\d+:\d\d:\d\d\))?")
# Python's own marks below a line of a traceback, which its releases put in other places; our
# pointer to a difference is a single one.
_MARKS = re.compile(r"^ +[~^]{2,} *$")
_BAR = re.compile(r"^=+ (.*) =+$")


def compare(expected: list[str], output: str) -> str:
    """Return an empty text if the output is as expected, else the difference, line by line.

    Args:
        expected: The lines a page shows; a line of three dots stands for any number of lines.
        output: What a command printed.
    """
    wanted = _normalised(expected)
    came = _normalised(output.splitlines())
    if _matches(wanted, came):
        return ""
    return "\n".join(difflib.unified_diff(wanted, came, "the page", "the run", lineterm=""))


def _normalised(lines: list[str]) -> list[str]:
    told = (line for line in lines if not line.startswith(HEADER) and not _MARKS.match(line))
    kept = [_normalised_line(line) for line in told]
    while kept and not kept[0]:
        del kept[0]
    while kept and not kept[-1]:
        del kept[-1]
    return kept


def _normalised_line(line: str) -> str:
    # The width of a bar depends on the digits of the time that stands in it.
    return _BAR.sub(r"=== \1 ===", _SECONDS.sub("in 0.00s", line.rstrip()))


def _matches(wanted: list[str], came: list[str]) -> bool:
    """Match piece by piece: the first piece begins, the last ends, the others come in order."""
    pieces = _pieces(wanted)
    if len(pieces) == 1:
        return wanted == came
    first, *between, last = pieces
    end = len(came) - len(last)
    if came[: len(first)] != first or end < len(first) or came[end:] != last:
        return False
    position = len(first)
    for piece in between:
        starts = range(position, end - len(piece) + 1)
        found = next((at for at in starts if came[at : at + len(piece)] == piece), None)
        if found is None:
            return False
        position = found + len(piece)
    return True


def _pieces(lines: list[str]) -> list[list[str]]:
    """Split the lines at those of three dots."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == ANYTHING:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces
