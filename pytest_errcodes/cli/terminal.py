"""The terminal that a person reads in: its width and colours, texts folded to it, progress."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from pytest_errcodes.text.wording import count_columns, escape, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_CODES = {"bold": "1", "dim": "2", **_COLOURS}
_NARROWEST = 10
_WIDE = 1_000_000_000  # columns, for a pipe, whose lines have no end
#: The characters of a line as they are shown, and whether each is marked.
Row = list[tuple[str, bool]]
_FIRST = 0.5  # seconds; what ends before them needs no line
_BETWEEN = 0.1  # seconds from one drawing to the next
_CLEAR = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output.

    Attributes:
        text: The line.
        style: How a terminal shows it: ``bold``, ``dim``, a colour, or two of these.
    """

    text: str
    style: str = ""


def is_terminal() -> bool:
    """Whether a person reads the output; FORCE_COLOR asks for what a person would get."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def terminal_width() -> int:
    """Return how many columns there are; where a pager takes the output, those of the keyboard."""
    import shutil

    width = 80
    for stream in (sys.__stdin__, sys.__stderr__):
        try:
            width = os.get_terminal_size(stream.fileno()).columns if stream else width
        except (OSError, ValueError):  # it is no terminal, or closed
            continue
    return shutil.get_terminal_size((width, 24)).columns


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines, each in its style."""
    text = "\n".join(painted(line.text, line.style) for line in lines)
    click.echo(text, color=is_terminal())


def painted(text: str, style: str) -> str:
    """Return a text in a style, as far as there is a terminal that has it.

    Args:
        text: The text.
        style: ``bold``, ``dim``, a colour, or two of these; may be empty.
    """
    if not is_terminal() or os.environ.get("TERM") in ("dumb", "unknown"):
        return text
    has_colours = not os.environ.get("NO_COLOR")
    codes = [_CODES[word] for word in style.split() if has_colours or word not in _COLOURS]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text


def fold(
    text: str, width: int | None, lead: str = "", style: str = "", hang: int = 0
) -> Iterator[Line]:
    """Yield a text, control characters escape, in as many lines as it takes.

    Args:
        text: The text.
        width: Columns of the terminal; None for a pipe, whose lines are as long as they come.
        lead: What the first line begins with, and the others are indented by.
        style: How the lines are shown.
        hang: How many columns further to the right the lines after the first one stand.
    """
    return fold_marked(((text, False),), width, lead, style, hang)


def fold_marked(
    pieces: Iterable[tuple[str, bool]],
    width: int | None,
    lead: str,
    style: str,
    hang: int = 0,
) -> Iterator[Line]:
    """Yield a text likewise, with a line of marks below each line that has some.

    Args:
        pieces: The parts of the text, and whether each is marked.
        width: As for ``fold``.
        lead: As for ``fold``.
        style: As for ``fold``.
        hang: As for ``fold``.
    """
    margin = count_columns(lead)
    room = _WIDE if width is None else max(_NARROWEST + hang, width - margin)
    for row in _rows(pieces, room, room - hang):
        text = "".join(shown for shown, _ in row)
        marks = "".join(("^" if marked else " ") * count_columns(shown) for shown, marked in row)
        yield Line(f"{lead}{text}".rstrip(), style)
        if marks.strip():
            yield Line(f"{' ' * margin}{marks}".rstrip(), style)
        margin, hang = margin + hang, 0
        lead = " " * margin


def _rows(pieces: Iterable[tuple[str, bool]], first: int, rest: int) -> Iterator[Row]:
    """Yield a text, escaped and character by character, in rows of so many columns at most.

    A row ends behind its last space, so that words stay whole where they can.

    Args:
        pieces: The text.
        first: Columns of the first row.
        rest: Columns of the others.
    """
    row: Row = []
    used, room = 0, first
    for text, marked in pieces:
        for character in text:
            shown = escape(character)
            if row and used + count_columns(shown) > room:
                end = next((at for at in range(len(row), 0, -1) if row[at - 1][0] == " "), len(row))
                yield row[:end]
                row, room = row[end:], rest
                used = sum(count_columns(kept) for kept, _ in row)
            row.append((shown, marked))
            used += count_columns(shown)
    yield row


class ProgressLine:
    """One line on the error output that each step replaces, and that is gone at the end.

    It is drawn for a person alone: not into a pipe, nor on a machine of CI.

    Args:
        verb: What is done with files, such as ``scanned``.
    """

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._count = 0
        self._is_drawn = False
        self._next = time.monotonic() + _FIRST if is_watched() else float("inf")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the line away, also where the work failed."""
        if self._is_drawn:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def advance(self, what: str) -> None:
        """Count a file, and draw the line if the last drawing is long enough ago.

        Args:
            what: Path of the file.
        """
        self._count += 1
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _BETWEEN
            self._draw(what)

    def _draw(self, what: str) -> None:
        lead = f"errcodes: {self._count:,} {pluralize('file', self._count)} {self._verb}: "
        room = terminal_width() - 1 - len(lead)
        shown = escape(what)
        while shown and count_columns(shown) > room:
            shown = shown[1:]  # the end of a path says more than its beginning
        sys.stderr.write(f"{_CLEAR}{lead}{shown}")
        sys.stderr.flush()
        self._is_drawn = True


def is_watched() -> bool:
    """Whether a person looks at the error output while it is written."""
    is_plain = os.environ.get("TERM") in ("dumb", "unknown")
    return sys.stderr.isatty() and not is_plain and not os.environ.get("CI")
